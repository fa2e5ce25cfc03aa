//! An issue as one subscriber gets it: for the team, where somebody asks what was in their mail.

use super::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::IssueName;
use crate::domain::language::Language;
use crate::domain::subscriber::SubscriptionState;
use crate::domain::topic::TopicSet;
use crate::store;

/// What one subscriber reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReaderOfIssue {
    /// In which language.
    pub language: Language,
    /// Which topics they chose.
    pub topics: TopicSet,
}

/// Looks up what the subscriber with this address reads of an issue's newsletter; none where nobody
/// with this address does. Leaves a line of the audit log that says who, by the row; also where it is nobody, so
/// that nobody tries addresses unseen.
pub async fn view_as(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    address: &Address,
) -> Result<Option<ReaderOfIssue>, IssueError> {
    let mut op = app.begin(actor, Action::IssueViewAs).await?;
    let (newsletter, _) = lookup::issue(op.tx(), name).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    let Some(subscriber) = store::subscriber::by_address(op.tx(), address).await? else {
        op.record(subject, None, Some("nobody"));
        op.commit().await?;
        return Ok(None);
    };
    let running = store::subscription::of_subscriber(op.tx(), subscriber.id).await?;
    let running = running
        .into_iter()
        .find(|one| one.newsletter == newsletter.id && one.state == SubscriptionState::Active);
    op.record(
        subject,
        None,
        Some(&format!("subscriber {}", subscriber.id)),
    );
    op.commit().await?;
    Ok(running.map(|one| ReaderOfIssue {
        language: subscriber.language,
        topics: one.topics,
    }))
}
