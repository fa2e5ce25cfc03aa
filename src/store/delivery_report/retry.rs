//! Sending again what failed, or what nobody knows of.

use crate::domain::delivery::FailureClass;
use crate::domain::timestamp::Timestamp;
use crate::store::dialect::{Dialect, both};
use crate::store::sql::sql;
use crate::store::{Result, Tx};

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
/// The issue itself is set going by [`crate::store::issue::send_again`].
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
