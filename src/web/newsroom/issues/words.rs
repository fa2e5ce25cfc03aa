//! Writing the headline and introduction of an issue.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::issues::contents::{Problem, TextErrors};
use templates::pages::newsroom::unsaved::{Unsaved, UnsavedKind};

use super::compose::failure;
use super::contents::{self, Shown};
use super::path::IssuePath;
use crate::app::issues::edit::{self, EditError};
use crate::digest::site::locale;
use crate::domain::language::Language;
use crate::store;
use crate::store::issue::IssueText;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

/// Words that were sent and not stored.
pub(super) struct Sent {
    pub(super) text: IssueText,
    pub(super) seen: IssueText,
    pub(super) error: TextErrors,
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let stored = match store_words(&state, &staff, &path, &form).await? {
        Ok(stored) => stored,
        Err(refused) => return Ok(refused),
    };
    // Another language is shown next, or the one that was written.
    let next = form.one("go")?.parse().unwrap_or(stored.language);
    let stays = next == stored.language;
    let done = (stored.is_new || stays).then_some(("done", "written"));
    let query = done.into_iter().chain([("words", next.as_str())]);
    let url = staff.reader.link(&path.url(), query);
    let place = if stays { "" } else { "#words" };
    Ok(see_other(format!("{url}{place}")))
}

/// Words that were stored, or stood there before.
pub(super) struct Stored {
    pub(super) language: Language,
    is_new: bool,
}

/// Stores the words of a form, or answers it with what stands in the way.
pub(super) async fn store_words(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    form: &StaffForm,
) -> Result<Result<Stored, Response>, Failure> {
    let language: Language = form
        .one("language")?
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let text = IssueText {
        subject: form.one("subject")?.trim().to_owned(),
        introduction: lines(form.one("introduction")?),
    };
    let seen = IssueText {
        subject: form.one("seen-subject")?.to_owned(),
        introduction: lines(form.one("seen-introduction")?),
    };
    let actor = staff.actor();
    let written = edit::write(&state.app, &actor, &path.name, language, &text, &seen).await;
    let error = match written {
        Ok(()) => {
            let is_new = text != seen;
            return Ok(Ok(Stored { language, is_new }));
        }
        Err(EditError::Text) => TextErrors::TooLong,
        Err(EditError::Overwritten) => overwritten(state, path, language).await?,
        Err(EditError::Closed { .. }) => {
            let unsaved = unsaved(language, &text, &seen);
            let page = contents::moved_on(state, staff, path, Problem::Closed, unsaved).await?;
            return Ok(Err(page));
        }
        Err(EditError::Issue(error)) => return Err(failure(error)),
        Err(_) => return Err(Failure::Unprocessable),
    };
    // What is stored was seen now: saving again replaces it.
    let seen = match &error {
        TextErrors::Overwritten(subject, introduction) => IssueText {
            subject: subject.clone(),
            introduction: introduction.clone(),
        },
        TextErrors::TooLong => seen,
    };
    let shown = Shown {
        words: Some((language, Sent { text, seen, error })),
        ..Shown::default()
    };
    let page = contents::render(state, staff, path, shown).await?;
    Ok(Err((StatusCode::CONFLICT, page).into_response()))
}

/// What this user has written.
fn unsaved(language: Language, text: &IssueText, seen: &IssueText) -> Vec<Unsaved> {
    let own = locale(language);
    let typed = [
        (UnsavedKind::Subject, &text.subject, &seen.subject),
        (
            UnsavedKind::Introduction,
            &text.introduction,
            &seen.introduction,
        ),
    ];
    let written = typed
        .into_iter()
        .filter(|(_, text, seen)| !text.is_empty() && text != seen);
    written
        .map(|(what, text, _)| Unsaved {
            what,
            language: Some((own.code().to_owned(), own.own_name().to_owned())),
            text: text.clone(),
        })
        .collect()
}

/// What somebody else stored.
async fn overwritten(
    state: &WebState,
    path: &IssuePath,
    language: Language,
) -> Result<TextErrors, Failure> {
    let mut conn = state.app.read().await?;
    let (_, issue) = path.read(&mut conn).await?;
    let stored = store::issue::texts(&mut conn, issue.id)
        .await?
        .remove(&language);
    let stored = stored.unwrap_or_default();
    Ok(TextErrors::Overwritten(stored.subject, stored.introduction))
}

/// Lines end in a line feed here, in forms in CR LF.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}
