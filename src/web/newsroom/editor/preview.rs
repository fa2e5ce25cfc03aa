//! How an entry would look with what stands in the editor's fields: as readers of each language see it.

use templates::pages::newsroom::editor::Preview;

use super::content::content;
use super::fields::Fields;
use super::opened::Opened;
use super::view::name;
use crate::digest::site::locale;
use crate::domain::entry::{EntryContent, EntryState, Origin};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::text::html_to_plain;
use crate::store::entry::Entry;
use crate::web::newsroom::Staff;
use crate::web::public::entry as public;
use crate::web::{Failure, WebState};

/// The entry in each language that something is written in, the original first.
pub(super) async fn previews(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
    fields: &Fields,
) -> Result<Vec<Preview>, Failure> {
    let (content, _) = content(fields, opened.with());
    let mut conn = state.app.read().await?;
    let mut previews = Vec::new();
    for tag in written(&content) {
        let known = Language::ALL.iter().copied().find(|one| tag.is(*one));
        let language = known.unwrap_or(staff.language);
        let mut entry = with(state, opened, content.clone());
        if known.is_none() {
            // No page is in this language: a reader of another one finds this text as the original.
            entry.content.texts.retain(|other, _| *other == tag);
            entry.content.original = tag.clone();
        }
        let reader = staff.reader.in_language(language);
        previews.push(Preview {
            name: name(&tag),
            locale: locale(language),
            entry: public::preview(&mut conn, state, &reader, &entry).await?,
        });
    }
    Ok(previews)
}

fn written(content: &EntryContent) -> Vec<LanguageTag> {
    let is_written = |tag: &LanguageTag| {
        content.texts.get(tag).is_some_and(|text| {
            let has_body = !html_to_plain(&text.body).trim().is_empty();
            has_body || !text.title.is_empty() || !text.teaser.is_empty()
        })
    };
    let original = std::iter::once(&content.original);
    let others = content.texts.keys().filter(|tag| **tag != content.original);
    let all = original.chain(others);
    all.filter(|tag| is_written(tag)).cloned().collect()
}

/// The entry as it is, or would be stored, with this content.
fn with(state: &WebState, opened: &Opened, content: EntryContent) -> Entry {
    let now = state.app.clock.now();
    match &opened.entry {
        Some(entry) => Entry {
            content,
            ..entry.clone()
        },
        None => Entry {
            id: 0,
            uuid: opened.uuid.clone(),
            organisation: 0,
            organisation_name: state.app.config.organisation.name.clone(),
            state: EntryState::Draft,
            origin: Origin::Own,
            content,
            moved_from: None,
            pinned: false,
            created_at: now,
            updated_at: now,
            published_at: None,
        },
    }
}
