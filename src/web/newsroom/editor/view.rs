//! The editor as its page takes it.

use std::time::Duration;

use templates::pages::newsroom::editor::{DraftOffer, EditorView, Panel, Stands};

use super::content::{Problems, original};
use super::fields::Fields;
use super::opened::Opened;
use super::{NEW, audience, edit_path};
use crate::domain::difference::{self, Fate};
use crate::domain::entry::{EntryContent, EntryKind, EntryState};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::text::html_to_plain;
use crate::domain::timestamp::Timestamp;
use crate::store::entry_draft::{self, EntryDraft};
use crate::store::{self, Connection, entry_version};
use crate::web::kind::kind;
use crate::web::newsroom::Staff;
use crate::web::newsroom::entries::words;
use crate::web::{Failure, WebState};

/// Somebody who has opened an entry or written on it not longer ago than this has it open.
const HERE: Duration = Duration::from_mins(5);

/// The page with these fields.
pub(super) async fn view(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
    fields: &Fields,
) -> Result<EditorView, Failure> {
    let mut view = uncounted(state, staff, opened, fields).await?;
    let mut conn = state.app.read().await?;
    let topics = audience::ticked(fields, &opened.topics);
    view.audience = audience::count(&mut conn, staff, topics).await?;
    Ok(view)
}

/// The same without its audience, which takes a moment to count where there are many readers.
pub(super) async fn uncounted(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
    fields: &Fields,
) -> Result<EditorView, Failure> {
    let mut view = plain(state, staff, opened, fields);
    let mut conn = state.app.read().await?;
    if let (Some(entry), Some(now)) = (&opened.entry, opened.content()) {
        for panel in &mut view.panels {
            if let Ok(tag) = LanguageTag::parse(&panel.tag) {
                panel.news = news(&mut conn, entry.id, now, &tag).await?;
            }
        }
        view.others = others(state, staff, opened).await?;
    }
    Ok(view)
}

/// The page with what is known without asking the database again.
pub(super) fn plain(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
    fields: &Fields,
) -> EditorView {
    let is_new = opened.entry.is_none();
    let stands = opened
        .entry
        .as_ref()
        .map_or(EntryState::Draft, |entry| entry.state);
    let action = if is_new {
        let kind = opened.kind.as_str();
        staff.reader.link(NEW, [("kind", kind)])
    } else {
        staff.reader.path(&edit_path(&opened.uuid))
    };
    let topics = opened.topics.iter();
    EditorView {
        action,
        kind: kind(opened.kind),
        is_new,
        is_public: matches!(stands, EntryState::Published | EntryState::Cancelled),
        can_hand_in: stands.may_become(EntryState::Submitted),
        uuid: opened.uuid.clone(),
        base: opened.latest,
        is_merged: false,
        panels: panels(state, opened, fields),
        values: fields.clone().into_values(),
        topics: topics
            .map(|topic| (topic.key.clone(), topic.name(staff.language).to_owned()))
            .collect(),
        problems: Problems::new(),
        audience_href: staff.reader.path(audience::PATH),
        audience: Vec::new(),
        previews: Vec::new(),
        others: Vec::new(),
        drafts: Vec::new(),
        conflicts: Vec::new(),
        series: Vec::new(),
        trouble: None,
        done: None,
        picture: (!is_new).then(|| staff.reader.path(&super::picture::path(&opened.uuid))),
        offers_picture: false,
        stands: opened.entry.as_ref().map(|entry| Stands {
            state: words::state(entry.state),
            can_cancel: entry.content.when.is_some()
                && entry.state.may_become(EntryState::Cancelled),
            pages: words::pages(staff, &entry.uuid),
            versions: opened.latest.unwrap_or_default(),
        }),
    }
}

/// The original, then the languages that readers may choose, then those the entry has besides.
fn panels(state: &WebState, opened: &Opened, fields: &Fields) -> Vec<Panel> {
    let original = original(fields, opened.with());
    let offered = state.app.config.languages.offered.iter();
    let mut tags = vec![original.clone()];
    let further = offered.map(|language| LanguageTag::from(*language));
    for tag in further.chain(fields.languages()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let panel = |tag: LanguageTag| Panel {
        name: name(&tag),
        is_original: tag == original,
        tag: tag.as_str().to_owned(),
        news: Vec::new(),
    };
    tags.into_iter().map(panel).collect()
}

/// The name of a language in itself; of others than ours the tag.
pub(super) fn name(tag: &LanguageTag) -> String {
    let ours = Language::ALL
        .iter()
        .find(|one| tag.as_str() == one.as_str());
    ours.map_or_else(
        || tag.as_str().to_owned(),
        |one| crate::digest::site::locale(*one).own_name().to_owned(),
    )
}

/// What is new in the original since a text was translated.
async fn news(
    conn: &mut impl Connection,
    entry: i64,
    now: &EntryContent,
    tag: &LanguageTag,
) -> Result<Vec<String>, Failure> {
    let translated = now.texts.get(tag).and_then(|text| text.translated_from);
    let Some(translated) = translated.filter(|_| *tag != now.original) else {
        return Ok(Vec::new());
    };
    let version = entry_version::get(conn, entry, translated).await?;
    let Some(then) = version.map(|version| version.content) else {
        return Ok(Vec::new());
    };
    let words = |content: &EntryContent| {
        let text = content.texts.get(&content.original);
        text.map_or_else(String::new, |text| {
            format!(
                "{}\n{}\n{}",
                text.title,
                text.teaser,
                html_to_plain(&text.body)
            )
        })
    };
    let pieces = difference::difference(&words(&then), &words(now)).into_iter();
    let added = pieces.filter(|piece| piece.fate == Fate::Added);
    Ok(added.map(|piece| piece.text.trim().to_owned()).collect())
}

/// Who else has it open.
pub(super) async fn others(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
) -> Result<Vec<String>, Failure> {
    let mut conn = state.app.read().await?;
    let (me, since) = (staff.actor().name(), state.app.clock.now().minus(HERE));
    let others = entry_draft::others(&mut conn, &me, &opened.uuid, since).await?;
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let names = store::staff::names(&mut conn).await?;
    let others = others.iter().filter_map(|uuid| names.get(uuid).cloned());
    Ok(others.collect())
}

/// An offer to go on with a draft.
pub(super) fn offer(
    state: &WebState,
    staff: &Staff,
    draft: &EntryDraft,
    fields: &Fields,
    kind: EntryKind,
) -> DraftOffer {
    let at = Timestamp::from_micros(draft.at).in_zone(state.app.config.newsroom.zone);
    let title = fields.languages().into_iter().find_map(|tag| {
        let title = fields.some(&format!("title-{tag}"))?;
        Some(title.to_owned())
    });
    let href = if draft.base_version.is_none() {
        staff.reader.link(
            NEW,
            [("kind", kind.as_str()), ("draft", draft.entry.as_str())],
        )
    } else {
        staff
            .reader
            .link(&edit_path(&draft.entry), [("draft", "open")])
    };
    DraftOffer {
        at: at.format("%d.%m. %H:%M").to_string(),
        title: title.unwrap_or_default(),
        href,
        entry: draft.entry.clone(),
    }
}
