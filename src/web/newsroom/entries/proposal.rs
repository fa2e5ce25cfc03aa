//! What the source of an entry says now: taken over or left.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::entries::proposal::{EntryProposalView, OpenProposal, page};
use templates::pages::newsroom::frame::Area;

use super::{difference, entry_of, path_of, words};
use crate::app::proposals::{self, ProposalError};
use crate::domain::user::Right;
use crate::store;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
) -> Result<Markup, Failure> {
    render(&state, &staff, &uuid, false).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    form: StaffForm,
) -> Result<Response, Failure> {
    let id: i64 = form
        .one("id")?
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, &uuid).await?;
    let proposal = store::proposal::by_id(&mut conn, id).await?;
    drop(conn);
    // The proposal of another entry is none here.
    if proposal.is_none_or(|proposal| proposal.entry != entry.id) {
        return Err(Failure::NotFound);
    }
    let what = form.one("do")?;
    let done = match what {
        "accept" => proposals::accept(&state.app, &staff.actor(), &[id]).await,
        "leave" => proposals::reject(&state.app, &staff.actor(), &[id]).await,
        _ => return Err(Failure::Unprocessable),
    };
    match done {
        Ok(()) => {
            let path = staff.reader.link(&path_of(&uuid), [("done", what)]);
            Ok(see_other(&path))
        }
        Err(ProposalError::App(error)) => Err(error.into()),
        Err(ProposalError::Unknown(_)) => Err(Failure::NotFound),
        Err(ProposalError::Closed { .. }) => {
            let page = render(&state, &staff, &uuid, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    uuid: &str,
    is_changed: bool,
) -> Result<Markup, Failure> {
    let frame = desk(state, staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, uuid).await?;
    let topics = store::topic::list(&mut conn).await?;
    let open = store::proposal::open_of(&mut conn, entry.id).await?;
    let open = open.map(|proposal| {
        let changes = proposal.changes(&entry.content, entry.state);
        OpenProposal {
            id: proposal.id,
            at: words::local(state, proposal.received_at),
            urgent: changes.iter().any(|change| change.is_urgent()),
            differences: difference::of_proposal(staff, &topics, &entry, &proposal),
            action: staff
                .may(Right::Write)
                .then(|| format!("{}/proposal", path_of(uuid))),
        }
    });
    let view = EntryProposalView {
        title: words::title(&entry.content, staff.language).0,
        open,
        is_changed,
        pages: words::pages(staff, uuid),
        now: words::local(state, state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}
