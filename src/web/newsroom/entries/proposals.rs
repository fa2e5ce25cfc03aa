//! What sources propose: everything nobody has decided about.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::entries::proposals::{EntryProposalsView, ProposalLine, page};
use templates::pages::newsroom::frame::Area;

use super::{LIST, difference, path_of, words};
use crate::app::proposals;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

/// Proposals that are shown.
const MOST: u32 = 50;

pub(super) async fn show(State(state): State<WebState>, staff: Staff) -> Result<Markup, Failure> {
    let frame = desk(&state, &staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let mut open = proposals::list(&mut conn, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = open.len() > most;
    open.truncate(most);
    let lines = open.into_iter().map(|one| ProposalLine {
        url: staff
            .reader
            .path(&format!("{}/proposal", path_of(&one.entry_uuid))),
        title: one.title,
        fields: difference::fields(&one.changes),
        urgent: one.urgent,
        at: words::local(&state, one.received_at),
    });
    let view = EntryProposalsView {
        proposals: lines.collect(),
        more,
        list: staff.reader.path(LIST),
        now: words::local(&state, state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}
