//! Variants: an issue in one language for one set of topics.

use super::language::Language;
use super::topic::TopicSet;

/// Which variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariantKey {
    /// Of which issue.
    pub issue: i64,
    /// In which language.
    pub language: Language,
    /// For which topics: the subscription's and the issue's.
    pub topics: TopicSet,
}
