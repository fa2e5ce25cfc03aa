//! The headline and introduction of an issue.

use super::{Edit, EditError};
use crate::app::{Actor, App};
use crate::domain::audit::Action;
use crate::domain::issue::{ContentChange, IssueName};
use crate::domain::language::Language;
use crate::store;
use crate::store::issue::IssueText;

/// Characters of a headline at most: mail programs show some 70.
pub const MOST_SUBJECT: usize = 150;
/// Characters of an introduction at most.
pub const MOST_INTRODUCTION: usize = 4_000;

/// Writes the headline and introduction in one language; both may be empty. Refused where the words
/// that are stored are not `seen`, but somebody else's.
pub async fn write(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    language: Language,
    text: &IssueText,
    seen: &IssueText,
) -> Result<(), EditError> {
    let one_line = !text.subject.chars().any(char::is_control);
    let short = text.subject.chars().count() <= MOST_SUBJECT
        && text.introduction.chars().count() <= MOST_INTRODUCTION;
    if !one_line || !short {
        return Err(EditError::Text);
    }
    let mut edit = Edit::begin(app, actor, Action::IssueWrite, name, None).await?;
    let issue = edit.issue.id;
    let mut stored = store::issue::texts(edit.op.tx(), issue).await?;
    let stored = stored.remove(&language).unwrap_or_default();
    if stored == *text {
        return Ok(());
    }
    if stored != *seen {
        return Err(EditError::Overwritten);
    }
    store::issue::set_text(edit.op.tx(), issue, language, text).await?;
    let said = |text: &IssueText| format!("{language}: {} / {}", text.subject, text.introduction);
    let (before, after) = (said(&stored), said(text));
    edit.finish(ContentChange::Texts, Some(&before), Some(&after))
        .await
}
