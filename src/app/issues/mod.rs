//! Issues: composing, approving, sending, pausing, cancelling, sending again; and how they are shown.
//!
//! The command line names an issue by its [`IssueName`]; jobs hand over the row they have read. Each
//! operation reads the issue again in its own transaction.

mod approve;
pub mod checks;
mod compose;
mod control;
mod details;
mod draft;
pub mod edit;
mod error;
mod hold;
mod retry;
pub mod review;
mod send;
mod status;
mod stops;
mod test_mail;
mod view_as;
mod watched;

pub use approve::{ApprovalTerms, Approved, Released, approve, release, seen, seen_of};
pub use compose::{ComposedIssue, SlotOutcome, compose, compose_ahead, compose_reached};
pub use control::{cancel, pause, resume};
pub use details::{
    IssueDetails, IssueWithContent, Preview, PreviewedVariant, content, reason_text,
};
pub use draft::{Composed, Occasion, compose_draft};
pub use error::IssueError;
pub use hold::hold;
pub use retry::{Retried, Retry, retry};
pub use send::{SendOutcome, Started, send, send_due};
pub use status::{IssueStatus, Rate, SlowDomain, Uncertain, uncertain};
pub use stops::tell_stops;
pub use test_mail::{MOST_ADDRESSES, MOST_NAME, TestParameters, keep_test_group, send_test};
pub use view_as::{ReaderOfIssue, view_as};
pub use watched::{DOMAINS_AMONG, OverTime, Watched, watched};

use crate::domain::issue::IssueName;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// The name of the issue in this row, if it is there.
pub async fn name_of(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<Option<IssueName>, StoreError> {
    match store::issue::by_id(conn, issue).await? {
        Some(issue) => name(conn, &issue).await.map(Some),
        None => Ok(None),
    }
}

/// The name of an issue that was read by its row.
pub async fn name(conn: &mut impl Connection, issue: &Issue) -> Result<IssueName, StoreError> {
    let newsletter = store::newsletter::by_id(conn, issue.newsletter).await?;
    let newsletter = newsletter
        .ok_or_else(|| StoreError::Unreadable(format!("newsletter {}", issue.newsletter)))?;
    Ok(IssueName {
        newsletter: newsletter.settings.key,
        number: issue.number,
    })
}
