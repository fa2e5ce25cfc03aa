//! The list of lines.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use templates::Locale;
use templates::pages::newsroom::audit::{
    AuditFilter, AuditRow, AuditView, SubjectView, VerifiedView, Who, page, words,
};
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::trail::quoted;

use super::filter::{Asked, KINDS};
use super::said::{self, Said};
use super::subjects::Subjects;
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
    let has_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| line.seq).filter(|_| has_more);
    let mut subjects = Subjects::new(&mut conn, staff, &names).await?;
    let mut people_and_entries = names.clone();
    for uuid in lines.iter().flat_map(said::entries) {
        if let Some(title) = subjects.title(&mut conn, uuid).await? {
            let title = quoted(staff.locale(), &title);
            people_and_entries.insert(uuid.to_owned(), title);
        }
    }
    let words = Said {
        names: &people_and_entries,
        zone,
        locale: staff.locale(),
    };
    let mut rows = Vec::new();
    for line in lines {
        let subject = subjects.view(&mut conn, &line).await?;
        rows.push(row(line, subject, &words, &names));
    }
    drop(conn);
    let view = AuditView {
        rows,
        filter: filter(staff.locale(), asked, &names),
        url: LIST.to_owned(),
        csv_url: asked.link(CSV, None),
        verify_url: "/newsroom/audit/verify".to_owned(),
        after: last.map(|last| asked.link(LIST, Some(last))),
        verified,
        is_confirmed,
    };
    Ok(page(&desk, &view))
}

fn filter(t: Locale, asked: &Asked, names: &BTreeMap<String, String>) -> AuditFilter {
    let mut people: Vec<_> = names
        .iter()
        .map(|(uuid, name)| (uuid.clone(), name.clone()))
        .collect();
    people.sort_by(|one, other| one.1.cmp(&other.1));
    people.extend(KINDS.map(|kind| {
        let words = words::actor(t, kind).unwrap_or_else(|| kind.to_owned());
        (kind.to_owned(), words)
    }));
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

/// The subject of a line as it is stored; a user by name.
pub(super) fn subject_code(line: &Line, names: &BTreeMap<String, String>) -> String {
    let id = match line.subject.as_str() {
        "user" => names.get(&line.subject_id).unwrap_or(&line.subject_id),
        _ => &line.subject_id,
    };
    format!("{} {id}", line.subject)
}

fn row(
    line: Line,
    subject: SubjectView,
    said: &Said<'_>,
    names: &BTreeMap<String, String>,
) -> AuditRow {
    AuditRow {
        seq: line.seq,
        at: wall_clock(line.at, said.zone),
        who: who(&line, names),
        subject,
        before: said.words(&line, line.before.as_deref()),
        after: said.words(&line, line.after.as_deref()),
        action: line.action,
    }
}
