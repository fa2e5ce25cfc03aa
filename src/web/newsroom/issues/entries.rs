//! The buttons of the entries of an issue.

use axum::extract::State;
use axum::response::Response;

use super::compose::failure;
use super::path::IssuePath;
use super::words;
use crate::app::issues::edit::{self, EditError, Move};
use crate::domain::language::Language;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (app, actor, name) = (&state.app, &staff.actor(), &path.name);
    // The buttons belong to the form of the words: what was typed is stored, not lost.
    let language = if form.one("language")?.is_empty() {
        None
    } else {
        match words::store_words(&state, &staff, &path, &form).await? {
            Ok(stored) => Some(stored.language),
            Err(refused) => return Ok(refused),
        }
    };
    // A button of the list says what and with which entry; one in a form of its own says what.
    let pressed = form.one("do")?;
    let (what, entry) = pressed
        .split_once(' ')
        .unwrap_or((pressed, form.one("entry")?));
    // What is left out is not there any more: its neighbour gets the focus.
    let (entry, next) = entry.split_once(' ').unwrap_or((entry, ""));
    let moved = match what {
        "up" => Some(Move::Up),
        "down" => Some(Move::Down),
        "to" => Some(Move::To(
            form.one("place")?
                .parse()
                .map_err(|_| Failure::Unprocessable)?,
        )),
        _ => None,
    };
    let (done, result) = match (what, moved) {
        (_, Some(to)) => {
            let version = form
                .one("version")?
                .parse()
                .map_err(|_| Failure::Unprocessable)?;
            let moved = edit::reorder(app, actor, name, version, entry, to).await;
            let done = if matches!(moved, Ok(false)) {
                ""
            } else {
                "moved"
            };
            (done, moved.map(|_| ()))
        }
        ("pin", _) => ("pinned", edit::pin(app, actor, name, entry, true).await),
        ("unpin", _) => ("unpinned", edit::pin(app, actor, name, entry, false).await),
        ("add", _) => ("added", edit::add(app, actor, name, entry).await),
        ("leave-out", _) => ("left-out", edit::leave_out(app, actor, name, entry).await),
        _ => return Err(Failure::Unprocessable),
    };
    let focus = match what {
        "up" | "down" => format!("{what}-{entry}"),
        "pin" | "unpin" | "add" => format!("pin-{entry}"),
        "leave-out" if !next.is_empty() => format!("pin-{next}"),
        _ => String::new(),
    };
    let pairs = match result {
        Ok(()) => [("done", done), ("focus", focus.as_str())],
        Err(error) => [("problem", problem(error)?), ("focus", "")],
    };
    let words = language.map_or("", Language::as_str);
    let pairs = pairs.into_iter().chain([("words", words)]);
    let said = pairs.filter(|(_, value)| !value.is_empty());
    Ok(see_other(staff.reader.link(&path.url(), said)))
}

/// The name of what stands in the way, for the page.
fn problem(error: EditError) -> Result<&'static str, Failure> {
    match error {
        EditError::Conflict { .. } => Ok("conflict"),
        EditError::Closed { .. } => Ok("closed"),
        EditError::NoEntry => Ok("no-entry"),
        EditError::NotPublished => Ok("not-published"),
        EditError::OtherTopics => Ok("other-topics"),
        EditError::Text | EditError::Overwritten | EditError::EventsOver(_) => {
            Err(Failure::Unprocessable)
        }
        EditError::Issue(error) => Err(failure(error)),
    }
}
