//! Opening the editor: for a new entry, for one that is there, for a draft.

use axum::extract::{Path, RawQuery, State};
use maud::Markup;
use templates::pages::newsroom::editor::{Done, EditorView, page};
use templates::pages::newsroom::frame::Area;

use super::content::says_nothing_new;
use super::fields::Fields;
use super::opened::Opened;
use super::view::{offer, view};
use crate::domain::entry::EntryKind;
use crate::domain::picture::PictureUse;
use crate::store::entry_draft::{self, EntryDraft};
use crate::store::{self, new_uuid};
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, Form, WebState};

pub(super) async fn new(
    State(state): State<WebState>,
    staff: Staff,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let query = parse(query.as_deref())?;
    let me = staff.actor().name();
    let named = query.one("draft")?;
    let mut conn = state.app.read().await?;
    let draft = if named.is_empty() {
        None
    } else {
        Some(
            entry_draft::get(&mut conn, &me, named)
                .await?
                .ok_or(Failure::NotFound)?,
        )
    };
    let drafts = entry_draft::of_new_entries(&mut conn, &me).await?;
    drop(conn);
    let kind = kind(&query)?;
    let uuid = draft.as_ref().map_or_else(
        || new_uuid(state.app.clock.now()),
        |draft| draft.entry.clone(),
    );
    let opened = Opened::new(&state, &staff, kind, uuid).await?;
    let fields = match &draft {
        Some(draft) => read(draft)?,
        None => empty(&opened),
    };
    let mut view = view(&state, &staff, &opened, &fields).await?;
    if draft.is_none() {
        for draft in &drafts {
            let fields = read(draft)?;
            let kind = kind_of(&fields);
            view.drafts
                .push(offer(&state, &staff, draft, &fields, kind));
        }
    }
    view.done = done(&query)?;
    show(&state, &staff, &view).await
}

pub(super) async fn edit(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let query = parse(query.as_deref())?;
    let opened = Opened::known(&state, &staff, &uuid).await?;
    let content = opened.content().ok_or(Failure::NotFound)?;
    let now = Fields::of(content, &opened.topics);
    let mut conn = state.app.read().await?;
    let draft = entry_draft::get(&mut conn, &staff.actor().name(), &uuid).await?;
    drop(conn);
    let draft = draft
        .map(|draft| read(&draft).map(|fields| (draft, fields)))
        .transpose()?;
    let goes_on = query.one("draft")? == "open";
    let mut view = match &draft {
        Some((draft, fields)) if goes_on => {
            let mut view = view(&state, &staff, &opened, fields).await?;
            view.base = draft.base_version;
            view
        }
        _ => view(&state, &staff, &opened, &now).await?,
    };
    if let Some((draft, fields)) = &draft
        && !goes_on
        && !says_nothing_new(fields, opened.with())
    {
        view.drafts
            .push(offer(&state, &staff, draft, fields, opened.kind));
    }
    view.done = done(&query)?;
    view.offers_picture = offers_picture(&state, &opened).await?;
    show(&state, &staff, &view).await
}

/// Whether its first version has no picture yet.
async fn offers_picture(state: &WebState, opened: &Opened) -> Result<bool, Failure> {
    let (Some(entry), Some(0 | 1)) = (&opened.entry, opened.latest) else {
        return Ok(false);
    };
    let mut conn = state.app.read().await?;
    let picture = store::picture::of_entry(&mut conn, entry.id, PictureUse::Lead).await?;
    Ok(picture.is_none())
}

/// The page, to be sent.
async fn show(state: &WebState, staff: &Staff, view: &EditorView) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Entries).await?;
    Ok(page(&desk, view))
}

/// The pairs of a query.
pub(super) fn parse(query: Option<&str>) -> Result<Form, Failure> {
    Form::parse(query.unwrap_or_default().as_bytes())
}

/// What a new entry is to be: news, unless the link says something else.
pub(super) fn kind(query: &Form) -> Result<EntryKind, Failure> {
    match query.one("kind")? {
        "event" => Ok(EntryKind::Event),
        "news" | "" => Ok(EntryKind::News),
        _ => Err(Failure::NotFound),
    }
}

/// What a draft of a new entry is: only the form of an event asks how one takes part.
fn kind_of(fields: &Fields) -> EntryKind {
    if fields.some("attendance").is_some() {
        EntryKind::Event
    } else {
        EntryKind::News
    }
}

fn read(draft: &EntryDraft) -> Result<Fields, Failure> {
    serde_json::from_str(&draft.fields).map_err(|error| {
        tracing::error!(%error, "a draft cannot be read");
        Failure::Internal
    })
}

/// The fields of a new entry.
fn empty(opened: &Opened) -> Fields {
    let mut fields = Fields::default();
    fields.set("original", opened.language.as_str());
    if opened.kind == EntryKind::Event {
        fields.set("zone", opened.zone.name());
    }
    fields
}

fn done(query: &Form) -> Result<Option<Done>, Failure> {
    Ok(match query.one("done")? {
        "saved" => Some(Done::Saved),
        "published" => Some(Done::Published),
        "handed-in" => Some(Done::HandedIn),
        "unchanged" => Some(Done::Unchanged),
        "merged" => Some(Done::Merged),
        "dropped" => Some(Done::Dropped),
        _ => None,
    })
}
