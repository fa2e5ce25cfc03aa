//! What happened to an issue for one reader.

use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::subscriber::{SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::{Delivery, Row};
use crate::store::issue::Issue;
use crate::store::sql::{Connection, sql};
use crate::store::{Result, delivery_total, subscriber, subscription};

/// What happened to an issue for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is in the ledger.
    InLedger(Delivery),
    /// The audience is not frozen yet.
    NotFrozen,
    /// The address is unknown: it never signed up, or everything about it was erased.
    Unknown,
    /// The rows of the issue are past their retention period; only totals are kept.
    NotKept,
    /// Never subscribed to this newsletter.
    NeverSubscribed,
    /// Subscribed, or subscribed again, only after the audience was frozen.
    SubscribedLater(Timestamp),
    /// Unsubscribed before.
    LeftBefore(Timestamp),
    /// The issue has nothing on the topics they chose.
    NothingForThem,
    /// Mails to them were stopped, e.g. suspended because of bounces.
    Inactive(SubscriberState),
    /// Was not in the audience, for an unknown reason: topics or state have changed since.
    ChangedSince,
}

/// Whether this address got an issue, or why the ledger has no row for it.
pub async fn fate(conn: &mut impl Connection, address: &Address, issue: &Issue) -> Result<Fate> {
    let Some(subscriber) = subscriber::by_address(conn, address).await? else {
        return Ok(Fate::Unknown);
    };
    let key = DeliveryKey {
        issue: issue.id,
        subscriber: subscriber.id,
    };
    if let Some(delivery) = one(conn, key).await? {
        return Ok(Fate::InLedger(delivery));
    }
    let Some(frozen_at) = issue.frozen_at else {
        return Ok(Fate::NotFrozen);
    };
    if delivery_total::is_folded(conn, issue.id).await? {
        return Ok(Fate::NotKept);
    }
    let all = subscription::of_subscriber(conn, subscriber.id).await?;
    let Some(found) = all
        .into_iter()
        .find(|one| one.newsletter == issue.newsletter)
    else {
        return Ok(Fate::NeverSubscribed);
    };
    let nothing = !issue.for_everyone && found.topics.and(issue.topics).is_empty();
    Ok(match found.ended_at {
        _ if found.confirmed_at > frozen_at => Fate::SubscribedLater(found.confirmed_at),
        Some(at) if found.state == SubscriptionState::Ended && at <= frozen_at => {
            Fate::LeftBefore(at)
        }
        _ if nothing => Fate::NothingForThem,
        _ if subscriber.state != SubscriberState::Active => Fate::Inactive(subscriber.state),
        _ => Fate::ChangedSince,
    })
}

/// One row of the ledger.
pub async fn one(conn: &mut impl Connection, key: DeliveryKey) -> Result<Option<Delivery>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT issue_id, subscriber_id, language, topics, state, attempts, class, next_attempt_at, started_at, finished_at, relay, \
         reply_code, reply_status, reply FROM delivery WHERE issue_id = $1 AND subscriber_id = $2",
        key.issue,
        key.subscriber
    )?;
    row.map(Delivery::try_from).transpose()
}
