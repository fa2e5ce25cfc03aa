//! What several commands read from their arguments.

use std::str::FromStr;

use crate::domain::address::{Address, BadAddress};
pub use crate::domain::issue::IssueName;
pub use crate::domain::key::parse as key;
use crate::domain::language::Language;
use crate::domain::send_time;

/// A value parser for an enum with fixed names, which `--help` lists.
macro_rules! one_of {
    ($kind:ty) => {{
        use clap::builder::TypedValueParser as _;
        clap::builder::PossibleValuesParser::new(<$kind>::ALL.iter().map(|one| one.as_str()))
            .try_map(|name| name.parse::<$kind>())
    }};
}
pub(crate) use one_of;

/// A text in one language, written `de=Region aktuell`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The language.
    pub language: Language,
    /// The text; not empty.
    pub text: String,
}

impl FromStr for Worded {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (language, text) = text
            .split_once('=')
            .ok_or("write the language before it, e.g. de=\"Region aktuell\"")?;
        let language = language
            .trim()
            .parse::<Language>()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            language,
            text: line(text)?,
        })
    }
}

/// A domain as it stands in addresses: in ASCII and lower case.
pub fn domain(text: &str) -> Result<String, BadAddress> {
    let text = text.trim().trim_start_matches('@');
    let any = Address::parse(&format!("a@{text}"))?;
    Ok(any.domain().to_ascii_lowercase())
}

/// One line of text: a name must not add lines to the header of a mail.
pub fn line(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("the text is empty, or has line breaks or other control characters in it; type it anew instead of pasting it".to_owned());
    }
    Ok(text.to_owned())
}

/// A date and a time of the day, as a wall clock shows them.
pub fn wall_clock(text: &str) -> Result<chrono::NaiveDateTime, String> {
    let (day, time) = text
        .trim()
        .split_once([' ', 'T'])
        .ok_or("write date and time, e.g. \"2027-01-07 07:00\"")?;
    let day = send_time::day(day).map_err(|error| error.to_string())?;
    let time = send_time::clock(time).map_err(|error| error.to_string())?;
    Ok(day.and_time(time))
}

/// A time zone by its name in the IANA database.
pub fn zone(text: &str) -> Result<chrono_tz::Tz, String> {
    text.parse().map_err(|_| {
        let similar = |zone: &chrono_tz::Tz| {
            strsim::jaro_winkler(&text.to_lowercase(), &zone.name().to_lowercase())
        };
        let nearest = chrono_tz::TZ_VARIANTS
            .iter()
            .max_by(|one, other| similar(one).total_cmp(&similar(other)));
        format!(
            "not a time zone; did you mean {}?",
            nearest.map_or("Europe/Berlin", |zone| zone.name())
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_and_texts_are_read() {
        assert_eq!(zone("Europe/Berlin"), Ok(chrono_tz::Europe::Berlin));
        assert_eq!(
            zone("europe/berlim"),
            Err("not a time zone; did you mean Europe/Berlin?".to_owned())
        );
        assert_eq!(
            "de= Region = aktuell".parse(),
            Ok(Worded {
                language: Language::De,
                text: "Region = aktuell".to_owned()
            })
        );
        assert!(
            "Region".parse::<Worded>().is_err()
                && "de=".parse::<Worded>().is_err()
                && "pl=x".parse::<Worded>().is_err()
        );
    }
}
