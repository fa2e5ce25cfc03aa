//! Sends failed or uncertain deliveries again.

use crate::domain::delivery::FailureClass;
use crate::domain::timestamp::Timestamp;
use crate::store::dialect::{Dialect, both};
use crate::store::sql::sql;
use crate::store::{Result, Tx};

/// What [`retry`] queues again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Deliveries that failed permanently.
    Failed,
    /// Deliveries with an unknown outcome; these readers may get the mail twice.
    Uncertain,
}

/// Queues deliveries of an issue again that failed for one of these reasons (all, if none is
/// named), to this domain (any, if none is named): due at once, with attempts and time reset, under the same Message-ID. Readers who
/// unsubscribed meanwhile are left out. Returns how many were queued.
///
/// The issue itself is resumed by [`crate::store::issue::send_again`].
pub async fn retry(
    tx: &mut Tx,
    issue: i64,
    what: Again,
    classes: &[FailureClass],
    domain: Option<&str>,
    now: Timestamp,
) -> Result<u64> {
    // Locked rows (a late reply is being recorded) are skipped, see `cancel_waiting`.
    macro_rules! those {
        ($condition:literal) => {{
            const TEXT: Dialect = both!(
                "WITH again AS MATERIALIZED (SELECT d.subscriber_id FROM delivery d WHERE d.issue_id = $1 AND ",
                $condition,
                " AND ($2 = '' OR ($2 LIKE '%,' || d.class || ',%')) AND EXISTS (SELECT 1 FROM issue i \
                 JOIN subscription s ON s.newsletter_id = i.newsletter_id JOIN subscriber r ON r.id = s.subscriber_id \
                 WHERE i.id = d.issue_id AND s.subscriber_id = d.subscriber_id AND s.state = 'active' AND r.state = 'active' AND ($4 = '' OR ",
                address_domain,
                " = $4))",
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
    sql!(
        tx,
        execute,
        text,
        issue,
        names,
        now.micros(),
        domain.unwrap_or_default()
    )
}
