//! Answers to the mails of an issue over time.

use std::time::Duration;

use crate::domain::timestamp::Timestamp;
use crate::store::Result;
use crate::store::sql::{Connection, sql};

/// The answers of one span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// The span's number, from 0.
    pub span: i64,
    /// Mails begun in it that were accepted.
    pub sent: i64,
    /// Mails whose last attempt was begun in it and was refused.
    pub refused: i64,
}

/// The answers to mails of an issue that were begun from `from` until `until`, in spans of the same
/// length; spans without an answer are left out. Reads an index, and of it only these times.
pub async fn over_time(
    conn: &mut impl Connection,
    issue: i64,
    (from, until): (Timestamp, Timestamp),
    span: Duration,
) -> Result<Vec<Answered>> {
    let width = i64::try_from(span.as_micros()).unwrap_or(i64::MAX).max(1);
    let rows = sql!(
        conn,
        all as (i64, i64, i64),
        "SELECT (started_at - $2) / $4 AS span, CAST(SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN state = 'sent' THEN 0 ELSE 1 END) AS BIGINT) FROM delivery \
         WHERE issue_id = $1 AND started_at >= $2 AND started_at <= $3 AND (state = 'sent' OR class IS NOT NULL) \
         AND state <> 'started' GROUP BY 1 ORDER BY 1",
        issue,
        from.micros(),
        until.micros(),
        width
    )?;
    Ok(rows
        .into_iter()
        .map(|(span, sent, refused)| Answered {
            span,
            sent,
            refused,
        })
        .collect())
}
