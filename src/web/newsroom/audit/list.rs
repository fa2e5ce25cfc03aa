//! The list of lines.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use templates::pages::newsroom::audit::{
    AuditFilter, AuditRow, AuditView, VerifiedView, Who, page,
};
use templates::pages::newsroom::frame::Area;

use super::filter::{Asked, KINDS};
use super::{CONFIRMED, CSV, LIST};
use crate::app::audit::{self, Line};
use crate::app::staff;
use crate::digest::mail_context::wall_clock;
use crate::domain::audit::Action;
use crate::store;
use crate::web::newsroom::login::query;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

/// Lines on a page.
const PAGE: usize = 50;

pub(super) async fn show(
    State(state): State<WebState>,
    who: Staff,
    uri: Uri,
) -> Result<Markup, Failure> {
    let confirmed = query(&uri, CONFIRMED) == "1" && staff::is_confirmed(&state.app, &who.session);
    render(&state, &who, &Asked::read(&uri), (None, confirmed)).await
}

pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    asked: &Asked,
    (verified, is_confirmed): (Option<VerifiedView>, bool),
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Audit).await?;
    let zone = state.app.config.newsroom.zone;
    let mut conn = state.app.read().await?;
    let names = store::staff::names(&mut conn).await?;
    // One more than a page: whether there is a next one.
    let mut lines = audit::latest(&mut conn, &asked.filter(zone), 51).await?;
    drop(conn);
    let has_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| line.seq).filter(|_| has_more);
    let view = AuditView {
        rows: lines
            .into_iter()
            .map(|line| row(line, &names, zone))
            .collect(),
        filter: filter(asked, &names),
        url: LIST.to_owned(),
        csv_url: asked.link(CSV, None),
        verify_url: "/newsroom/audit/verify".to_owned(),
        after: last.map(|last| asked.link(LIST, Some(last))),
        verified,
        is_confirmed,
    };
    Ok(page(&desk, &view))
}

fn filter(asked: &Asked, names: &BTreeMap<String, String>) -> AuditFilter {
    let mut people: Vec<_> = names
        .iter()
        .map(|(uuid, name)| (uuid.clone(), name.clone()))
        .collect();
    people.sort_by(|one, other| one.1.cmp(&other.1));
    people.extend(KINDS.map(|kind| (kind.to_owned(), kind.to_owned())));
    AuditFilter {
        people,
        who: asked.who.clone(),
        actions: Action::ALL.iter().map(|action| action.as_str()).collect(),
        action: asked.action.clone(),
        subject: asked.subject.clone(),
        from: asked.from.clone(),
        to: asked.to.clone(),
    }
}

/// The name of whoever did it; users by name, never by UUID where the name is known.
pub(super) fn who(line: &Line, names: &BTreeMap<String, String>) -> Who {
    let name = line.actor_name.clone();
    match line.actor.as_str() {
        "user" => Who::User(names.get(&name).cloned().unwrap_or(name)),
        "job" => Who::Job(name),
        "reader" => Who::Reader(name),
        "guest" => Who::Guest,
        _ => Who::Operator(name),
    }
}

/// The subject of a line; a user by name.
pub(super) fn subject(line: &Line, names: &BTreeMap<String, String>) -> String {
    let id = match line.subject.as_str() {
        "user" => names.get(&line.subject_id).unwrap_or(&line.subject_id),
        _ => &line.subject_id,
    };
    format!("{} {id}", line.subject)
}

fn row(line: Line, names: &BTreeMap<String, String>, zone: chrono_tz::Tz) -> AuditRow {
    AuditRow {
        seq: line.seq,
        at: wall_clock(line.at, zone),
        who: who(&line, names),
        subject: subject(&line, names),
        action: line.action,
        before: line.before,
        after: line.after,
    }
}
