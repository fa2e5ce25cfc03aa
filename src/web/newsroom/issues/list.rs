//! The list of issues.

use axum::extract::{RawQuery, State};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::list::{IssueListView, IssueRow, page};

use super::{LIST, head, path};
use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::user::Right;
use crate::store;
use crate::store::issue::Issue;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, Form, WebState};

/// Issues on a page.
const ON_PAGE: usize = 50;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let query = Form::parse(query.unwrap_or_default().as_bytes())?;
    render(&state, &staff, &query, false).await
}

/// The list; `nothing` says that there was nothing to compose an issue of.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    query: &Form,
    nothing: bool,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let newsletters = store::newsletter::list(&mut conn).await?;
    let key = query.all("newsletter").next().unwrap_or_default();
    let chosen = newsletters.iter().find(|one| one.settings.key == key);
    let before = query
        .all("before")
        .next()
        .and_then(|text| text.parse().ok());
    let limit = i64::try_from(ON_PAGE + 1).unwrap_or(i64::MAX);
    let mut issues = store::issue::list_before(
        &mut conn,
        chosen.map(|one| one.id),
        before.unwrap_or(i64::MAX),
        limit,
    )
    .await?;
    let is_more = issues.len() > ON_PAGE;
    issues.truncate(ON_PAGE);
    let last = issues
        .last()
        .filter(|_| is_more)
        .map(|issue| issue.id.to_string());
    let link = |before: Option<&str>| {
        let newsletter = chosen.map(|one| ("newsletter", one.settings.key.as_str()));
        let before = before.map(|before| ("before", before));
        staff
            .reader
            .link(LIST, newsletter.into_iter().chain(before))
    };
    let name = |one: &Newsletter| {
        (
            one.settings.key.clone(),
            one.settings.text(staff.language).name.clone(),
        )
    };
    let view = IssueListView {
        rows: issues
            .iter()
            .filter_map(|issue| row(staff, &newsletters, issue))
            .collect(),
        newsletters: newsletters.iter().map(name).collect(),
        chosen: chosen.map(|one| one.settings.key.clone()),
        url: LIST.to_owned(),
        compose_url: staff.may(Right::Write).then(|| format!("{LIST}/compose")),
        nothing_to_tell: nothing,
        before: before.map(|_| link(None)),
        after: last.as_deref().map(|last| link(Some(last))),
    };
    Ok(page(&desk, &view))
}

fn row(staff: &Staff, newsletters: &[Newsletter], issue: &Issue) -> Option<IssueRow> {
    let newsletter = newsletters.iter().find(|one| one.id == issue.newsletter)?;
    let name = IssueName {
        newsletter: newsletter.settings.key.clone(),
        number: issue.number,
    };
    let goes_at = issue.frozen_at.or(issue.send_at);
    Some(IssueRow {
        url: staff.reader.path(&path::url(&name)),
        newsletter: newsletter.settings.text(staff.language).name.clone(),
        number: issue.number,
        state: head::shown(issue),
        goes_at: goes_at.map(|at| at.in_zone(newsletter.settings.zone).naive_local()),
        people: issue.frozen_at.map(|_| issue.recipients),
    })
}
