//! What became of a mail: “did she get issue 14?”.

mod troubled;

pub use troubled::{Troubled, troubled};

use super::issues::{self, IssueError};
use super::{Actor, App, lookup};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueName;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::Delivery;
use crate::store::delivery_report::{self, Fate};
use crate::store::{self, Connection, StoreError};

/// A delivery, without its address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeliveryDetails {
    /// Its state.
    pub state: DeliveryState,
    /// Why the last attempt failed, if it did.
    pub class: Option<FailureClass>,
    /// How often it was attempted.
    pub attempts: i64,
    /// When it is attempted next, if it waits.
    pub next_attempt_at: Option<Timestamp>,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    pub finished_at: Option<Timestamp>,
    /// The relay that answered last.
    pub relay: Option<String>,
    /// The code of its answer.
    pub reply_code: Option<i64>,
    /// The enhanced status code (RFC 3463).
    pub reply_status: Option<String>,
    /// The text of its answer.
    pub reply: Option<String>,
}

impl From<&Delivery> for DeliveryDetails {
    fn from(delivery: &Delivery) -> Self {
        let waits = delivery.state == DeliveryState::Queued;
        Self {
            state: delivery.state,
            class: delivery.class,
            attempts: delivery.attempts,
            next_attempt_at: waits.then_some(delivery.next_attempt_at),
            started_at: delivery.started_at,
            finished_at: delivery.finished_at,
            relay: delivery.relay.clone(),
            reply_code: delivery.reply_code,
            reply_status: delivery.reply_status.clone(),
            reply: delivery.reply.clone(),
        }
    }
}

/// A page of the deliveries of an issue, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeliveryPage {
    /// Of which issue.
    pub issue: IssueName,
    /// The deliveries.
    pub deliveries: Vec<AddressedDelivery>,
    /// Where the next page begins, if there is one: the number for `--after`.
    pub next: Option<i64>,
}

/// A delivery with its address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AddressedDelivery {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: DeliveryDetails,
    /// Whom it was for: masked unless whole addresses were asked for.
    pub address: String,
}

/// What became of issues for one address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct FoundDeliveries {
    /// The address, masked: whoever asked knows it.
    pub address: String,
    /// An answer for each issue.
    pub deliveries: Vec<Answer>,
}

/// What became of an issue for one address.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// It is in the ledger.
    Delivery {
        /// The issue.
        issue: Option<IssueName>,
        /// Its delivery.
        #[serde(flatten)]
        delivery: Box<DeliveryDetails>,
    },
    /// It is not.
    None {
        /// The issue.
        issue: Option<IssueName>,
        /// Always null: there is no delivery.
        state: Option<DeliveryState>,
        /// Why, as a code.
        why: &'static str,
        /// When that happened, where it is known.
        at: Option<Timestamp>,
    },
}

impl Answer {
    /// What became of this issue.
    pub fn new(issue: Option<IssueName>, fate: &Fate) -> Self {
        let (why, at) = match fate {
            Fate::InLedger(delivery) => {
                return Self::Delivery {
                    issue,
                    delivery: Box::new(delivery.into()),
                };
            }
            Fate::NotFrozen => ("not-frozen", None),
            Fate::Unknown => ("unknown-address", None),
            Fate::NotKept => ("not-kept", None),
            Fate::NeverSubscribed => ("never-subscribed", None),
            Fate::SubscribedLater(at) => ("subscribed-later", Some(*at)),
            Fate::LeftBefore(at) => ("left-before", Some(*at)),
            Fate::NothingForThem => ("nothing-for-them", None),
            Fate::Inactive(state) => (state.as_str(), None),
            Fate::ChangedSince => ("changed-since", None),
        };
        Self::None {
            issue,
            state: None,
            why,
            at,
        }
    }
}

/// What became of this issue for an address; of the latest issues of every newsletter where none is
/// named. Each with the name of its issue.
pub async fn find(
    conn: &mut impl Connection,
    address: &Address,
    issue: Option<&IssueName>,
) -> Result<Vec<(Option<IssueName>, Fate)>, IssueError> {
    let Some(name) = issue else {
        return Ok(latest(conn, address).await?);
    };
    let (_, issue) = lookup::issue(conn, name).await?;
    let fate = delivery_report::fate(conn, address, &issue).await?;
    Ok(vec![(Some(name.clone()), fate)])
}

async fn latest(
    conn: &mut impl Connection,
    address: &Address,
) -> Result<Vec<(Option<IssueName>, Fate)>, StoreError> {
    const MOST: i64 = 50;
    let Some(subscriber) = store::subscriber::by_address(conn, address).await? else {
        return Ok(vec![(None, Fate::Unknown)]);
    };
    let mut found = Vec::new();
    for delivery in store::delivery::of_subscriber(conn, subscriber.id, MOST).await? {
        let name = issues::name_of(conn, delivery.key.issue).await?;
        found.push((name, Fate::InLedger(delivery)));
    }
    Ok(found)
}

/// Answers “did they get it?” for somebody who works here: what became of this issue for an address,
/// and of the latest issues that were sent to it. That somebody asked is in the audit log, by the row
/// of the subscriber; a question about an address that nobody knows is, too.
pub async fn ask(
    app: &App,
    actor: &Actor,
    address: &Address,
    issue: &IssueName,
) -> Result<AskedDeliveries, IssueError> {
    /// As many as somebody reads who wants to know whether mails arrive at all.
    const LATEST: i64 = 10;
    let mut op = app.begin(actor, Action::DeliveryFind).await?;
    let (_, row) = lookup::issue(op.tx(), issue).await?;
    let fate = delivery_report::fate(op.tx(), address, &row).await?;
    let mut latest = Vec::new();
    let subscriber = store::subscriber::by_address(op.tx(), address).await?;
    if let Some(subscriber) = &subscriber {
        let found = store::delivery::of_subscriber(op.tx(), subscriber.id, LATEST).await?;
        for delivery in found.into_iter().filter(|one| one.key.issue != row.id) {
            if let Some(name) = issues::name_of(op.tx(), delivery.key.issue).await? {
                latest.push((name, delivery));
            }
        }
    }
    let subject = match subscriber {
        Some(subscriber) => Subject::subscriber(subscriber.id),
        None => Subject::new(SubjectKind::Subscriber, "unknown"),
    };
    op.record(subject, None, Some(&issue.to_string()));
    op.commit().await?;
    Ok(AskedDeliveries { fate, latest })
}

/// The answer to “did they get it?”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedDeliveries {
    /// What became of the issue.
    pub fate: Fate,
    /// The deliveries of other issues, the newest first.
    pub latest: Vec<(IssueName, Delivery)>,
}
