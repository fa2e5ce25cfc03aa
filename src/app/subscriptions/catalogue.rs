//! Which newsletters and topics can be chosen.

use std::collections::BTreeMap;

use crate::domain::newsletter::Newsletter;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::{self, Connection};

/// What was chosen: newsletters by their row, and the topics of each.
pub type Wishes = BTreeMap<i64, TopicSet>;

/// All newsletters and topics.
pub struct Catalogue {
    /// The newsletters.
    pub newsletters: Vec<Newsletter>,
    topics: Vec<Topic>,
}

impl Catalogue {
    /// Reads it.
    pub async fn load(conn: &mut impl Connection) -> store::Result<Self> {
        Ok(Self {
            newsletters: store::newsletter::list(conn).await?,
            topics: store::topic::list(conn).await?,
        })
    }

    /// Every topic, in the order in which they were added.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The newsletter of this row.
    pub fn by_id(&self, id: i64) -> Option<&Newsletter> {
        self.newsletters
            .iter()
            .find(|newsletter| newsletter.id == id)
    }

    /// The newsletter with this key.
    pub fn by_key(&self, key: &str) -> Option<&Newsletter> {
        self.newsletters
            .iter()
            .find(|newsletter| newsletter.settings.key == key)
    }

    /// The newsletter and topic of a form's `newsletterkey.topickey`, if the one carries the other.
    pub fn topic(&self, value: &str) -> Option<(&Newsletter, &Topic)> {
        self.newsletters.iter().find_map(|newsletter| {
            let key = value
                .strip_prefix(&newsletter.settings.key)?
                .strip_prefix('.')?;
            let mut carried = self.carried(newsletter);
            Some((newsletter, carried.find(|topic| topic.key == key)?))
        })
    }

    /// The topics that a newsletter carries.
    pub fn carried(&self, newsletter: &Newsletter) -> impl Iterator<Item = &Topic> {
        let carried = newsletter.settings.topics;
        self.topics
            .iter()
            .filter(move |topic| carried.contains(topic.bit))
    }

    /// Whether a newsletter carries topics, of which at least one must be chosen, and none is.
    pub fn is_topic_missing(&self, newsletter: i64, chosen: TopicSet) -> bool {
        chosen.is_empty()
            && self
                .by_id(newsletter)
                .is_some_and(|newsletter| self.carried(newsletter).next().is_some())
    }

    /// A choice as the audit log tells it: `region: climate, culture; council`.
    pub(super) fn words(&self, wishes: &Wishes) -> String {
        let words = wishes.iter().map(|(id, chosen)| {
            let key = self
                .by_id(*id)
                .map_or_else(|| id.to_string(), |one| one.settings.key.clone());
            let topics: Vec<&str> = self
                .topics
                .iter()
                .filter(|topic| chosen.contains(topic.bit))
                .map(|topic| topic.key.as_str())
                .collect();
            if topics.is_empty() {
                key
            } else {
                format!("{key}: {}", topics.join(", "))
            }
        });
        words.collect::<Vec<_>>().join("; ")
    }
}
