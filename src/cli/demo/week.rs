//! What a visitor finds in the newsroom: a newsletter whose issue is being sent, slowly enough to be
//! watched, and one whose issue waits for approval.
//!
//! Both are composed, handed in and approved by the users of the demonstration, by the operations that
//! the pages use. Only their readers are added without a sign-up, spread over the year before, and only
//! their deliveries are spread over some minutes.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context as _, bail};

use super::newsroom::{Newsroom, Rhythm};
use crate::app::issues::{self, ApprovalTerms, SlotOutcome, review};
use crate::app::{Actor, App, newsletters};
use crate::domain::address::Address;
use crate::domain::issue::IssueName;
use crate::domain::language::Language;
use crate::domain::newsletter::{Approval, Newsletter, NewsletterSettings};
use crate::domain::schedule::Schedule;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{TopicBit, TopicSet};
use crate::domain::user::{Right, Role};
use crate::store;
use crate::store::sample::SampleReader;
use crate::store::staff::StaffMember;

use super::content::Content;

/// The newsletter whose issue is being sent.
const SENT: &str = "culture";
/// The newsletter whose issue waits for approval.
const WAITING: &str = "work";
/// How many readers each of them has.
const READERS: usize = 120;
/// One mail of the first in so long: the whole issue takes eight minutes.
const ONE_MAIL_IN: Duration = Duration::from_secs(4);
/// Where their mailboxes are, the largest first: each has twice as many readers as the next.
const HOSTS: [&str; 5] = [
    "postfach.example",
    "mail.example",
    "netz.example",
    "verein.example",
    "schule.example",
];
/// When they appear. With this lead nothing more is composed while somebody looks around.
const RHYTHM: Rhythm = Rhythm {
    region: SCHEDULE,
    calendar: SCHEDULE,
    compose_lead: Duration::from_mins(1),
};
const SCHEDULE: &str = "0 7 * * 4";
const YEAR: Duration = Duration::from_hours(365 * 24);

/// Fills the newsroom. Returns the addresses of the added readers, in lower case.
pub(super) async fn fill(
    app: &App,
    newsroom: &Newsroom,
    content: &Content,
) -> anyhow::Result<HashSet<String>> {
    let editor = somebody(newsroom, Role::Editor, Right::Write)?;
    let approver = somebody(newsroom, Role::Approver, Right::Approve)?;
    let mut added = HashSet::new();
    let mut names = Vec::new();
    for key in [SENT, WAITING] {
        let newsletter = newsletter(app, newsroom, content, key).await?;
        added.extend(subscribe(app, &newsletter).await?);
        let name = if key == WAITING {
            compose_for_the_next_slot(app, &newsletter).await?
        } else {
            issues::compose(app, &editor, key).await?.issue
        };
        let word = "Bitte vor allem die Termine ansehen.";
        review::hand_in(app, &editor, &name, word).await?;
        names.push(name);
    }
    send_slowly(app, &approver, &names[0]).await?;
    Ok(added)
}

/// The first user with this role, as an actor.
fn somebody(newsroom: &Newsroom, role: Role, right: Right) -> anyhow::Result<Actor> {
    let has = |user: &&StaffMember| user.roles.contains(role) && user.roles.allow(right);
    let user = newsroom.users.iter().find(has);
    let user = user.with_context(|| format!("the sample content has no {role}"))?;
    Ok(Actor::User {
        id: user.id,
        uuid: user.uuid.clone(),
        roles: user.roles.clone(),
    })
}

async fn newsletter(
    app: &App,
    newsroom: &Newsroom,
    content: &Content,
    key: &str,
) -> anyhow::Result<Newsletter> {
    let samples = &content.installation.newsroom_newsletters;
    let sample = samples.iter().find(|one| one.key == key);
    let sample = sample.with_context(|| format!("the sample content has no newsletter {key}"))?;
    let settings = NewsletterSettings {
        approval: Approval::FourEyes,
        ..newsroom.settings(sample, RHYTHM)?
    };
    Ok(newsletters::add(app, &Actor::operator(), &settings).await?)
}

/// Composes the issue of the next slot, as the schedule does two days before.
async fn compose_for_the_next_slot(
    app: &App,
    newsletter: &Newsletter,
) -> anyhow::Result<IssueName> {
    let schedule = Schedule::parse(SCHEDULE, newsletter.settings.zone.name())?;
    let slot = schedule.next_after(app.clock.now());
    let slot = slot.context("the schedule has no slot")?;
    let actor = Actor::Job("schedule");
    match issues::compose_ahead(app, &actor, newsletter, &slot).await? {
        SlotOutcome::Composed(issue) => Ok(IssueName {
            newsletter: newsletter.settings.key.clone(),
            number: issue.number,
        }),
        other => bail!("no issue was composed for the next slot: {other:?}"),
    }
}

/// Adds readers who have subscribed one after another in the year before.
async fn subscribe(app: &App, newsletter: &Newsletter) -> anyhow::Result<Vec<String>> {
    let key = &newsletter.settings.key;
    let now = app.clock.now();
    let steps = u32::try_from(READERS).unwrap_or(u32::MAX);
    let mut readers = Vec::new();
    for (number, step) in (0..READERS).zip(0..steps) {
        let address = format!("{key}.{number}@{}", host(number));
        readers.push(SampleReader {
            address: Address::parse_ascii(&address)?,
            language: Language::ALL[number % 7 % Language::ALL.len()],
            topics: some_of(newsletter.settings.topics, number),
            confirmed_at: now.minus(YEAR / steps * (steps - step)),
        });
    }
    store::sample::add_readers(&app.db, newsletter.id, &readers).await?;
    Ok(readers.iter().map(|one| one.address.key()).collect())
}

/// Half of the readers at the first host, a quarter at the second, and so on.
fn host(number: usize) -> &'static str {
    let place = (number + 1).trailing_zeros() as usize;
    HOSTS[place.min(HOSTS.len() - 1)]
}

/// All topics for most readers, one of them for the others.
fn some_of(topics: TopicSet, number: usize) -> TopicSet {
    let bits: Vec<TopicBit> = (0..i64::from(TopicBit::COUNT))
        .filter_map(TopicBit::new)
        .filter(|bit| topics.contains(*bit))
        .collect();
    match number % 3 {
        0 if !bits.is_empty() => [bits[number / 3 % bits.len()]].into_iter().collect(),
        _ => topics,
    }
}

/// Approves and sends an issue, one mail every four seconds.
async fn send_slowly(app: &App, approver: &Actor, name: &IssueName) -> anyhow::Result<()> {
    let started = issues::send(app, approver, name, &ApprovalTerms::default()).await?;
    let now: Timestamp = app.clock.now();
    store::sample::spread(&app.db, started.issue, now, ONE_MAIL_IN).await?;
    Ok(())
}
