//! In which issues an entry stands.

use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::Result;
use crate::store::error::unreadable;
use crate::store::sql::{Connection, sql};

/// An issue in which an entry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueOfEntry {
    /// The row of the newsletter.
    pub newsletter: i64,
    /// The number of the issue.
    pub number: i64,
    /// Where the issue stands.
    pub state: IssueState,
    /// Whether its audience was frozen: its mails go out, or went out.
    pub is_frozen: bool,
    /// When it is due, or was frozen.
    pub at: Option<Timestamp>,
    /// Whether its mails tell the entry.
    pub told: bool,
}

/// The issues in which an entry stands or stood, the latest first, at most `limit`.
pub async fn of_entry(
    conn: &mut impl Connection,
    entry: i64,
    limit: i64,
) -> Result<Vec<IssueOfEntry>> {
    let rows = sql!(
        conn,
        all as (i64, i64, String, Option<i64>, Option<i64>, bool, bool),
        "SELECT i.newsletter_id, i.number, i.state, i.frozen_at, i.send_at, ie.included, ie.told \
         FROM issue_entry ie JOIN issue i ON i.id = ie.issue_id WHERE ie.entry_id = $1 \
         ORDER BY i.composed_at DESC, i.id DESC LIMIT $2",
        entry,
        limit
    )?;
    let issues = rows.into_iter().map(
        |(newsletter, number, state, frozen_at, send_at, included, told)| {
            Ok(IssueOfEntry {
                newsletter,
                number,
                state: state.try_into().map_err(unreadable)?,
                is_frozen: frozen_at.is_some(),
                at: frozen_at.or(send_at).map(Timestamp::from_micros),
                told: included && told,
            })
        },
    );
    issues.collect()
}
