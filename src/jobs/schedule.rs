//! Composes issues by the schedules of their newsletters.
//!
//! A slot's issue is composed `compose_lead` before the slot; `send_due` sends it when the slot is
//! reached. For each newsletter the database stores a mark: the instant up to which its slots have
//! been processed. So a restart neither misses nor repeats a slot. A unique key ensures one issue
//! per slot, whatever two nodes do concurrently.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::Notify;

use super::job::{Job, Report, Run};
use super::send_due::SendDue;
use crate::app::issues::{self, SlotOutcome};
use crate::app::{Actor, App, newsletters};
use crate::clock::TOLERATED_SKEW;
use crate::domain::issue::IssueState;
use crate::domain::newsletter::Newsletter;
use crate::domain::reason::Reason;
use crate::domain::schedule::{self, Due, Slot};
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::issue::Issue;

/// The most slots ahead in one step; more are left for later. A line that fires every minute with a
/// lead of a week is a mistake and must not compose ten thousand issues.
const MOST_AHEAD: usize = 20;

/// How often the mark moves when nothing happens, so that a changed schedule creates no slots in
/// the past.
const MOVE_MARK: Duration = Duration::from_hours(1);

/// How far back to search for the last missed slot, step by step: a mark from 1970, set while a
/// machine did not know the date, must not give millions of slots for a line that fires every
/// minute.
const LOOK_BACK: [Duration; 3] = [
    Duration::from_hours(24),
    Duration::from_hours(32 * 24),
    Duration::from_hours(400 * 24),
];

/// The actor that composes.
const ACTOR: Actor = Actor::Job(NAME);
const NAME: &str = "schedule";

/// The job.
#[derive(Clone)]
pub struct Schedule {
    app: App,
    every: Duration,
    /// Notified when a composed issue may be due at once.
    composed: Arc<Notify>,
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// A new issue was composed.
    Composed {
        /// Its newsletter.
        newsletter: String,
        /// Its row.
        issue: i64,
        /// Its slot.
        slot: String,
        /// Approved, in review or held.
        state: IssueState,
    },
    /// The slot has passed without content.
    NothingToTell {
        /// Its newsletter.
        newsletter: String,
        /// Its slot.
        slot: String,
    },
    /// An issue was not approved in time.
    Held {
        /// Its row.
        issue: i64,
    },
}

impl Schedule {
    /// The job for this installation.
    pub fn new(app: App) -> Self {
        Self {
            app,
            every: Duration::from_secs(15),
            composed: Arc::default(),
        }
    }

    /// Runs at this period.
    #[must_use]
    pub fn every(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Runs `next` as soon as an issue was composed.
    #[must_use]
    pub fn followed_by(self, next: &SendDue) -> Self {
        Self {
            composed: next.woken_by(),
            ..self
        }
    }

    /// Processes every newsletter once. A failing newsletter does not stop the others; the first
    /// error is returned at the end.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Did>> {
        let (did, error) = self.attempt(now).await?;
        error.map_or(Ok(did), Err)
    }

    /// What was done, and the first error of a newsletter.
    async fn attempt(&self, now: Timestamp) -> anyhow::Result<(Vec<Did>, Option<anyhow::Error>)> {
        let newsletters = store::newsletter::list(&mut self.app.read().await?).await?;
        let mut did = Vec::new();
        let mut first_error = None;
        for newsletter in &newsletters {
            let processed = self.process(newsletter, now, &mut did).await;
            let named = || format!("newsletter {}", newsletter.settings.key);
            if let Err(error) = processed.with_context(named) {
                first_error.get_or_insert(error);
            }
        }
        self.hold_unapproved(&newsletters, now, &mut did).await?;
        Ok((did, first_error))
    }

    async fn process(
        &self,
        newsletter: &Newsletter,
        now: Timestamp,
        did: &mut Vec<Did>,
    ) -> anyhow::Result<()> {
        let settings = &newsletter.settings;
        let timetable = store::timetable::of(&mut self.app.read().await?, newsletter).await?;
        let Some(timetable) = timetable else {
            return Ok(());
        };
        let stored =
            store::newsletter::slots_until(&mut self.app.read().await?, newsletter.id).await?;
        let mark = self.trusted(newsletter, stored, now).await?;
        // The last of several missed slots stands for all: their news go into one issue.
        let reached = LOOK_BACK.iter().find_map(|span| {
            let from = mark.max(now.minus(*span));
            timetable.slots_between(from, now).last()
        });
        if let Some(slot) = reached {
            did.extend(self.reached(newsletter, &slot, now).await?);
        } else if now.since(mark) > MOVE_MARK {
            newsletters::skip_slots(&self.app.at(now), &ACTOR, newsletter).await?;
        }
        let from = now.max(mark);
        let ahead = timetable.slots_between(from, from.plus(settings.compose_lead));
        for slot in ahead.take(MOST_AHEAD) {
            did.extend(self.ahead(newsletter, &slot, now).await?);
        }
        Ok(())
    }

    /// The mark, moved back to `now` if a fast clock set it: otherwise the schedule would stop
    /// until then. Slots processed under that clock have their issues, so none is repeated.
    async fn trusted(
        &self,
        newsletter: &Newsletter,
        mark: Timestamp,
        now: Timestamp,
    ) -> anyhow::Result<Timestamp> {
        if mark <= now.plus(TOLERATED_SKEW) {
            return Ok(mark);
        }
        if newsletters::move_mark_back(&self.app.at(now), &ACTOR, newsletter, mark).await? {
            tracing::warn!(
                newsletter = newsletter.settings.key,
                processed_until = %mark,
                "the clock of this machine was ahead for a while, or is behind now: the schedule continues from the current time; check the clock and the last issues"
            );
        }
        Ok(now)
    }

    /// A due or missed slot: composed now if it was not composed before.
    async fn reached(
        &self,
        newsletter: &Newsletter,
        slot: &Slot,
        now: Timestamp,
    ) -> anyhow::Result<Option<Did>> {
        let outcome = issues::compose_reached(&self.app.at(now), &ACTOR, newsletter, slot).await?;
        Ok(match outcome {
            SlotOutcome::Composed(issue) => Some(composed_for(newsletter, slot, &issue)),
            SlotOutcome::NothingToTell => Some(Did::NothingToTell {
                newsletter: newsletter.settings.key.clone(),
                slot: slot.id(),
            }),
            SlotOutcome::Processed => None, // composed ahead, as usual, or by another node
        })
    }

    /// A slot within the lead. While there is no content, it is checked again.
    async fn ahead(
        &self,
        newsletter: &Newsletter,
        slot: &Slot,
        now: Timestamp,
    ) -> anyhow::Result<Option<Did>> {
        let outcome = issues::compose_ahead(&self.app.at(now), &ACTOR, newsletter, slot).await?;
        Ok(match outcome {
            SlotOutcome::Composed(issue) => Some(composed_for(newsletter, slot, &issue)),
            SlotOutcome::NothingToTell | SlotOutcome::Processed => None,
        })
    }

    /// Issues that nobody approved within `catch_up` of their slot.
    async fn hold_unapproved(
        &self,
        newsletters: &[Newsletter],
        now: Timestamp,
        did: &mut Vec<Did>,
    ) -> anyhow::Result<()> {
        for state in [IssueState::Draft, IssueState::InReview] {
            let waiting = store::issue::in_state(&mut self.app.read().await?, state).await?;
            for issue in waiting {
                let Some((send_at, newsletter)) = issue
                    .send_at
                    .zip(newsletters.iter().find(|one| one.id == issue.newsletter))
                else {
                    continue;
                };
                let catch_up = newsletter.settings.catch_up;
                if schedule::due(send_at, now, catch_up) != Due::Missed {
                    continue;
                }
                let reason = Reason::NotApprovedInTime {
                    catch_up: catch_up.as_secs(),
                };
                if issues::hold(&self.app.at(now), &ACTOR, &issue, &reason).await? {
                    did.push(Did::Held { issue: issue.id });
                }
            }
        }
        Ok(())
    }
}

impl Job for Schedule {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "composes issues by the schedules of newsletters"
    }

    fn period(&self) -> Duration {
        self.every
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let (did, error) = self.attempt(now).await?;
            let is_composed = |one: &&Did| matches!(one, Did::Composed { .. });
            let composed = did.iter().filter(is_composed).count();
            if composed > 0 {
                self.composed.notify_one();
            }
            if let Some(error) = error {
                return Err(error);
            }
            let held = did.iter().filter(|one| matches!(one, Did::Held { .. }));
            Ok(match (composed, held.count()) {
                (0, 0) => Report::nothing(),
                (composed, held) => Report::did(format!("composed {composed} issues, held {held}")),
            })
        })
    }
}

fn composed_for(newsletter: &Newsletter, slot: &Slot, issue: &Issue) -> Did {
    tracing::info!(
        newsletter = newsletter.settings.key,
        number = issue.number,
        slot = slot.id(),
        state = issue.state.as_str(),
        "composed an issue"
    );
    Did::Composed {
        newsletter: newsletter.settings.key.clone(),
        issue: issue.id,
        slot: slot.id(),
        state: issue.state,
    }
}
