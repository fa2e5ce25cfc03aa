//! The figures of an issue: deliveries by state, rate, latest replies.

use std::collections::BTreeMap;

use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;
use crate::store::Result;
use crate::store::dialect::{Dialect, both};
use crate::store::error::unreadable;
use crate::store::sql::{Connection, sql};

/// Deliveries of an issue by state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows of the ledger.
    pub recipients: i64,
    /// By state, with every state.
    pub states: BTreeMap<DeliveryState, i64>,
    /// Those whose last attempt failed, by state and class: failed permanently, or queued for a
    /// retry.
    pub classes: BTreeMap<(DeliveryState, FailureClass), i64>,
}

impl Counts {
    /// The number in one state.
    pub fn of(&self, state: DeliveryState) -> i64 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// The number in a final state.
    pub fn finished(&self) -> i64 {
        self.recipients - self.open()
    }

    /// The number not in a final state.
    pub fn open(&self) -> i64 {
        use DeliveryState::{Leased, Queued, Started};
        [Queued, Leased, Started]
            .map(|state| self.of(state))
            .iter()
            .sum()
    }
}

/// Counts the deliveries of an issue, including rows that retention has folded into totals. The
/// sent ones are the recipients less all others.
pub async fn counts(conn: &mut impl Connection, issue: i64) -> Result<Counts> {
    use DeliveryState::{Leased, Queued, Started};
    // `+issue_id` stops the third part from using the primary key, which would read every row of
    // the issue.
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

/// The rate of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Mails started and accepted since the given instant.
    pub sent_since: i64,
    /// When the first accepted mail was started.
    pub first: Option<Timestamp>,
    /// When the last one was started.
    pub last: Option<Timestamp>,
    /// Deliveries that are due.
    pub due: i64,
    /// When the last of the waiting deliveries becomes due.
    pub last_due: Option<Timestamp>,
}

/// The rate of an issue: mails sent after `since`, and deliveries waiting at `now`.
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

/// A domain with mails that wait for a retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowDomain {
    /// Its name, in ASCII.
    pub domain: String,
    /// Mails that wait for a retry.
    pub waiting: i64,
    /// Attempts at those mails, together.
    pub attempts: i64,
    /// When the first of those attempts began.
    pub since: Option<Timestamp>,
}

/// The domains whose mails have waited longest, at most `limit`, of those with at least `fewest` mails that wait.
pub async fn slow_domains(
    conn: &mut impl Connection,
    issue: i64,
    fewest: i64,
    limit: i64,
) -> Result<Vec<SlowDomain>> {
    const SLOW: Dialect = both!(
        "SELECT ",
        address_domain,
        " AS domain, COUNT(*), CAST(SUM(d.attempts) AS BIGINT), MIN(COALESCE(d.first_at, d.started_at)) AS since \
         FROM delivery d JOIN subscriber r ON r.id = d.subscriber_id \
         WHERE d.issue_id = $1 AND d.state = 'queued' AND d.class IS NOT NULL AND r.address_key IS NOT NULL \
         GROUP BY 1 HAVING COUNT(*) >= $3 ORDER BY 4, 2 DESC, 1 LIMIT $2"
    );
    let text = SLOW.on(conn);
    let rows = sql!(
        conn,
        all as (String, i64, i64, Option<i64>),
        text,
        issue,
        limit,
        fewest
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

/// State and class of the latest replies to mails of an issue started after `since`, newest first,
/// at most `limit`. Mails in flight again are left out.
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

/// The relay's last refusal of this class in an issue: code, enhanced status code, text. The text
/// may contain an address.
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
