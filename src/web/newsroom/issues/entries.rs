//! The buttons of the entries of an issue.

use axum::extract::State;
use axum::response::Response;

use super::compose::failure;
use super::path::IssuePath;
use crate::app::issues::edit::{self, EditError, Move};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (app, actor, name) = (&state.app, &staff.actor(), &path.name);
    // A button of the list says what and with which entry; one in a form of its own says what.
    let pressed = form.one("do")?;
    let (what, entry) = pressed
        .split_once(' ')
        .unwrap_or((pressed, form.one("entry")?));
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
        "pin" | "unpin" => format!("pin-{entry}"),
        _ => String::new(),
    };
    let url = path.url();
    let url = match result {
        Ok(()) if done.is_empty() => staff.reader.link(&url, [("focus", focus.as_str())]),
        Ok(()) if focus.is_empty() => staff.reader.link(&url, [("done", done)]),
        Ok(()) => staff.reader.link(&url, [("done", done), ("focus", &focus)]),
        Err(error) => staff.reader.link(&url, [("problem", problem(error)?)]),
    };
    Ok(see_other(url))
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
