//! Sending a test mail of one variant, and the groups it may go to.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::test_mail::{GroupProblem, TestMailView, page};

use super::choice::Choice;
use super::head;
use super::path::IssuePath;
use crate::app::issues::{self, MOST_ADDRESSES, MOST_NAME};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::topic::TopicSet;
use crate::store;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// A group that was sent and not kept.
struct Sent {
    name: String,
    addresses: String,
    problem: GroupProblem,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    render(&state, &staff, &path, None).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let language: Language = form
        .one("language")?
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let topics: i64 = form
        .one("topics")?
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let to = match form.one("to")? {
        "me" => vec![staff.user.email.clone()],
        group => {
            let group: i64 = group.parse().map_err(|_| Failure::Unprocessable)?;
            let groups = store::test_group::list(&mut state.app.read().await?).await?;
            let found = groups.into_iter().find(|one| one.id == group);
            found.ok_or(Failure::NotFound)?.addresses
        }
    };
    let variant = (language, TopicSet::from_mask(topics));
    let sent = issues::send_test(&state.app, &staff.actor(), &path.name, variant, &to).await;
    sent.map_err(super::compose::failure)?;
    state.wake.notify_one();
    Ok(see_other(
        staff.reader.link(&path.url(), [("done", "tested")]),
    ))
}

pub(super) async fn keep(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (name, text) = (form.one("name")?.trim(), form.one("addresses")?);
    let problem = match group(name, text) {
        Ok(addresses) => {
            issues::keep_test_group(&state.app, &staff.actor(), name, &addresses).await?;
            let url = format!("{}/test", path.url());
            return Ok(see_other(staff.reader.link(&url, [("done", "kept")])));
        }
        Err(problem) => problem,
    };
    let sent = Sent {
        name: name.to_owned(),
        addresses: text.to_owned(),
        problem,
    };
    let page = render(&state, &staff, &path, Some(sent)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The addresses of a group, one on each line.
fn group(name: &str, text: &str) -> Result<Vec<Address>, GroupProblem> {
    if name.is_empty() || name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
        return Err(GroupProblem::Name);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<_> = lines.take(MOST_ADDRESSES + 1).collect();
    if lines.len() > MOST_ADDRESSES {
        return Err(GroupProblem::Number);
    }
    let wrong = |line: &str| GroupProblem::Address(line.chars().take(80).collect());
    lines
        .into_iter()
        .map(|line| Address::parse(line).map_err(|_| wrong(line)))
        .collect()
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    sent: Option<Sent>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let now = state.app.clock.now();
    let snapshot = issues::content(&mut conn, &issue, now)
        .await
        .map_err(super::compose::failure)?;
    let audience = state
        .app
        .readers(&mut conn, issue.newsletter, snapshot.audience())
        .await?;
    let topics = store::topic::list(&mut conn).await?;
    let groups = store::test_group::list(&mut conn).await?;
    drop(conn);
    let choice = Choice::of(state, path, &audience, &topics, snapshot.audience().0);
    let known = issue.frozen_at.is_none().then_some(&audience);
    let url = format!("{}/test", path.url());
    let view = TestMailView {
        head: head::with_audience(state, staff, &newsletter, &issue, known),
        groups_url: format!("{url}/groups"),
        url,
        own: staff.user.email.display(),
        groups: groups
            .into_iter()
            .map(|one| (one.id, one.name, one.addresses.len()))
            .collect(),
        languages: choice.languages(state),
        sets: choice.sets(staff),
        is_kept: path.query("done") == "kept",
        problem: sent.as_ref().map(|sent| sent.problem.clone()),
        group: sent.map_or_else(Default::default, |sent| (sent.name, sent.addresses)),
    };
    Ok(page(&desk, &view))
}
