//! Which newsletters and topics there are, and what somebody chose of them.

use std::collections::BTreeMap;

use templates::{NewsletterChoice, TopicChoice};

use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::schedule::{CronLine, RhythmDays};
use crate::domain::topic::{Topic, TopicSet};
use crate::store::{self, Connection};

/// What was chosen: newsletters by their row, and the topics of each.
pub(super) type Wishes = BTreeMap<i64, TopicSet>;

/// All newsletters and topics.
pub(super) struct Offer {
    pub(super) newsletters: Vec<Newsletter>,
    topics: Vec<Topic>,
}

impl Offer {
    pub(super) async fn load(conn: &mut impl Connection) -> store::Result<Self> {
        Ok(Self {
            newsletters: store::newsletter::list(conn).await?,
            topics: store::topic::list(conn).await?,
        })
    }

    pub(super) fn by_id(&self, id: i64) -> Option<&Newsletter> {
        self.newsletters
            .iter()
            .find(|newsletter| newsletter.id == id)
    }

    pub(super) fn by_key(&self, key: &str) -> Option<&Newsletter> {
        self.newsletters
            .iter()
            .find(|newsletter| newsletter.settings.key == key)
    }

    /// The newsletter and topic of a form's `newsletterkey.topickey`, if the one carries the other.
    pub(super) fn topic(&self, value: &str) -> Option<(&Newsletter, &Topic)> {
        self.newsletters.iter().find_map(|newsletter| {
            let key = value
                .strip_prefix(&newsletter.settings.key)?
                .strip_prefix('.')?;
            let mut carried = self.carried(newsletter);
            Some((newsletter, carried.find(|topic| topic.key == key)?))
        })
    }

    /// The topics that a newsletter carries.
    pub(super) fn carried(&self, newsletter: &Newsletter) -> impl Iterator<Item = &Topic> {
        let carried = newsletter.settings.topics;
        self.topics
            .iter()
            .filter(move |topic| carried.contains(topic.bit))
    }

    /// A newsletter as a form shows it.
    pub(super) fn choice(
        &self,
        newsletter: &Newsletter,
        language: Language,
        chosen: Option<TopicSet>,
    ) -> NewsletterChoice {
        let text = newsletter.settings.text(language);
        let topics = self.carried(newsletter).map(|topic| TopicChoice {
            key: topic.key.clone(),
            name: topic.name(language).to_owned(),
            chosen: chosen.is_some_and(|chosen| chosen.contains(topic.bit)),
        });
        NewsletterChoice {
            key: newsletter.settings.key.clone(),
            name: text.name.clone(),
            description: text.description.clone(),
            rhythm: rhythm(newsletter),
            chosen: chosen.is_some(),
            topics: topics.collect(),
        }
    }

    /// What was chosen, in words.
    pub(super) fn named(
        &self,
        wishes: &[(i64, TopicSet)],
        language: Language,
    ) -> Vec<templates::Newsletter> {
        let named = wishes.iter().filter_map(|(id, chosen)| {
            let newsletter = self.by_id(*id)?;
            let chosen = self
                .carried(newsletter)
                .filter(|topic| chosen.contains(topic.bit));
            Some(templates::Newsletter {
                name: newsletter.settings.text(language).name.clone(),
                topics: chosen
                    .map(|topic| topic.name(language).to_owned())
                    .collect(),
            })
        });
        named.collect()
    }
}

/// How often a newsletter appears, where that can be said in a few words.
fn rhythm(newsletter: &Newsletter) -> Option<templates::Rhythm> {
    let line = CronLine::parse(newsletter.settings.schedule.as_deref()?).ok()?;
    let rhythm = line.rhythm()?;
    let days = match rhythm.days {
        RhythmDays::Daily => templates::RhythmDays::Daily,
        RhythmDays::Weekly(days) => templates::RhythmDays::Weekly(days),
        RhythmDays::Monthly(day) => templates::RhythmDays::Monthly(day),
    };
    Some(templates::Rhythm {
        days,
        at: rhythm.at,
    })
}
