//! One issue from sign-up to sending, on a manual clock: readers sign up and confirm, the schedule
//! composes an issue, the engine sends it. `demo --once` does only this; `demo` dates it a week
//! back.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{bail, ensure};
use templates::Locale;

use super::content::FIRST;
use super::installation::Installation;
use super::newsroom::{Newsroom, Rhythm};
use super::readers::{self, Pages};
use crate::app::reasons;
use crate::cli::Context;
use crate::clock::Clock;
use crate::delivery::Drained;
use crate::domain::delivery::DeliveryState;
use crate::domain::timestamp::Timestamp;
use crate::jobs::schedule::{Did, Schedule};
use crate::jobs::send_due::{SendDue, Sent};
use crate::shutdown::Shutdown;
use crate::store;

/// How long before the slot the sign-ups begin.
const BEFORE: Duration = Duration::from_hours(2);
/// Deliveries read at once: more than there are sample readers.
const ALL: i64 = 10_000;

/// The result of [`play`].
pub(super) struct Played {
    /// Topics, newsletters and organisations.
    pub newsroom: Newsroom,
    /// The issues that were sent, the first newsletter's first.
    pub issues: Vec<Outcome>,
}

/// The result of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Entries in it.
    pub entries: usize,
    /// Its variants.
    pub variants: usize,
    /// Mails that the relay accepted.
    pub sent: usize,
    /// Readers without content in it, who got no mail.
    pub skipped: i64,
}

/// Runs this for the slot of `rhythm` at `slot`; confirmation mails go into one folder, the issue's
/// mails into another.
pub(super) async fn play(
    installation: &Installation,
    rhythm: Rhythm,
    slot: Timestamp,
    confirmations: &Path,
    mails: &Path,
) -> anyhow::Result<Played> {
    let (db, readers) = (
        &installation.db,
        &installation.content.installation.subscribers,
    );
    let clock = Clock::set_at(slot.minus(BEFORE));
    let context = installation.at(&clock, confirmations);

    let app = context.app_over(db);
    let newsroom = Newsroom::open(&app, &installation.content, rhythm).await?;
    newsroom
        .publish(&app, &installation.content, FIRST, None)
        .await?;
    let pages = Pages::of(&context, db)?;
    readers::sign_up(&pages, &context, readers).await?;
    context.notices(db).await?.send_due().await?;
    readers::confirm(&pages, &context, db, &newsroom, confirmations, readers).await?;

    clock.set(slot);
    let issues = Box::pin(send_issues(&installation.at(&clock, mails), installation)).await?;
    Ok(Played { newsroom, issues })
}

/// Runs the schedule to compose what is due, and the engine to send it.
async fn send_issues(
    context: &Context,
    installation: &Installation,
) -> anyhow::Result<Vec<Outcome>> {
    let (db, now) = (&installation.db, context.clock.now());
    let composed = Schedule::new(context.app_over(db)).step(now).await?;
    ensure!(
        composed
            .iter()
            .any(|did| matches!(did, Did::Composed { .. })),
        "the schedule has composed no issue"
    );
    let mut outcomes = Vec::new();
    for sent in SendDue::new(context.app_over(db)).step(now).await? {
        match sent {
            Sent::Started { issue, .. } => {
                let engine = context.engine(db).await?;
                let drained = Box::pin(engine.drain(issue, &Shutdown::new(), |_| {})).await?;
                ensure!(
                    drained == Drained::Sent,
                    "the issue was not sent: {drained:?}"
                );
                outcomes.push(outcome(installation, issue).await?);
            }
            Sent::Held { reason, .. } => bail!(
                "the issue is held: {}",
                reasons::sentence(&reason, Locale::En)
            ),
            Sent::NotApproved { .. } => bail!("the issue was not approved"),
        }
    }
    Ok(outcomes)
}

async fn outcome(installation: &Installation, issue: i64) -> anyhow::Result<Outcome> {
    let mut conn = installation.db.read().await?;
    let entries = store::entry::of_issue(&mut conn, issue).await?.len();
    let deliveries = store::delivery::of_issue(&mut conn, issue, None, 0, ALL).await?;
    let variants: HashSet<_> = deliveries
        .iter()
        .map(|one| (one.language, one.topics))
        .collect();
    let sent = deliveries
        .iter()
        .filter(|one| one.state == DeliveryState::Sent)
        .count();
    ensure!(
        sent == deliveries.len(),
        "{} of {} mails were not sent",
        deliveries.len() - sent,
        deliveries.len()
    );
    let skipped = store::issue::by_id(&mut conn, issue)
        .await?
        .map_or(0, |issue| issue.skipped);
    Ok(Outcome {
        entries,
        variants: variants.len(),
        sent,
        skipped,
    })
}
