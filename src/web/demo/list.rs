//! The list of mails.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use maud::Markup;
use templates::pages::mailbox::{MailboxView, page};

use super::{Folder, line};
use crate::domain::issue::IssueState;
use crate::store;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    Extension(folder): Extension<Arc<Folder>>,
    reader: Reader,
) -> Result<Markup, Failure> {
    let zone = folder.zone;
    let waiting =
        store::issue::in_state(&mut state.app.db.read().await?, IssueState::Approved).await?;
    let next = waiting.iter().filter_map(|issue| issue.send_at).min();
    let mails = tokio::task::spawn_blocking(move || folder.list())
        .await
        .map_err(|_| Failure::Internal)?
        .map_err(|error| unreadable(&error))?;
    let view = MailboxView {
        mails: mails.iter().map(|mail| line(mail, zone, &reader)).collect(),
        next_issue: next.map(|at| at.in_zone(zone).time()),
    };
    Ok(page(&site(&state, &reader), &view))
}

pub(super) fn unreadable(error: &std::io::Error) -> Failure {
    tracing::error!(%error, "the folder of the demonstration's mails cannot be read");
    Failure::Internal
}
