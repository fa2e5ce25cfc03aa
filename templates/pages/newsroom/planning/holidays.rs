//! The names of holidays and of the regions that keep them.

use crate::locale::Locale;

/// A day that counts as a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreeDayView {
    /// By its code, such as `christmas-eve`.
    Public(&'static str),
    /// One's own, by its name.
    Own(String),
}

impl FreeDayView {
    /// Its name.
    pub(crate) fn name(&self, t: Locale) -> String {
        match self {
            Self::Own(name) => name.clone(),
            Self::Public(code) => HOLIDAYS
                .iter()
                .find(|(one, _)| one == code)
                .map_or_else(|| (*code).to_owned(), |(_, key)| t.say(key)),
        }
    }
}

/// The name of a region, by its code.
pub(crate) fn region(t: Locale, code: &str) -> String {
    REGIONS
        .iter()
        .find(|(one, _)| *one == code)
        .map_or_else(|| code.to_owned(), |(_, key)| t.say(key))
}

/// The codes of all regions, in the order in which they are offered.
pub(crate) fn regions() -> impl Iterator<Item = &'static str> {
    REGIONS.iter().map(|(code, _)| *code)
}

const HOLIDAYS: [(&str, &str); 27] = [
    ("new-year", "planning-holiday-new-year"),
    ("epiphany", "planning-holiday-epiphany"),
    ("womens-day", "planning-holiday-womens-day"),
    ("good-friday", "planning-holiday-good-friday"),
    ("easter-sunday", "planning-holiday-easter-sunday"),
    ("easter-monday", "planning-holiday-easter-monday"),
    ("kings-day", "planning-holiday-kings-day"),
    ("labour-day", "planning-holiday-labour-day"),
    ("liberation-day", "planning-holiday-liberation-day"),
    ("end-of-war", "planning-holiday-end-of-war"),
    ("ascension", "planning-holiday-ascension"),
    ("whit-sunday", "planning-holiday-whit-sunday"),
    ("whit-monday", "planning-holiday-whit-monday"),
    ("corpus-christi", "planning-holiday-corpus-christi"),
    ("uprising", "planning-holiday-uprising"),
    (
        "belgian-national-day",
        "planning-holiday-belgian-national-day",
    ),
    ("assumption", "planning-holiday-assumption"),
    ("childrens-day", "planning-holiday-childrens-day"),
    ("german-unity", "planning-holiday-german-unity"),
    ("reformation", "planning-holiday-reformation"),
    ("all-saints", "planning-holiday-all-saints"),
    ("armistice", "planning-holiday-armistice"),
    ("repentance", "planning-holiday-repentance"),
    ("christmas-eve", "planning-holiday-christmas-eve"),
    ("christmas", "planning-holiday-christmas"),
    ("boxing-day", "planning-holiday-boxing-day"),
    ("new-years-eve", "planning-holiday-new-years-eve"),
];

const REGIONS: [(&str, &str); 18] = [
    ("de-bw", "planning-region-de-bw"),
    ("de-by", "planning-region-de-by"),
    ("de-be", "planning-region-de-be"),
    ("de-bb", "planning-region-de-bb"),
    ("de-hb", "planning-region-de-hb"),
    ("de-hh", "planning-region-de-hh"),
    ("de-he", "planning-region-de-he"),
    ("de-mv", "planning-region-de-mv"),
    ("de-ni", "planning-region-de-ni"),
    ("de-nw", "planning-region-de-nw"),
    ("de-rp", "planning-region-de-rp"),
    ("de-sl", "planning-region-de-sl"),
    ("de-sn", "planning-region-de-sn"),
    ("de-st", "planning-region-de-st"),
    ("de-sh", "planning-region-de-sh"),
    ("de-th", "planning-region-de-th"),
    ("be", "planning-region-be"),
    ("nl", "planning-region-nl"),
];
