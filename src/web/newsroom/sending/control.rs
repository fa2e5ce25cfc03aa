//! Pausing, resuming and cancelling, each with a question first.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::sending::ask::{AskView, Question, page};

use super::{done, refused, url};
use crate::app::{issues, reasons};
use crate::domain::delivery::DeliveryState::Sent;
use crate::domain::issue::IssueState;
use crate::store::delivery_report;
use crate::store::issue::Issue;
use crate::web::newsroom::issues::head::head;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState};

/// What a question page is: how it is asked, and the state it leads to.
#[derive(Clone, Copy)]
struct Asked {
    question: Question,
    path: &'static str,
    to: IssueState,
}

const PAUSE: Asked = Asked {
    question: Question::Pause,
    path: "pause",
    to: IssueState::Paused,
};
const RESUME: Asked = Asked {
    question: Question::Resume,
    path: "resume",
    to: IssueState::Sending,
};
const CANCEL: Asked = Asked {
    question: Question::Cancel,
    path: "cancel",
    to: IssueState::Cancelled,
};

pub(super) async fn pause(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    ask(&state, &staff, &path, PAUSE).await
}

pub(super) async fn resume(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    ask(&state, &staff, &path, RESUME).await
}

pub(super) async fn cancel(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    ask(&state, &staff, &path, CANCEL).await
}

pub(super) async fn submit_pause(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    _: StaffForm,
) -> Result<Response, Failure> {
    match issues::pause(&state.app, &staff.actor(), &path.name).await {
        Ok(_) => Ok(done(&staff, &path, "paused")),
        Err(error) => refused(&staff, &path, error),
    }
}

pub(super) async fn submit_resume(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    _: StaffForm,
) -> Result<Response, Failure> {
    match issues::resume(&state.app, &staff.actor(), &path.name).await {
        Ok(_) => Ok(done(&staff, &path, "resumed")),
        Err(error) => refused(&staff, &path, error),
    }
}

pub(super) async fn submit_cancel(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    if form.one("sure")? != "yes" {
        let (_, issue) = path.read(&mut state.app.read().await?).await?;
        let page = render(&state, &staff, &path, &issue, CANCEL, true).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match issues::cancel(&state.app, &staff.actor(), &path.name).await {
        Ok(_) => Ok(done(&staff, &path, "cancelled")),
        Err(error) => refused(&staff, &path, error),
    }
}

/// The question; where it does not arise any more, back to the page.
async fn ask(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    asked: Asked,
) -> Result<Response, Failure> {
    let (_, issue) = path.read(&mut state.app.read().await?).await?;
    let resumable = asked.to != IssueState::Sending || issue.frozen_at.is_some();
    if !issue.state.may_become(asked.to) || !resumable {
        return Ok(done(staff, path, "moved"));
    }
    let page = render(state, staff, path, &issue, asked, false).await?;
    Ok(page.into_response())
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    issue: &Issue,
    asked: Asked,
    unticked: bool,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, _) = path.read(&mut conn).await?;
    let counts = delivery_report::counts(&mut conn, issue.id).await?;
    drop(conn);
    let head = head(state, staff, &newsletter, issue).await?;
    let began = issue.frozen_at.is_some();
    let view = AskView {
        question: asked.question,
        action: format!("{}/{}", url(path), asked.path),
        back_url: staff.reader.path(&url(path)),
        sent: counts.of(Sent),
        open: if began { counts.open() } else { head.people },
        began,
        reason: issue
            .reason
            .as_ref()
            .map(|reason| reasons::sentence(reason, staff.locale())),
        unticked,
        head,
    };
    Ok(page(&desk, &view))
}
