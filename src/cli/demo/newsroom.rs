//! Brings the sample content into the database: topics, newsletters, organisations, entries.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context as _;

use super::content::{Content, SampleEntry, SampleNewsletter, ZONE};
use crate::domain::address::Address;
use crate::domain::delivery::OnUncertain;
use crate::domain::entry::{EntryContent, EntryState};
use crate::domain::language::LanguageTag;
use crate::domain::newsletter::{Approval, Newsletter, NewsletterSettings};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{TopicBit, TopicSet};
use crate::store::{self, Db, Tx};

/// When the newsletters appear.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rhythm {
    /// The cron line of the first newsletter.
    pub region: &'static str,
    /// The cron line of the second.
    pub calendar: &'static str,
    /// How long before its slot an issue is composed.
    pub compose_lead: Duration,
}

/// What entries refer to, by the keys of the sample content.
pub(super) struct Newsroom {
    /// The newsletters.
    pub newsletters: BTreeMap<String, Newsletter>,
    topics: BTreeMap<String, TopicBit>,
    organisations: BTreeMap<String, i64>,
}

impl Newsroom {
    /// Sets up topics, newsletters and organisations.
    pub(super) async fn open(
        db: &Db,
        content: &Content,
        rhythm: Rhythm,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let sample = &content.installation;
        let mut room = Self {
            newsletters: BTreeMap::new(),
            topics: BTreeMap::new(),
            organisations: BTreeMap::new(),
        };
        let mut tx = db.begin().await?;
        for topic in &sample.topics {
            let added = store::topic::add(&mut tx, &topic.key, &topic.names, now).await?;
            room.topics.insert(added.key, added.bit);
        }
        for newsletter in &sample.newsletters {
            let settings = room.settings(newsletter, rhythm)?;
            let added = store::newsletter::add(&mut tx, &settings, now).await?;
            room.newsletters.insert(newsletter.key.clone(), added);
        }
        for (key, name) in &sample.partners {
            let organisation = store::organisation::ensure(&mut tx, name, now).await?;
            room.organisations.insert(key.clone(), organisation.id);
        }
        tx.commit().await?;
        Ok(room)
    }

    fn settings(
        &self,
        sample: &SampleNewsletter,
        rhythm: Rhythm,
    ) -> anyhow::Result<NewsletterSettings> {
        let schedule = if sample.key == "region" {
            rhythm.region
        } else {
            rhythm.calendar
        };
        Ok(NewsletterSettings {
            key: sample.key.clone(),
            texts: sample.texts.clone(),
            sender_name: sample.sender_name.clone(),
            sender_address: Address::parse_ascii(&sample.sender_address)?,
            reply_to: sample
                .reply_to
                .as_deref()
                .map(Address::parse_ascii)
                .transpose()?,
            topics: self.topics(&sample.topics)?,
            schedule: Some(schedule.to_owned()),
            zone: ZONE,
            compose_lead: rhythm.compose_lead,
            catch_up: Duration::from_hours(2),
            approval: Approval::Automatic,
            horizon: Duration::from_hours(30 * 24),
            on_uncertain: OnUncertain::Resend,
            quiet: None,
        })
    }

    fn topics(&self, keys: &[String]) -> anyhow::Result<TopicSet> {
        keys.iter()
            .map(|key| {
                self.topics
                    .get(key)
                    .copied()
                    .with_context(|| format!("the sample content has no topic {key}"))
            })
            .collect()
    }

    /// Publishes the entries that come with one issue. Returns their rows.
    pub(super) async fn publish(
        &self,
        db: &Db,
        content: &Content,
        issue: u8,
        retold: Option<&Retold>,
        now: Timestamp,
    ) -> anyhow::Result<Vec<i64>> {
        let mut rows = Vec::new();
        let mut tx = db.begin().await?;
        for sample in content.entries.iter().filter(|one| one.issue == issue) {
            let mut entry = sample.dated(now, self.topics(&sample.topics)?);
            if let Some(retold) = retold {
                retold.mark(&mut entry);
            }
            rows.push(
                self.add(&mut tx, sample, &entry, EntryState::Published, now)
                    .await?,
            );
        }
        tx.commit().await?;
        Ok(rows)
    }

    /// Enters what comes with later issues as drafts, so that they are seen to wait.
    pub(super) async fn add_drafts(
        &self,
        db: &Db,
        content: &Content,
        after: u8,
        now: Timestamp,
    ) -> anyhow::Result<BTreeMap<u8, Vec<i64>>> {
        let mut rows: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
        let mut tx = db.begin().await?;
        for sample in content.entries.iter().filter(|one| one.issue > after) {
            let entry = sample.dated(now, self.topics(&sample.topics)?);
            let row = self
                .add(&mut tx, sample, &entry, EntryState::Draft, now)
                .await?;
            rows.entry(sample.issue).or_default().push(row);
        }
        tx.commit().await?;
        Ok(rows)
    }

    async fn add(
        &self,
        tx: &mut Tx,
        sample: &SampleEntry,
        entry: &EntryContent,
        state: EntryState,
        now: Timestamp,
    ) -> anyhow::Result<i64> {
        let organisation = self
            .organisations
            .get(&sample.partner)
            .with_context(|| format!("the sample content has no partner {}", sample.partner))?;
        Ok(store::entry::add(tx, *organisation, entry, state, now).await?)
    }
}

/// Marks an entry that is told once more as what it is.
pub(super) struct Retold {
    /// The wall-clock time.
    pub time: String,
}

impl Retold {
    fn mark(&self, entry: &mut EntryContent) {
        for (language, text) in &mut entry.texts {
            text.title = format!("{} {}", self.prefix(language), text.title);
        }
    }

    fn prefix(&self, language: &LanguageTag) -> String {
        let time = &self.time;
        match language.as_str() {
            "de" => format!("Aktualisiert um {time} Uhr:"),
            "fr" => format!("Mis à jour à {time} :"),
            "nl" => format!("Bijgewerkt om {time} uur:"),
            _ => format!("Updated at {time}:"),
        }
    }
}
