//! Composes issues when the schedules of their newsletters say so.
//!
//! A slot's issue is composed `compose_lead` before the slot; `send_due` sends it when the slot is
//! reached. For each newsletter the database keeps a mark: the instant up to which its slots have
//! been processed. So a restart misses none and repeats none; that a slot gets one issue, whatever
//! two nodes do at the same time, is a unique key there.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::Notify;

use super::job::{Job, Report, Run};
use super::send_due::SendDue;
use crate::clock::TOLERATED_SKEW;

use crate::config::units::say_duration;
use crate::digest::MailContext;
use crate::digest::release::{self, ReleaseError};
use crate::digest::select::{Composed, Occasion, compose};
use crate::domain::issue::IssueState;
use crate::domain::newsletter::{Approval, Newsletter};
use crate::domain::schedule::{self, Due, Slot};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Db, Tx};

/// More slots ahead than this are left for a later step: a line that fires every minute with a
/// lead of a week is a mistake, and must not compose ten thousand issues.
const MOST_AHEAD: usize = 20;

/// After how long the mark is moved although nothing happened, so that a schedule that is changed
/// does not make slots in the past.
const MOVE_MARK: Duration = Duration::from_hours(1);

/// How far back the last missed slot is looked for, step by step: a mark from 1970, set while a
/// machine did not know the date, must not make millions of slots of a line that fires every minute.
const LOOK_BACK: [Duration; 3] = [
    Duration::from_hours(24),
    Duration::from_hours(32 * 24),
    Duration::from_hours(400 * 24),
];

/// The job.
#[derive(Clone)]
pub struct Schedule {
    db: Db,
    mail_context: MailContext,
    every: Duration,
    /// Notified when an issue was composed that may be due at once.
    composed: Arc<Notify>,
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// There is a new issue.
    Composed {
        /// Of which newsletter.
        newsletter: String,
        /// Its row.
        issue: i64,
        /// For which slot.
        slot: String,
        /// Approved, in review or held.
        state: IssueState,
    },
    /// The slot has passed, and there was nothing to tell.
    NothingToTell {
        /// Of which newsletter.
        newsletter: String,
        /// Which slot.
        slot: String,
    },
    /// An issue was not approved in time.
    Held {
        /// Its row.
        issue: i64,
    },
}

impl Schedule {
    /// The job over this database.
    pub fn new(db: Db, mail_context: MailContext) -> Self {
        Self {
            db,
            mail_context,
            every: Duration::from_secs(15),
            composed: Arc::default(),
        }
    }

    /// Runs at this period.
    #[must_use]
    pub fn every(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Has `next` run as soon as an issue was composed.
    #[must_use]
    pub fn followed_by(self, next: &SendDue) -> Self {
        Self {
            composed: next.woken_by(),
            ..self
        }
    }

    /// Looks at every newsletter once. A newsletter that fails does not keep the others waiting;
    /// the first error is returned at the end.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Did>> {
        let (did, error) = self.attempt(now).await?;
        error.map_or(Ok(did), Err)
    }

    /// What was done, and the first error of a newsletter.
    async fn attempt(&self, now: Timestamp) -> anyhow::Result<(Vec<Did>, Option<anyhow::Error>)> {
        let newsletters = store::newsletter::list(&mut self.db.read().await?).await?;
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
        let Some(line) = &settings.schedule else {
            return Ok(());
        };
        let schedule = schedule::Schedule::parse(line, settings.zone.name())?;
        let stored =
            store::newsletter::slots_until(&mut self.db.read().await?, newsletter.id).await?;
        let mark = self.trusted(newsletter, stored, now).await?;
        // Of several missed slots the last one stands for all: their news go into one issue.
        let reached = LOOK_BACK.iter().find_map(|span| {
            let from = mark.max(now.minus(*span));
            schedule.slots_between(from, now).last()
        });
        if let Some(slot) = reached {
            did.extend(self.reached(newsletter, &slot, now).await?);
        } else if now.since(mark) > MOVE_MARK {
            let mut tx = self.db.begin().await?;
            store::newsletter::slots_done(&mut tx, newsletter.id, now).await?;
            tx.commit().await?;
        }
        let from = now.max(mark);
        let ahead = schedule.slots_between(from, from.plus(settings.compose_lead));
        for slot in ahead.take(MOST_AHEAD) {
            did.extend(self.ahead(newsletter, &slot, now).await?);
        }
        Ok(())
    }

    /// The mark, moved back to `now` where it was set by a clock that was ahead: the schedule would
    /// stand still until then. Slots that clock went through have their issues, so none is repeated.
    async fn trusted(
        &self,
        newsletter: &Newsletter,
        mark: Timestamp,
        now: Timestamp,
    ) -> anyhow::Result<Timestamp> {
        if mark <= now.plus(TOLERATED_SKEW) {
            return Ok(mark);
        }
        let mut tx = self.db.begin().await?;
        let moved = store::newsletter::move_mark_back(&mut tx, newsletter.id, mark, now).await?;
        tx.commit().await?;
        if moved {
            tracing::warn!(
                newsletter = newsletter.settings.key,
                processed_until = %mark,
                "the clock of this machine was ahead for a while, or is behind now: the schedule goes on from the present time; check the clock and the last issues"
            );
        }
        Ok(now)
    }

    /// A slot whose time has come, or was missed: composed now if it was not composed before.
    async fn reached(
        &self,
        newsletter: &Newsletter,
        slot: &Slot,
        now: Timestamp,
    ) -> anyhow::Result<Option<Did>> {
        let settings = &newsletter.settings;
        let mut tx = self.db.begin().await?;
        let mark = store::newsletter::lock(&mut tx, newsletter.id).await?;
        if slot.at <= mark {
            return Ok(None); // another node was faster
        }
        let missed = schedule::due(slot.at, now, settings.catch_up) == Due::Missed;
        let hold = missed.then(|| {
            format!(
                "the slot {slot} was missed by {}, longer than the {} within which a missed slot is made up for; look at the issue, then send or cancel it",
                say_duration(now.since(slot.at)),
                say_duration(settings.catch_up)
            )
        });
        let composed = self
            .compose(&mut tx, newsletter, slot, hold.as_deref(), now)
            .await?;
        store::newsletter::slots_done(&mut tx, newsletter.id, now).await?;
        tx.commit().await?;
        Ok(match composed {
            Composed::Issue(issue) => Some(composed_for(newsletter, slot, &issue)),
            Composed::NothingToTell => Some(Did::NothingToTell {
                newsletter: settings.key.clone(),
                slot: slot.id(),
            }),
            Composed::SlotTaken => None, // composed ahead, as it should be
        })
    }

    /// A slot that comes within the lead. As long as there is nothing to tell it is looked at again.
    async fn ahead(
        &self,
        newsletter: &Newsletter,
        slot: &Slot,
        now: Timestamp,
    ) -> anyhow::Result<Option<Did>> {
        let mut conn = self.db.read().await?;
        if store::issue::has_slot(&mut conn, newsletter.id, &slot.id()).await? {
            return Ok(None);
        }
        drop(conn);
        let mut tx = self.db.begin().await?;
        let Composed::Issue(issue) = self.compose(&mut tx, newsletter, slot, None, now).await?
        else {
            return Ok(None);
        };
        tx.commit().await?;
        Ok(Some(composed_for(newsletter, slot, &issue)))
    }

    /// Composes, and releases what needs no approval.
    async fn compose(
        &self,
        tx: &mut Tx,
        newsletter: &Newsletter,
        slot: &Slot,
        hold: Option<&str>,
        now: Timestamp,
    ) -> anyhow::Result<Composed> {
        let occasion = Occasion {
            newsletter,
            slot: Some(&slot.id()),
            send_at: Some(slot.at),
            hold,
        };
        let composed = compose(tx, &self.mail_context, &occasion, now).await?;
        let Composed::Issue(issue) = composed else {
            return Ok(composed);
        };
        if issue.state != IssueState::Draft || newsletter.settings.approval != Approval::Automatic {
            return Ok(Composed::Issue(issue));
        }
        match release::release(tx, &self.mail_context, &issue, now).await {
            Ok(released) => warn_if_long(&issue, released.long),
            Err(ReleaseError::Store(error)) => return Err(error.into()),
            Err(refused) => hold_issue(tx, &issue, &refused.to_string(), now)
                .await
                .map(|_| ())?,
        }
        let issue = store::issue::by_id(tx, issue.id)
            .await?
            .map_or(issue, Box::new);
        Ok(Composed::Issue(issue))
    }

    /// Issues that nobody approved until `catch_up` after their slot.
    async fn hold_unapproved(
        &self,
        newsletters: &[Newsletter],
        now: Timestamp,
        did: &mut Vec<Did>,
    ) -> anyhow::Result<()> {
        for state in [IssueState::Draft, IssueState::InReview] {
            let waiting = store::issue::in_state(&mut self.db.read().await?, state).await?;
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
                let reason = format!(
                    "it was not approved until {} after its time; approve it to send it now, or cancel it",
                    say_duration(catch_up)
                );
                let mut tx = self.db.begin().await?;
                if hold_issue(&mut tx, &issue, &reason, now).await? {
                    did.push(Did::Held { issue: issue.id });
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

impl Job for Schedule {
    fn name(&self) -> &'static str {
        "schedule"
    }

    fn about(&self) -> &'static str {
        "composes an issue when the schedule of a newsletter says so"
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

fn warn_if_long(issue: &Issue, long: Option<usize>) {
    if let Some(bytes) = long {
        tracing::warn!(
            issue = issue.id,
            bytes,
            "the issue is long: some mail programs will cut off its end"
        );
    }
}

/// Holds an issue with a reason for the team. Returns false when it has moved on meanwhile.
pub(super) async fn hold_issue(
    tx: &mut Tx,
    issue: &Issue,
    reason: &str,
    now: Timestamp,
) -> store::Result<bool> {
    let held = store::issue::set_state(
        tx,
        issue.id,
        issue.state,
        IssueState::Held,
        Some(reason),
        now,
    )
    .await?;
    if held {
        tracing::warn!(
            issue = issue.id,
            number = issue.number,
            reason,
            "an issue is held"
        );
    }
    Ok(held)
}
