//! Stores the sample content in the database: topics, newsletters, organisations, entries.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context as _;

use super::content::{Content, SampleEntry, SampleNewsletter, SampleUser, ZONE};
use crate::app::entries::{self, NewEntry};
use crate::app::staff::{self, NewUser};
use crate::app::{Actor, App, newsletters, organisations, topics};
use crate::domain::address::Address;
use crate::domain::delivery::OnUncertain;
use crate::domain::entry::{EntryContent, EntryState};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, ReviewSettings,
};
use crate::domain::topic::{TopicBit, TopicSet};
use crate::store::staff::StaffMember;

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
    /// The users, in the order of the sample.
    pub users: Vec<StaffMember>,
    topics: BTreeMap<String, TopicBit>,
    organisations: BTreeMap<String, i64>,
}

impl Newsroom {
    /// Sets up topics, newsletters and organisations.
    pub(super) async fn open(app: &App, content: &Content, rhythm: Rhythm) -> anyhow::Result<Self> {
        let sample = &content.installation;
        let mut newsroom = Self {
            newsletters: BTreeMap::new(),
            users: Vec::new(),
            topics: BTreeMap::new(),
            organisations: BTreeMap::new(),
        };
        let actor = Actor::operator();
        for user in &sample.users {
            newsroom.users.push(add_user(app, user).await?);
        }
        for topic in &sample.topics {
            let added = topics::add(app, &actor, &topic.key, &topic.names).await?;
            newsroom.topics.insert(added.key, added.bit);
        }
        for newsletter in &sample.newsletters {
            let settings = newsroom.settings(newsletter, rhythm)?;
            let added = newsletters::add(app, &actor, &settings).await?;
            newsroom.newsletters.insert(newsletter.key.clone(), added);
        }
        for (key, name) in &sample.partners {
            let organisation = organisations::ensure(app, &actor, name).await?;
            newsroom.organisations.insert(key.clone(), organisation.id);
        }
        Ok(newsroom)
    }

    pub(super) fn settings(
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
            digest: DigestSettings::default(),
            review: ReviewSettings::default(),
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

    /// Publishes the entries that come with one issue.
    pub(super) async fn publish(
        &self,
        app: &App,
        content: &Content,
        issue: u8,
        retold: Option<&Retold>,
    ) -> anyhow::Result<()> {
        let (mut new, mut later) = (Vec::new(), Vec::new());
        let of_issue = || content.entries.iter().filter(|one| one.issue == issue);
        for sample in of_issue() {
            let mut entry = self.entry(app, sample, EntryState::Published)?;
            if let Some(retold) = retold {
                retold.mark(&mut entry.content);
            }
            let when = entry.content.when.clone();
            let earlier = when.as_ref().and_then(|when| sample.earlier(when));
            later.push((sample.pinned, when.filter(|_| earlier.is_some())));
            entry.content.when = earlier.or(entry.content.when);
            new.push(entry);
        }
        let actor = Actor::operator();
        let rows = entries::add(app, &actor, &new).await?;
        illustrate(app, of_issue().zip(rows.iter().copied())).await?;
        for (row, (pinned, moved_to)) in rows.into_iter().zip(later) {
            let name = row.to_string();
            if let Some(when) = moved_to {
                entries::reschedule(app, &actor, &name, &when).await?;
            }
            if pinned {
                entries::pin(app, &actor, &[name], true).await?;
            }
        }
        Ok(())
    }

    /// Adds what comes with later issues as drafts, so that they are seen to wait. Returns their rows
    /// by issue.
    pub(super) async fn add_drafts(
        &self,
        app: &App,
        content: &Content,
        after: u8,
    ) -> anyhow::Result<BTreeMap<u8, Vec<i64>>> {
        let later = content.entries.iter().filter(|one| one.issue > after);
        let mut new: BTreeMap<u8, (Vec<NewEntry>, Vec<&SampleEntry>)> = BTreeMap::new();
        for sample in later {
            let entry = self.entry(app, sample, EntryState::Draft)?;
            let (entries, samples) = new.entry(sample.issue).or_default();
            entries.push(entry);
            samples.push(sample);
        }
        let mut rows = BTreeMap::new();
        for (issue, (new, samples)) in new {
            let added = entries::add(app, &Actor::operator(), &new).await?;
            illustrate(app, samples.into_iter().zip(added.iter().copied())).await?;
            rows.insert(issue, added);
        }
        Ok(rows)
    }

    fn entry(
        &self,
        app: &App,
        sample: &SampleEntry,
        state: EntryState,
    ) -> anyhow::Result<NewEntry> {
        let organisation = self.organisations.get(&sample.partner);
        let topics = self.topics(&sample.topics)?;
        Ok(NewEntry {
            organisation: *organisation
                .with_context(|| format!("the sample content has no partner {}", sample.partner))?,
            content: sample.dated(app.clock.now(), topics),
            state,
        })
    }
}

async fn add_user(app: &App, sample: &SampleUser) -> anyhow::Result<StaffMember> {
    let new = NewUser {
        name: sample.name.clone(),
        email: Address::parse(&sample.email)?,
        language: Language::De,
        roles: sample.roles.iter().copied().collect(),
        password: None,
    };
    Ok(staff::add(app, &Actor::operator(), new).await?)
}

/// Gives entries the pictures of their samples.
async fn illustrate(
    app: &App,
    entries: impl Iterator<Item = (&SampleEntry, i64)>,
) -> anyhow::Result<()> {
    for (sample, row) in entries {
        if let Some(picture) = &sample.picture {
            picture.give(app, row).await?;
        }
    }
    Ok(())
}

/// Marks an entry that is published again.
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
