//! How an entry is told in one issue only.

use super::{Edit, EditError};
use crate::app::{Actor, App};
use crate::domain::audit::Action;
use crate::domain::issue::{ContentChange, IssueName};
use crate::domain::language::LanguageTag;
use crate::store;
use crate::store::issue_contents::ShortText;

/// Characters of a title at most.
pub const MOST_TITLE: usize = 200;
/// Characters of a teaser at most.
pub const MOST_TEASER: usize = 1_000;

/// Gives an entry a title and a teaser for this issue, in one of its languages; none: it is told as
/// it is. Refused where these words are not `seen`, but somebody else's.
pub async fn shorten(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    (entry, language): (&str, &LanguageTag),
    text: Option<&ShortText>,
    seen: &ShortText,
) -> Result<(), EditError> {
    let is_good = |text: &ShortText| {
        let title = text.title.chars().count();
        (1..=MOST_TITLE).contains(&title) && text.teaser.chars().count() <= MOST_TEASER
    };
    if !text.is_none_or(is_good) {
        return Err(EditError::Text);
    }
    let mut edit = Edit::begin(app, actor, Action::IssueShorten, name, None).await?;
    let entry = edit.entry_within(entry).await?;
    if !entry.content.texts.contains_key(language) {
        return Err(EditError::NoEntry);
    }
    let issue = edit.issue.id;
    let mut stored = store::issue_contents::texts(edit.op.tx(), issue).await?;
    let stored = stored
        .remove(&(entry.id, language.clone()))
        .unwrap_or_default();
    if text.map_or(stored == ShortText::default(), |text| *text == stored) {
        return Ok(());
    }
    if stored != *seen {
        return Err(EditError::Overwritten);
    }
    store::issue_contents::set_text(edit.op.tx(), issue, entry.id, language, text).await?;
    let after = if text.is_some() {
        "words of its own"
    } else {
        "as it is"
    };
    let after = format!("entry {}, {}: {after}", entry.uuid, language.as_str());
    edit.finish(ContentChange::Shortened, None, Some(&after))
        .await
}
