//! What several commands read from their arguments.

use std::str::FromStr;

use crate::domain::language::Language;

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

/// One line of text: a name in a mail's header must not bring lines of its own.
pub fn line(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("the text is empty, or has line breaks or other control characters in it; type it anew instead of pasting it".to_owned());
    }
    Ok(text.to_owned())
}

/// The short name of a newsletter or topic: lower-case ASCII letters, digits and hyphens.
pub fn key(text: &str) -> Result<String, String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let begins_well = text.starts_with(|c: char| c.is_ascii_lowercase());
    if begins_well && text.len() <= 40 && text.bytes().all(fits) && !text.ends_with('-') {
        Ok(text.to_owned())
    } else {
        Err("a key has up to 40 lower-case letters a-z, digits and hyphens and begins with a letter, e.g. region".to_owned())
    }
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

/// Which issue: `NEWSLETTER/NUMBER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueName {
    /// The key of the newsletter.
    pub newsletter: String,
    /// The number of the issue, from 1.
    pub number: i64,
}

impl FromStr for IssueName {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "write newsletter and number, e.g. region/14".to_owned();
        let (newsletter, number) = text.split_once('/').ok_or_else(expected)?;
        let number = number
            .parse()
            .ok()
            .filter(|number| *number >= 1)
            .ok_or_else(expected)?;
        Ok(Self {
            newsletter: key(newsletter)?,
            number,
        })
    }
}

impl std::fmt::Display for IssueName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.newsletter, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_zones_and_issues_are_read() {
        assert!(key("region-2").is_ok());
        for bad in [
            "",
            "Region",
            "2region",
            "a b",
            "ä",
            "region-",
            &"a".repeat(41),
        ] {
            assert!(key(bad).is_err(), "{bad}");
        }
        assert_eq!(zone("Europe/Berlin"), Ok(chrono_tz::Europe::Berlin));
        assert_eq!(
            zone("europe/berlim"),
            Err("not a time zone; did you mean Europe/Berlin?".to_owned())
        );
        assert_eq!(
            "region/14"
                .parse::<IssueName>()
                .map(|name| name.to_string()),
            Ok("region/14".to_owned())
        );
        for bad in [
            "region",
            "region/0",
            "region/-1",
            "/1",
            "region/x",
            "region/99999999999999999999",
        ] {
            assert!(bad.parse::<IssueName>().is_err(), "{bad}");
        }
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
