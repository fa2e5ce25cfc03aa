//! What of an issue can be sent again, counted without changing anything.

use super::Again;
use crate::domain::delivery::FailureClass;
use crate::store::Result;
use crate::store::dialect::{Dialect, both};
use crate::store::error::unreadable;
use crate::store::sql::{Connection, sql};

/// Deliveries of one class and domain that can be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeatable {
    /// Why the last attempt failed; none where nothing is known of it.
    pub class: Option<FailureClass>,
    /// The domain of the recipients, in ASCII.
    pub domain: String,
    /// How many.
    pub deliveries: i64,
}

/// What [`retry`](super::retry()) would queue again, by class and domain, the most first, at most
/// `limit`. Readers who unsubscribed meanwhile are left out.
pub async fn repeatable(
    conn: &mut impl Connection,
    issue: i64,
    what: Again,
    limit: i64,
) -> Result<Vec<Repeatable>> {
    macro_rules! those {
        ($condition:literal) => {{
            const TEXT: Dialect = both!(
                "SELECT COALESCE(d.class, '') AS class, ",
                address_domain,
                " AS domain, COUNT(*) FROM delivery d JOIN subscriber r ON r.id = d.subscriber_id WHERE d.issue_id = $1 AND ",
                $condition,
                " AND r.state = 'active' AND EXISTS (SELECT 1 FROM issue i JOIN subscription s ON s.newsletter_id = i.newsletter_id \
                 WHERE i.id = d.issue_id AND s.subscriber_id = d.subscriber_id AND s.state = 'active') \
                 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $2"
            );
            TEXT
        }};
    }
    let text = match what {
        Again::Failed => those!("d.state = 'failed' AND d.class IS NOT NULL"),
        Again::Uncertain => those!("d.state = 'uncertain'"),
    };
    let text = text.on(conn);
    let rows = sql!(conn, all as (String, String, i64), text, issue, limit)?;
    rows.into_iter()
        .map(|(class, domain, deliveries)| {
            let class = Some(class).filter(|class| !class.is_empty());
            let class = class.map(|class| class.parse()).transpose();
            Ok(Repeatable {
                class: class.map_err(unreadable)?,
                domain,
                deliveries,
            })
        })
        .collect()
}
