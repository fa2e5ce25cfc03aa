//! What becomes of a newsletter that somebody signs up for and has already.
//!
//! The form cannot say what a visitor has: anybody may type an address. So who signs up a second
//! time chooses anew, not knowing whether that adds to the first choice or replaces it. The page
//! behind the confirmation link shows both, and its reader decides. What is chosen beforehand, and
//! what a form without a choice means, loses nothing.

use std::collections::BTreeMap;

use crate::domain::named::named_enum;
use crate::domain::topic::TopicSet;

named_enum! {
    /// Which topics a reader wants.
    #[derive(Default)]
    pub enum TopicDecision ("decision about topics") {
        /// Those they have and those they asked for.
        #[default]
        Both = "both",
        /// Only those they asked for.
        Asked = "asked",
        /// Only those they have.
        Present = "present",
    }
}

named_enum! {
    /// Which language a reader wants.
    #[derive(Default)]
    pub enum LanguageDecision ("decision about the language") {
        /// The one they have.
        #[default]
        Present = "present",
        /// The one they asked for.
        Asked = "asked",
    }
}

/// What a reader decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// By newsletter; where there is none, the default.
    pub topics: BTreeMap<i64, TopicDecision>,
    /// About the language.
    pub language: LanguageDecision,
}

/// A newsletter that somebody has and asked for again with other topics, so that replacing the one
/// choice by the other would lose something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The newsletter's row.
    pub newsletter: i64,
    /// The topics they have.
    pub present: TopicSet,
    /// The topics they asked for.
    pub asked: TopicSet,
}

impl Difference {
    /// The difference; none where what was asked for covers what they have.
    pub(super) fn between(newsletter: i64, present: TopicSet, asked: TopicSet) -> Option<Self> {
        let loses = present.and(asked) != present;
        loses.then_some(Self {
            newsletter,
            present,
            asked,
        })
    }

    /// The topics that a decision leads to.
    pub fn topics(&self, decision: TopicDecision) -> TopicSet {
        match decision {
            TopicDecision::Both => self.present.or(self.asked),
            TopicDecision::Asked => self.asked,
            TopicDecision::Present => self.present,
        }
    }

    /// The decisions that differ, the default first. Where all that was asked for is there already,
    /// *both* and *present* are the same, and it is called *present*.
    pub fn choices(&self) -> Vec<TopicDecision> {
        if self.topics(TopicDecision::Both) == self.present {
            vec![TopicDecision::Present, TopicDecision::Asked]
        } else {
            vec![
                TopicDecision::Both,
                TopicDecision::Asked,
                TopicDecision::Present,
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(present: i64, asked: i64) -> Option<Difference> {
        Difference::between(1, TopicSet::from_mask(present), TopicSet::from_mask(asked))
    }

    #[test]
    fn only_a_choice_that_would_lose_something_is_a_question() {
        assert_eq!(between(0b01, 0b01), None);
        assert_eq!(between(0b01, 0b11), None, "everything is asked for again");
        assert_eq!(between(0, 0b11), None);
        assert_eq!(between(0, 0), None, "a newsletter without topics");
        assert!(between(0b11, 0b01).is_some());
        assert!(between(0b01, 0b10).is_some());
    }

    #[test]
    fn the_default_loses_nothing() {
        for (present, asked) in [(0b01, 0b10), (0b11, 0b01), (0b011, 0b110)] {
            let difference = between(present, asked).expect("a difference");
            for default in [TopicDecision::default(), difference.choices()[0]] {
                assert_eq!(difference.topics(default).mask(), present | asked);
            }
            let outcomes = difference.choices().into_iter();
            let mut outcomes: Vec<_> = outcomes.map(|one| difference.topics(one)).collect();
            let number = outcomes.len();
            outcomes.sort();
            outcomes.dedup();
            assert_eq!(outcomes.len(), number, "no two choices mean the same");
        }
    }
}
