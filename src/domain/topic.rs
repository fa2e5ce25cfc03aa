//! Topics and sets of them.

use std::collections::BTreeMap;

use super::language::Language;

/// A subject subscribers choose, e.g. “Klima”.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Topic {
    /// Its bit in a [`TopicSet`], 0 to 62; never reused for another topic.
    pub bit: TopicBit,
    /// Its short name in URLs, forms and on the command line, e.g. `climate`.
    pub key: String,
    /// Its names by language.
    pub names: BTreeMap<Language, String>,
}

impl Topic {
    /// The topic's name for a reader of `language`: that language's, else German, English or any.
    pub fn name(&self, language: Language) -> &str {
        [language, Language::De, Language::En]
            .iter()
            .find_map(|one| self.names.get(one))
            .or_else(|| self.names.values().next())
            .map_or(self.key.as_str(), String::as_str)
    }
}

/// The position of a topic in a [`TopicSet`]: 0 to 62.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct TopicBit(u8);

impl TopicBit {
    /// How many topics an installation can have in total.
    pub const COUNT: u8 = 63;

    /// The bit of this number, if valid.
    pub fn new(bit: i64) -> Option<Self> {
        u8::try_from(bit)
            .ok()
            .filter(|bit| *bit < Self::COUNT)
            .map(Self)
    }

    /// The number, 0 to 62.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// A set of topics as a mask of 63 bits, so that it fits the databases' signed BIGINT and
/// `a & b` is an intersection in Rust and in SQL alike.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct TopicSet(i64);

impl TopicSet {
    /// No topic.
    pub const EMPTY: Self = Self(0);

    /// The set with this mask; the sign bit is not a topic and is dropped.
    pub const fn from_mask(mask: i64) -> Self {
        Self(mask & i64::MAX)
    }

    /// The mask, never negative.
    pub const fn mask(self) -> i64 {
        self.0
    }

    /// Whether it is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the topic is in it.
    pub const fn contains(self, bit: TopicBit) -> bool {
        self.0 & (1 << bit.0) != 0
    }

    /// The topics in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The topics in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// How many topics are in it.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }
}

impl From<i64> for TopicSet {
    fn from(mask: i64) -> Self {
        Self::from_mask(mask)
    }
}

impl FromIterator<TopicBit> for TopicSet {
    fn from_iter<I: IntoIterator<Item = TopicBit>>(bits: I) -> Self {
        Self(bits.into_iter().fold(0, |mask, bit| mask | (1 << bit.0)))
    }
}
