//! Lists of deliveries.

use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::store::Result;
use crate::store::delivery::{Delivery, Row};
use crate::store::dialect::{Dialect, both};
use crate::store::error::unreadable;
use crate::store::sql::{Connection, sql};

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

/// Matching deliveries of an issue, each with its address unless erased, in the order of their
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

/// The statement of [`list`]. States are literals, because only then does the planner use a partial
/// index.
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
