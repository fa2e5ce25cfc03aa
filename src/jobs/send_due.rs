//! Lets approved issues go when they are due: checks once more that what is stored is what was
//! approved, and freezes the audience. From then on `delivery` sends.

use crate::config::units::say_duration;
use crate::digest::MailContext;
use crate::digest::release::{self, ReleaseError};
use crate::domain::issue::IssueState;
use crate::domain::schedule::{self, Due};
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::Frozen;
use crate::store::issue::Issue;
use crate::store::{self, Db, Tx};

use super::schedule::hold_issue;

/// The job.
#[derive(Clone)]
pub struct SendDue {
    db: Db,
    mail_context: MailContext,
}

/// What became of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Its audience is frozen and waits in the ledger.
    Frozen {
        /// Its row.
        issue: i64,
        /// For how many.
        audience: Frozen,
    },
    /// It is held, with this reason.
    Held {
        /// Its row.
        issue: i64,
        /// What is said to the team.
        reason: String,
    },
    /// It was not approved (any more); nothing was done.
    NotApproved {
        /// Its row.
        issue: i64,
    },
}

impl SendDue {
    /// The job over this database.
    pub const fn new(db: Db, mail_context: MailContext) -> Self {
        Self { db, mail_context }
    }

    /// Lets every approved issue go whose time has come.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Sent>> {
        let approved =
            store::issue::in_state(&mut self.db.read().await?, IssueState::Approved).await?;
        let mut sent = Vec::new();
        for issue in approved {
            let Some(send_at) = issue.send_at.filter(|at| *at <= now) else {
                continue;
            };
            let mut tx = self.db.begin().await?;
            // Approved late by a person, it goes out at once; forgotten by a service that stood
            // still, it is looked at first.
            let ready = issue.released_at.map_or(send_at, |at| at.max(send_at));
            let newsletter = store::newsletter::by_id(&mut tx, issue.newsletter).await?;
            let catch_up = newsletter
                .map(|one| one.settings.catch_up)
                .unwrap_or_default();
            let outcome = if schedule::due(ready, now, catch_up) == Due::Missed {
                let reason = format!(
                    "its time was missed by {}, longer than the {} within which a missed slot is made up for; look at the issue, then send or cancel it",
                    say_duration(now.since(ready)),
                    say_duration(catch_up)
                );
                hold(&mut tx, &issue, reason, now).await?
            } else {
                send(&mut tx, &self.mail_context, &issue, now).await?
            };
            tx.commit().await?;
            sent.push(outcome);
        }
        Ok(sent)
    }
}

/// Freezes the audience of an approved issue now, or holds it if its approval is invalidated. Also for
/// `issue send`.
pub async fn send(
    tx: &mut Tx,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) -> anyhow::Result<Sent> {
    let id = issue.id;
    // Read again in this transaction: somebody may have changed it.
    let Some(issue) = store::issue::by_id(tx, id)
        .await?
        .filter(|issue| issue.state == IssueState::Approved)
    else {
        return Ok(Sent::NotApproved { issue: id });
    };
    let missing = mail_context.missing_imprint();
    if !missing.is_empty() {
        return hold(tx, &issue, ReleaseError::Imprint(missing).to_string(), now).await;
    }
    if let Err(invalidated) = release::load(tx, &issue).await? {
        return hold(tx, &issue, invalidated.to_string(), now).await;
    }
    let Some(audience) = store::delivery::freeze(tx, id, now).await? else {
        return Ok(Sent::NotApproved { issue: id });
    };
    tracing::info!(
        issue = id,
        number = issue.number,
        recipients = audience.queued,
        nothing_in_it = audience.skipped,
        "an issue goes out"
    );
    if audience.queued == 0 {
        store::issue::finish_done(tx, now).await?; // nobody would ever finish it
    }
    Ok(Sent::Frozen {
        issue: id,
        audience,
    })
}

async fn hold(tx: &mut Tx, issue: &Issue, reason: String, now: Timestamp) -> anyhow::Result<Sent> {
    Ok(if hold_issue(tx, issue, &reason, now).await? {
        Sent::Held {
            issue: issue.id,
            reason,
        }
    } else {
        Sent::NotApproved { issue: issue.id }
    })
}
