//! Languages: the four of Rundbrief itself, and the tags of entries.

use std::collections::BTreeMap;

use super::named::named_enum;

named_enum! {
    /// A language of pages and mails.
    pub enum Language ("language") {
        /// German.
        De = "de",
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
        /// Dutch.
        Nl = "nl",
    }
}

/// The language of an entry's text: a BCP 47 tag in lower case, e.g. `de` or `nl-be`. Entries may
/// come in any language, not only in those of [`Language`].
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

/// A text that is not a language tag.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a language tag; write one like de, en, fr, nl or nl-be (BCP 47)")]
pub struct BadLanguageTag(String);

impl LanguageTag {
    /// Reads a tag of BCP 47's usual shape: subtags of 1 to 8 letters or digits joined by hyphens
    /// (underscores count as hyphens), the first of 2 or 3 letters, at most 35 characters.
    pub fn parse(text: &str) -> Result<Self, BadLanguageTag> {
        let tag = text.trim().to_ascii_lowercase().replace('_', "-");
        let mut subtags = tag.split('-');
        let primary_fits = subtags.next().is_some_and(|first| {
            matches!(first.len(), 2..=3) && first.bytes().all(|b| b.is_ascii_alphabetic())
        });
        let rest_fits = subtags.all(|sub| {
            matches!(sub.len(), 1..=8) && sub.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if primary_fits && rest_fits && tag.len() <= 35 {
            Ok(Self(tag))
        } else {
            Err(BadLanguageTag(text.chars().take(40).collect()))
        }
    }

    /// The tag, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `language`, in any region (`nl-be` is Dutch).
    pub fn is(&self, language: Language) -> bool {
        self.0.split('-').next() == Some(language.as_str())
    }
}

/// The text for a reader of `language`: in that language, in a regional form of it, else the original.
pub fn text_for<'a, T>(
    texts: &'a BTreeMap<LanguageTag, T>,
    original: &LanguageTag,
    language: Language,
) -> Option<(&'a LanguageTag, &'a T)> {
    texts
        .get_key_value(&LanguageTag::from(language))
        .or_else(|| texts.iter().find(|(tag, _)| tag.is(language)))
        .or_else(|| texts.get_key_value(original))
        .or_else(|| texts.iter().next())
}

impl From<Language> for LanguageTag {
    fn from(language: Language) -> Self {
        Self(language.as_str().to_owned())
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = BadLanguageTag;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> Self {
        tag.0
    }
}

impl std::fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
