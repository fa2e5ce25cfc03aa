//! How an entry is told in one issue only.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::contents::Problem;
use templates::pages::newsroom::issues::shorten::{ShortenError, ShortenView, page};
use templates::pages::newsroom::unsaved::{Unsaved, UnsavedKind};

use super::compose::failure;
use super::contents;
use super::head::head;
use super::path::IssuePath;
use super::words::lines;
use crate::app::issues::edit::{self, EditError, MOST_TEASER, MOST_TITLE};
use crate::domain::language::{self, LanguageTag};
use crate::domain::text::{html_to_plain, opening};
use crate::store;
use crate::store::issue_contents::ShortText;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// Characters that are shown of an entry without a teaser.
const OPENING: usize = 600;

/// What was sent and not stored.
struct Sent {
    text: ShortText,
    error: EditError,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let language = LanguageTag::parse(path.query("language")).ok();
    render(&state, &staff, &path, language, None).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let language = LanguageTag::parse(form.one("language")?).map_err(|_| Failure::Unprocessable)?;
    let mut text = ShortText {
        title: form.one("title")?.trim().to_owned(),
        teaser: lines(form.one("teaser")?),
    };
    let seen = ShortText {
        title: form.one("seen-title")?.to_owned(),
        teaser: lines(form.one("seen-teaser")?),
    };
    let restores = form.one("do")? == "restore" || text == ShortText::default();
    let typed = if restores {
        Vec::new()
    } else {
        unsaved(&language, &text, &seen)
    };
    if text.title.is_empty() && !restores {
        text.title = own_title(&state, &path, &language).await?;
    }
    let new = (!restores).then_some(&text);
    let of = (path.entry.as_str(), &language);
    let done = edit::shorten(&state.app, &staff.actor(), &path.name, of, new, &seen).await;
    let url = path.url();
    let next = LanguageTag::parse(form.one("go")?);
    match (done, next) {
        // Another language is shown next.
        (Ok(()), Ok(next)) => {
            let url = format!("{url}/entries/{}/shorten", path.entry);
            let done = (text != seen).then_some(("done", "shortened"));
            let query = [("language", next.as_str())].into_iter().chain(done);
            Ok(see_other(staff.reader.link(&url, query)))
        }
        (Ok(()), Err(_)) => Ok(see_other(staff.reader.link(&url, [("done", "shortened")]))),
        (Err(error @ (EditError::Text | EditError::Overwritten)), _) => {
            let sent = Some(Sent { text, error });
            let page = render(&state, &staff, &path, Some(language), sent).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        (Err(EditError::Closed { .. }), _) => {
            contents::moved_on(&state, &staff, &path, Problem::Closed, typed).await
        }
        (Err(EditError::NoEntry), _) => {
            contents::moved_on(&state, &staff, &path, Problem::NoEntry, typed).await
        }
        (Err(EditError::Issue(error)), _) => Err(failure(error)),
        (Err(_), _) => Err(Failure::Unprocessable),
    }
}

/// What this user has written.
fn unsaved(language: &LanguageTag, text: &ShortText, seen: &ShortText) -> Vec<Unsaved> {
    let typed = [
        (UnsavedKind::Title, &text.title, &seen.title),
        (UnsavedKind::Teaser, &text.teaser, &seen.teaser),
    ];
    let written = typed
        .into_iter()
        .filter(|(_, text, seen)| !text.is_empty() && text != seen);
    written
        .map(|(what, text, _)| Unsaved {
            what,
            language: Some((language.as_str().to_owned(), name(language))),
            text: text.clone(),
        })
        .collect()
}

/// The entry's own title, where only a teaser was written.
async fn own_title(
    state: &WebState,
    path: &IssuePath,
    language: &LanguageTag,
) -> Result<String, Failure> {
    let mut conn = state.app.read().await?;
    let entry = store::entry::by_name(&mut conn, &path.entry).await?;
    let text = entry.and_then(|mut entry| entry.content.texts.remove(language));
    Ok(text.ok_or(Failure::NotFound)?.title)
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    asked: Option<LanguageTag>,
    sent: Option<Sent>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let entry = store::entry::by_name(&mut conn, &path.entry).await?;
    let entry = entry
        .filter(|entry| entry.uuid == path.entry)
        .ok_or(Failure::NotFound)?;
    let chosen = store::issue_contents::chosen(&mut conn, issue.id).await?;
    if !chosen
        .iter()
        .any(|one| one.entry == entry.id && one.included)
    {
        return Err(Failure::NotFound);
    }
    let content = &entry.content;
    let asked = asked.filter(|tag| content.texts.contains_key(tag));
    let first = language::text_for(&content.texts, &content.original, staff.language);
    let tag = asked
        .or_else(|| first.map(|(tag, _)| tag.clone()))
        .ok_or(Failure::NotFound)?;
    let own = content.texts.get(&tag).cloned().unwrap_or_default();
    let mut stored = store::issue_contents::texts(&mut conn, issue.id).await?;
    drop(conn);
    let stored = stored.remove(&(entry.id, tag.clone())).unwrap_or_default();
    let url = format!("{}/entries/{}/shorten", path.url(), entry.uuid);
    let error = sent.as_ref().map(|sent| match sent.error {
        EditError::Overwritten => {
            ShortenError::Overwritten(stored.title.clone(), stored.teaser.clone())
        }
        _ => ShortenError::TooLong,
    });
    let text = sent.map_or_else(|| stored.clone(), |sent| sent.text);
    let language = |tag: &LanguageTag| (tag.as_str().to_owned(), name(tag));
    let view = ShortenView {
        head: head(state, staff, &newsletter, &issue).await?,
        languages: content.texts.keys().map(language).collect(),
        language: tag.as_str().to_owned(),
        own_title: own.title,
        own_teaser: if own.teaser.is_empty() {
            opening(&html_to_plain(&own.body), OPENING)
        } else {
            own.teaser
        },
        title: text.title,
        teaser: text.teaser,
        seen: (stored.title, stored.teaser),
        most: (MOST_TITLE, MOST_TEASER),
        error,
        is_stored: path.query("done") == "shortened",
        url,
    };
    Ok(page(&desk, &view))
}

/// A language as people call it; its tag where we have no word for it.
fn name(tag: &LanguageTag) -> String {
    let known = crate::domain::language::Language::ALL
        .iter()
        .find(|one| one.as_str() == tag.as_str());
    known.map_or_else(
        || tag.as_str().to_owned(),
        |one| crate::digest::site::locale(*one).own_name().to_owned(),
    )
}
