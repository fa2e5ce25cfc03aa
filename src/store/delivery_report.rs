//! The ledger as people look at it: figures of an issue, lists of deliveries, one reader's mail; and
//! sending again. For the command line and pages; `delivery` asks for the latest answers.
//!
//! Each is quick beside a million rows that were sent: those are never counted or read one by one,
//! the others stand in partial indexes (`delivery_due`, `delivery_on_the_way`, `delivery_apart`).

use std::collections::BTreeMap;

use super::delivery::{Delivery, Row};
use super::dialect::{Dialect, both};
use super::error::unreadable;
use super::issue::Issue;
use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::subscriber::{SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;

/// How many deliveries of an issue are where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows of the ledger.
    pub recipients: i64,
    /// By state; none is left out.
    pub states: BTreeMap<DeliveryState, i64>,
    /// Those whose last attempt failed, by state and class: failed for good, or waiting (queued) to
    /// be tried again.
    pub classes: BTreeMap<(DeliveryState, FailureClass), i64>,
}

impl Counts {
    /// How many are in one state.
    pub fn of(&self, state: DeliveryState) -> i64 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// How many have reached a final state.
    pub fn finished(&self) -> i64 {
        self.recipients - self.open()
    }

    /// How many have not.
    pub fn open(&self) -> i64 {
        use DeliveryState::{Leased, Queued, Started};
        [Queued, Leased, Started]
            .map(|state| self.of(state))
            .iter()
            .sum()
    }
}

/// Counts the deliveries of an issue, also of rows that retention has folded into totals. Those sent are what the others leave of the recipients.
pub async fn counts(conn: &mut impl Connection, issue: i64) -> Result<Counts> {
    use DeliveryState::{Leased, Queued, Started};
    // `+issue_id` keeps the primary key, and with it every row of the issue, out of the third part.
    let rows = sql!(
        conn,
        all as (String, Option<String>, i64),
        "SELECT 'recipients' AS state, NULL AS class, recipients AS rows FROM issue WHERE id = $1 \
         UNION ALL SELECT 'queued', NULL, COUNT(*) FROM delivery WHERE issue_id = $1 AND state = 'queued' \
         UNION ALL SELECT state, NULL, COUNT(*) FROM delivery WHERE +issue_id = $1 AND state IN ('leased', 'started') GROUP BY state \
         UNION ALL SELECT state, COALESCE(class, ''), COUNT(*) FROM delivery WHERE issue_id = $1 \
         AND (class IS NOT NULL OR state = 'uncertain' OR state = 'left' OR state = 'cancelled') GROUP BY state, class \
         UNION ALL SELECT state, class, CAST(SUM(deliveries) AS BIGINT) FROM delivery_total WHERE issue_id = $1 AND state <> 'sent' \
         GROUP BY state, class",
        issue
    )?;
    let mut counts = Counts {
        states: DeliveryState::ALL.iter().map(|state| (*state, 0)).collect(),
        ..Counts::default()
    };
    for (state, class, rows) in rows {
        if state == "recipients" {
            counts.recipients = rows;
            continue;
        }
        let state: DeliveryState = state.parse().map_err(unreadable)?;
        let whole = matches!(state, Queued | Leased | Started);
        if whole != class.is_some() {
            *counts.states.entry(state).or_default() += rows;
        }
        if let Some(class) = class.filter(|class| !class.is_empty()) {
            let class = class.parse().map_err(unreadable)?;
            *counts.classes.entry((state, class)).or_default() += rows;
        }
    }
    let others: i64 = counts.states.values().sum();
    counts
        .states
        .insert(DeliveryState::Sent, (counts.recipients - others).max(0));
    Ok(counts)
}

/// How fast an issue goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Mails that were begun and taken since the instant asked for.
    pub sent_since: i64,
    /// When the first mail that was taken was begun.
    pub first: Option<Timestamp>,
    /// When the last one was begun.
    pub last: Option<Timestamp>,
    /// How many wait although their time has come.
    pub due: i64,
    /// When the last of those waits ends that wait for a time.
    pub last_due: Option<Timestamp>,
}

/// The pace of an issue: what was sent after `since`, and what waits at `now`.
pub async fn pace(
    conn: &mut impl Connection,
    issue: i64,
    since: Timestamp,
    now: Timestamp,
) -> Result<Pace> {
    let (sent_since, first, last, due, last_due) = sql!(
        conn,
        one as (i64, Option<i64>, Option<i64>, i64, Option<i64>),
        "SELECT (SELECT COUNT(*) FROM delivery WHERE issue_id = $1 AND state = 'sent' AND started_at > $2), \
         (SELECT MIN(at) FROM (SELECT MIN(started_at) AS at FROM delivery WHERE issue_id = $1 AND state = 'sent' \
         UNION ALL SELECT MIN(first_at) FROM delivery_total WHERE issue_id = $1 AND state = 'sent') AS began), \
         (SELECT MAX(at) FROM (SELECT MAX(started_at) AS at FROM delivery WHERE issue_id = $1 AND state = 'sent' \
         UNION ALL SELECT MAX(last_at) FROM delivery_total WHERE issue_id = $1 AND state = 'sent') AS ended), \
         (SELECT COUNT(*) FROM delivery WHERE issue_id = $1 AND state = 'queued' AND next_attempt_at <= $3), \
         (SELECT MAX(next_attempt_at) FROM delivery WHERE issue_id = $1 AND state = 'queued')",
        issue,
        since.micros(),
        now.micros()
    )?;
    let time = |micros: Option<i64>| micros.map(Timestamp::from_micros);
    Ok(Pace {
        sent_since,
        first: time(first),
        last: time(last),
        due,
        last_due: time(last_due),
    })
}

/// A domain that lets mails wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowDomain {
    /// Its name, in ASCII.
    pub domain: String,
    /// How many mails wait to be tried there again.
    pub waiting: i64,
    /// Attempts at those mails, together.
    pub attempts: i64,
    /// When the first of those attempts began.
    pub since: Option<Timestamp>,
}

/// The domains that have let mails of an issue wait longest, at most `limit`.
pub async fn slow_domains(
    conn: &mut impl Connection,
    issue: i64,
    limit: i64,
) -> Result<Vec<SlowDomain>> {
    const SLOW: Dialect = both!(
        "SELECT ",
        address_domain,
        " AS domain, COUNT(*), CAST(SUM(d.attempts) AS BIGINT), MIN(COALESCE(d.first_at, d.started_at)) AS since \
         FROM delivery d JOIN subscriber r ON r.id = d.subscriber_id \
         WHERE d.issue_id = $1 AND d.state = 'queued' AND d.class IS NOT NULL AND r.address_key IS NOT NULL \
         GROUP BY 1 ORDER BY 4, 2 DESC, 1 LIMIT $2"
    );
    let text = SLOW.on(conn);
    let rows = sql!(
        conn,
        all as (String, i64, i64, Option<i64>),
        text,
        issue,
        limit
    )?;
    Ok(rows
        .into_iter()
        .map(|(domain, waiting, attempts, since)| SlowDomain {
            domain,
            waiting,
            attempts,
            since: since.map(Timestamp::from_micros),
        })
        .collect())
}

/// The state and class of the latest answers to mails of an issue that were begun after `since`,
/// the newest first, at most `limit`. Those on their way again are left out.
pub async fn latest_answers(
    conn: &mut impl Connection,
    issue: i64,
    since: Option<Timestamp>,
    limit: i64,
) -> Result<Vec<(DeliveryState, Option<FailureClass>)>> {
    let rows = sql!(
        conn,
        all as (String, Option<String>),
        "SELECT state, class FROM delivery WHERE issue_id = $1 AND started_at > $2 AND (state = 'sent' OR class IS NOT NULL) \
         AND state <> 'started' ORDER BY started_at DESC LIMIT $3",
        issue,
        since.map_or(i64::MIN, Timestamp::micros),
        limit
    )?;
    rows.into_iter()
        .map(|(state, class)| {
            let class = class.as_deref().map(str::parse).transpose();
            Ok((
                state.parse().map_err(unreadable)?,
                class.map_err(unreadable)?,
            ))
        })
        .collect()
}

/// What the relay said the last time it refused a mail of an issue for this reason: code, enhanced
/// status code, words. The words may hold an address.
pub async fn last_words(
    conn: &mut impl Connection,
    issue: i64,
    class: FailureClass,
) -> Result<Option<(Option<i64>, Option<String>, Option<String>)>> {
    sql!(
        conn,
        optional as (Option<i64>, Option<String>, Option<String>),
        "SELECT reply_code, reply_status, reply FROM delivery WHERE issue_id = $1 AND class = $2 AND class IS NOT NULL \
         ORDER BY started_at DESC LIMIT 1",
        issue,
        class.as_str()
    )
}

/// Which deliveries [`list`] finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<DeliveryState>,
    /// Whose last attempt failed for this reason.
    pub class: Option<FailureClass>,
    /// To this domain, in ASCII and lower case.
    pub domain: Option<String>,
}

/// Deliveries of an issue that fit, each with its address unless erased, in the order of their
/// subscribers, `after` one, at most `limit`.
pub async fn list(
    conn: &mut impl Connection,
    issue: i64,
    filter: &Filter,
    after: i64,
    limit: i64,
) -> Result<Vec<(Delivery, Option<Address>)>> {
    let text = listing(filter.state, filter.class.is_some()).on(conn);
    let rows = sql!(
        conn,
        all as Line,
        text,
        issue,
        after,
        filter.class.map_or("", FailureClass::as_str),
        filter.domain.clone().unwrap_or_default(),
        limit
    )?;
    rows.into_iter()
        .map(|Line { row, address }| {
            let address = address.as_deref().map(Address::parse).transpose();
            Ok((Delivery::try_from(row)?, address.map_err(unreadable)?))
        })
        .collect()
}

/// A delivery and its address.
struct Line {
    row: Row,
    address: Option<String>,
}

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Line
where
    Row: sqlx::FromRow<'r, R>,
    Option<String>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    for<'name> &'name str: sqlx::ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self {
            address: row.try_get("address")?,
            row: sqlx::FromRow::from_row(row)?,
        })
    }
}

/// The statement of [`list`]. States are spelled out: only so does a database see that a partial
/// index has all that is asked for.
const fn listing(state: Option<DeliveryState>, with_class: bool) -> Dialect {
    macro_rules! those {
        ($condition:literal) => {{
            const TEXT: Dialect = both!(
                "SELECT d.issue_id, d.subscriber_id, d.language, d.topics, d.state, d.attempts, d.class, d.next_attempt_at, \
                 d.started_at, d.finished_at, d.relay, d.reply_code, d.reply_status, d.reply, r.address \
                 FROM delivery d JOIN subscriber r ON r.id = d.subscriber_id WHERE d.issue_id = $1 AND d.subscriber_id > $2 AND ",
                $condition,
                " AND ($3 = '' OR d.class = $3) AND ($4 = '' OR ",
                address_domain,
                " = $4) ORDER BY d.subscriber_id LIMIT $5"
            );
            TEXT
        }};
    }
    match (state, with_class) {
        (None, false) => those!("TRUE"),
        (None, true) => those!("d.class IS NOT NULL"),
        (Some(DeliveryState::Queued), false) => those!("d.state = 'queued'"),
        (Some(DeliveryState::Queued), true) => {
            those!("d.state = 'queued' AND d.class IS NOT NULL")
        }
        (Some(DeliveryState::Leased), _) => those!("d.state = 'leased'"),
        (Some(DeliveryState::Started), _) => those!("d.state = 'started'"),
        (Some(DeliveryState::Sent), _) => those!("d.state = 'sent'"),
        (Some(DeliveryState::Failed), _) => those!("d.state = 'failed' AND d.class IS NOT NULL"),
        (Some(DeliveryState::Uncertain), _) => those!("d.state = 'uncertain'"),
        (Some(DeliveryState::Left), _) => those!("d.state = 'left'"),
        (Some(DeliveryState::Cancelled), _) => those!("d.state = 'cancelled'"),
    }
}

/// What became of an issue for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is in the ledger.
    InLedger(Delivery),
    /// The audience is not frozen yet.
    NotFrozen,
    /// Nobody with this address is known; nobody was asked, or everything about them was erased.
    Unknown,
    /// Who got it is past its period of retention; only totals are kept.
    NotKept,
    /// Never subscribed to this newsletter.
    NeverSubscribed,
    /// Subscribed, or subscribed again, only after the audience was frozen.
    SubscribedLater(Timestamp),
    /// Had left before.
    LeftBefore(Timestamp),
    /// Nothing in the issue is about the topics they have chosen.
    NothingForThem,
    /// Mails to them were stopped, e.g. suspended because of bounces.
    Inactive(SubscriberState),
    /// Was not in the audience, and what is stored today does not tell why: topics or state have
    /// changed since.
    ChangedSince,
}

/// Whether this address got an issue, or why there is no line for it in the ledger.
pub async fn fate(conn: &mut impl Connection, address: &Address, issue: &Issue) -> Result<Fate> {
    let Some(subscriber) = super::subscriber::by_address(conn, address).await? else {
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
    if super::delivery_total::is_folded(conn, issue.id).await? {
        return Ok(Fate::NotKept);
    }
    let all = super::subscription::of_subscriber(conn, subscriber.id).await?;
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

/// One line of the ledger.
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

/// What [`retry`] puts back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What failed for good.
    Failed,
    /// Of which nobody knows whether it arrived; these readers may get it twice.
    Uncertain,
}

/// Puts deliveries of an issue that failed for one of these reasons (all, if none is named) back
/// into the queue: due at once, with all their attempts and their whole time before them, under the
/// same Message-ID. Those who have left meanwhile stay as they are. Returns how many wait again.
///
/// The issue itself is set going by [`super::issue::send_again`].
pub async fn retry(
    tx: &mut Tx,
    issue: i64,
    what: Again,
    classes: &[FailureClass],
    now: Timestamp,
) -> Result<u64> {
    // Locked rows (a late answer is just being recorded) are passed over, see `cancel_waiting`.
    macro_rules! those {
        ($condition:literal) => {{
            const TEXT: Dialect = both!(
                "WITH again AS MATERIALIZED (SELECT d.subscriber_id FROM delivery d WHERE d.issue_id = $1 AND ",
                $condition,
                " AND ($2 = '' OR ($2 LIKE '%,' || d.class || ',%')) AND EXISTS (SELECT 1 FROM issue i \
                 JOIN subscription s ON s.newsletter_id = i.newsletter_id JOIN subscriber r ON r.id = s.subscriber_id \
                 WHERE i.id = d.issue_id AND s.subscriber_id = d.subscriber_id AND s.state = 'active' AND r.state = 'active')",
                skip_locked,
                ") UPDATE delivery SET state = 'queued', attempts = 0, first_at = NULL, class = NULL, next_attempt_at = $3, \
                 finished_at = NULL, leased_by = NULL, lease_until = NULL \
                 WHERE issue_id = $1 AND subscriber_id IN (SELECT subscriber_id FROM again)"
            );
            TEXT
        }};
    }
    let names: Vec<_> = classes.iter().map(|class| class.as_str()).collect();
    let names = if names.is_empty() {
        String::new()
    } else {
        format!(",{},", names.join(","))
    };
    let text = match what {
        Again::Failed => those!("d.state = 'failed' AND d.class IS NOT NULL"),
        Again::Uncertain => those!("d.state = 'uncertain'"),
    };
    let text = text.on(tx);
    sql!(tx, execute, text, issue, names, now.micros())
}
