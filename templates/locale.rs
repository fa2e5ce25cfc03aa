//! The four languages and the wording of everything, in Fluent.
//!
//! The messages stand in `locales/{de,en,fr,nl}/*.ftl`; a test holds the four to the same keys and
//! variables, and another holds the code to keys that exist.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language that pages and mails can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locale {
    /// German.
    De,
    /// English.
    En,
    /// French.
    Fr,
    /// Dutch.
    Nl,
}

macro_rules! wording_of {
    ($code:literal) => {
        [
            include_str!(concat!("locales/", $code, "/frame.ftl")),
            include_str!(concat!("locales/", $code, "/subscribing.ftl")),
            include_str!(concat!("locales/", $code, "/entries.ftl")),
            include_str!(concat!("locales/", $code, "/consent.ftl")),
            include_str!(concat!("locales/", $code, "/legal.ftl")),
            include_str!(concat!("locales/", $code, "/mailbox.ftl")),
            include_str!(concat!("locales/", $code, "/mails.ftl")),
            include_str!(concat!("locales/", $code, "/data.ftl")),
            include_str!(concat!("locales/", $code, "/reasons.ftl")),
            include_str!(concat!("locales/", $code, "/newsroom.ftl")),
            include_str!(concat!("locales/", $code, "/access.ftl")),
            include_str!(concat!("locales/", $code, "/audit.ftl")),
            include_str!(concat!("locales/", $code, "/entry-desk.ftl")),
            include_str!(concat!("locales/", $code, "/editor.ftl")),
            include_str!(concat!("locales/", $code, "/issue-desk.ftl")),
            include_str!(concat!("locales/", $code, "/review.ftl")),
            include_str!(concat!("locales/", $code, "/checks.ftl")),
            include_str!(concat!("locales/", $code, "/planning.ftl")),
            include_str!(concat!("locales/", $code, "/watch.ftl")),
        ]
    };
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::De, Self::En, Self::Fr, Self::Nl];

    /// The language with this code: `de`, `en`, `fr` or `nl`, whatever follows a hyphen.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| locale.code().eq_ignore_ascii_case(primary))
    }

    /// Its code (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Nl => "nl",
        }
    }

    /// Its name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::De => "Deutsch",
            Self::En => "English",
            Self::Fr => "Français",
            Self::Nl => "Nederlands",
        }
    }

    /// The message of this key.
    pub(crate) fn say(self, key: &str) -> String {
        self.fill::<0>(key, [])
    }

    /// The message of this key with its variables filled in.
    pub(crate) fn fill<const N: usize>(
        self,
        key: &str,
        values: [(&str, FluentValue<'_>); N],
    ) -> String {
        self.format(
            key,
            values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        )
    }

    /// The message of this key with as many variables as there are; it may use some of them only.
    pub(crate) fn fill_all(self, key: &str, values: &[(String, FluentValue<'_>)]) -> String {
        self.format(key, values.iter().cloned())
    }

    fn format<'a>(
        self,
        key: &str,
        values: impl Iterator<Item = (String, FluentValue<'a>)>,
    ) -> String {
        let bundle = &BUNDLES[self as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            debug_assert!(false, "no wording for “{key}” in {}", self.code());
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(name, value);
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty(), "“{key}” in {}: {errors:?}", self.code());
        text.into_owned()
    }

    /// “a, b and c”.
    pub(crate) fn list<S: AsRef<str>>(self, parts: &[S]) -> String {
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        match parts.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => self.fill(
                "list-end",
                [("first", first.join(", ").into()), ("last", (*last).into())],
            ),
        }
    }

    /// A whole number with its thousands apart: “4.312”, “4,312”, “4 312”.
    pub(crate) fn number(self, value: i64) -> String {
        let apart = match self {
            Self::De | Self::Nl => ".",
            Self::En => ",",
            Self::Fr => "\u{202f}",
        };
        let digits = value.unsigned_abs().to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(apart);
            }
            text.push(digit);
        }
        if value < 0 {
            text.insert(0, '−');
        }
        text
    }

    /// The text in this language's quotation marks.
    pub(crate) fn quote(self, text: &str) -> String {
        match self {
            Self::De => format!("„{text}“"),
            Self::En | Self::Nl => format!("‘{text}’"),
            Self::Fr => format!("«\u{a0}{text}\u{a0}»"),
        }
    }

    /// The words and the colon after them; in French a space that does not break stands before it.
    pub(crate) fn colon(self, words: &str) -> String {
        match self {
            Self::De | Self::En | Self::Nl => format!("{words}:"),
            Self::Fr => format!("{words}\u{a0}:"),
        }
    }

    fn wording(self) -> [&'static str; 19] {
        match self {
            Self::De => wording_of!("de"),
            Self::En => wording_of!("en"),
            Self::Fr => wording_of!("fr"),
            Self::Nl => wording_of!("nl"),
        }
    }
}

/// One bundle per language, in the order of [`Locale::ALL`].
static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 4]> =
    LazyLock::new(|| Locale::ALL.map(bundle));

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = locale
        .code()
        .parse()
        .expect("invariant: our own codes are tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The marks that isolate a variable's writing direction are seen as boxes in some mail programs,
    // and none of our languages is written from right to left.
    bundle.set_use_isolating(false);
    for text in locale.wording() {
        let resource = FluentResource::try_new(text.to_owned())
            .map_err(|(_, errors)| errors)
            .expect("invariant: the wording is built in and parsed by the tests");
        bundle
            .add_resource(resource)
            .expect("invariant: no key is there twice, or the tests fail");
    }
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Key → variables. The files keep to one form: a key at the start of a line, `{ $name }`.
    fn messages(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in locale.wording().iter().flat_map(|text| text.lines()) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                current = line.split(" =").next().unwrap_or_default().to_owned();
                assert!(!messages.contains_key(&current), "{current} is there twice");
                messages.insert(current.clone(), BTreeSet::new());
            }
            for after in line.split('$').skip(1) {
                let name = after
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                messages.entry(current.clone()).or_default().insert(name);
            }
        }
        messages
    }

    #[test]
    fn all_languages_have_the_same_keys_and_variables() {
        let german = messages(Locale::De);
        assert!(german.len() > 100);
        for locale in Locale::ALL {
            let other = messages(locale);
            for (key, variables) in &german {
                assert_eq!(
                    other.get(key),
                    Some(variables),
                    "{key} in {}",
                    locale.code()
                );
            }
            for key in other.keys() {
                assert!(
                    german.contains_key(key),
                    "{key} is only in {}",
                    locale.code()
                );
            }
        }
    }

    #[test]
    fn every_message_is_used() {
        let mut code = String::new();
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"))];
        while let Some(folder) = folders.pop() {
            for file in std::fs::read_dir(folder).expect("the crate's own folder") {
                let path = file.expect("readable").path();
                let is_tests = path.ends_with("tests");
                if path.is_dir() && !is_tests {
                    folders.push(path);
                } else if path.extension().is_some_and(|suffix| suffix == "rs") {
                    code.push_str(&std::fs::read_to_string(path).expect("readable"));
                }
            }
        }
        for key in messages(Locale::De).keys() {
            assert!(code.contains(&format!("\"{key}\"")), "{key} is not used");
        }
    }

    #[test]
    fn numbers_choose_the_right_words() {
        let days = |locale: Locale, count: u32| locale.fill("days", [("days", count.into())]);
        assert_eq!(days(Locale::De, 1), "1 Tag");
        assert_eq!(days(Locale::De, 7), "7 Tage");
        assert_eq!(days(Locale::Fr, 1), "1 jour");
        assert_eq!(days(Locale::Nl, 14), "14 dagen");
    }

    #[test]
    fn thousands_stand_apart() {
        let all = Locale::ALL.map(|locale| locale.number(1_234_567));
        assert_eq!(
            all,
            [
                "1.234.567",
                "1,234,567",
                "1\u{202f}234\u{202f}567",
                "1.234.567"
            ]
        );
        let some = [0, 999, 1000, -4312].map(|value| Locale::De.number(value));
        assert_eq!(some, ["0", "999", "1.000", "−4.312"]);
    }

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(
            Locale::De.list(&["Klima", "Kultur", "Bildung"]),
            "Klima, Kultur und Bildung"
        );
        assert_eq!(Locale::En.list(&["Climate"]), "Climate");
        assert_eq!(Locale::Fr.list::<&str>(&[]), "");
    }

    #[test]
    fn a_french_colon_keeps_its_distance() {
        assert_eq!(Locale::Fr.colon("Thèmes"), "Thèmes\u{a0}:");
        assert_eq!(Locale::Nl.colon("Thema’s"), "Thema’s:");
    }

    /// What French asks for before `:;?!»` and after `«`, so that no line begins with a mark.
    #[test]
    fn french_marks_are_not_broken_off() {
        for line in Locale::Fr.wording().iter().flat_map(|text| text.lines()) {
            for mark in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!line.contains(mark), "{line}");
            }
        }
    }

    #[test]
    fn codes_are_read_with_regions() {
        assert_eq!(Locale::from_code("nl-BE"), Some(Locale::Nl));
        assert_eq!(Locale::from_code("DE"), Some(Locale::De));
        assert_eq!(Locale::from_code("pl"), None);
    }
}
