//! Which variants of an issue can be chosen, and how they are called.

use templates::Locale;

use super::path::IssuePath;
use crate::digest::audience::Audience;
use crate::digest::site::locale;
use crate::domain::language::Language;
use crate::domain::topic::{Topic, TopicSet};
use crate::web::WebState;
use crate::web::newsroom::Staff;

/// Sets of topics to choose from: the most read ones.
const MOST_SETS: usize = 60;

/// The variants of an issue, one of them chosen.
pub(super) struct Choice<'a> {
    pub(super) audience: &'a Audience,
    pub(super) topics: &'a [Topic],
    /// The topics of the issue.
    pub(super) told: TopicSet,
    pub(super) language: Language,
    pub(super) set: TopicSet,
}

impl<'a> Choice<'a> {
    /// The variant that the query names, else the most read one.
    pub(super) fn of(
        state: &WebState,
        path: &IssuePath,
        audience: &'a Audience,
        topics: &'a [Topic],
        told: TopicSet,
    ) -> Self {
        let config = &state.app.config.languages;
        let asked = path.query("language").parse().ok();
        let most = audience.variants.first().map(|one| one.language);
        let language = asked.or(most).unwrap_or(config.default);
        let asked: Option<i64> = path.query("topics").parse().ok();
        let own = |one: &&crate::digest::audience::VariantReaders| one.language == language;
        let set = match asked {
            Some(mask) => TopicSet::from_mask(mask).and(told),
            None => audience
                .variants
                .iter()
                .find(own)
                .map_or(told, |one| one.topics),
        };
        Self {
            audience,
            topics,
            told,
            language,
            set,
        }
    }

    /// How many read just this.
    pub(super) fn people(&self) -> i64 {
        let variants = self.audience.variants.iter();
        let own = variants.filter(|one| one.language == self.language && one.topics == self.set);
        own.map(|one| one.readers).sum()
    }

    /// The languages that are offered, and whether each is chosen.
    pub(super) fn languages(&self, state: &WebState) -> Vec<(Locale, bool)> {
        let offered = state.app.config.languages.offered.iter();
        offered
            .map(|one| (locale(*one), *one == self.language))
            .collect()
    }

    /// The sets of topics: that of everything, those that somebody reads, and the chosen one.
    pub(super) fn sets(&self, staff: &Staff) -> Vec<(i64, String, bool)> {
        let read = self.audience.variants.iter().map(|one| one.topics);
        let mut sets = vec![self.set];
        for set in std::iter::once(self.told).chain(read) {
            if !sets.contains(&set) {
                sets.push(set);
            }
            if sets.len() == MOST_SETS {
                break;
            }
        }
        let named = |set: TopicSet| (set.mask(), self.names(staff, set), set == self.set);
        sets.into_iter().map(named).collect()
    }

    /// The names of topics.
    pub(super) fn names(&self, staff: &Staff, set: TopicSet) -> String {
        let chosen = self.topics.iter().filter(|topic| set.contains(topic.bit));
        let names: Vec<_> = chosen.map(|topic| topic.name(staff.language)).collect();
        if names.is_empty() {
            templates::pages::newsroom::issues::no_topic(staff.locale())
        } else {
            names.join(", ")
        }
    }
}
