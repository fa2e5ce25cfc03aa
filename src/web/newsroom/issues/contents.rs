//! What is in an issue.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse as _, Response};
use chrono::Datelike as _;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::contents::{
    ContentsView, Done, LanguageTab, PreviewPane, Problem, TextForm, Voids, page,
};
use templates::pages::newsroom::issues::head::IssueHead;
use templates::pages::newsroom::unsaved::Unsaved;

use super::path::IssuePath;
use super::words::Sent;
use super::{head, left_out, rows};
use crate::app::issues::edit::{MOST_INTRODUCTION, MOST_SUBJECT};
use crate::app::issues::{self};
use crate::digest::audience::Audience;
use crate::digest::site::locale;
use crate::digest::snapshot::Snapshot;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::topic::TopicSet;
use crate::domain::user::Right;
use crate::store::issue::{Issue, IssueText};
use crate::store::{self, Conn};
use crate::web::newsroom::{Staff, checks, desk};
use crate::web::{Failure, WebState, see_other};

/// What of a page with a preview may be framed: the mail.
pub(in crate::web::newsroom) const PAGE_WITH_FRAME: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What the page shows beside the issue as it is.
#[derive(Default)]
pub(super) struct Shown {
    /// Words that were sent and not stored.
    pub(super) words: Option<(Language, Sent)>,
    /// What stands in the way, where the query does not say it.
    pub(super) problem: Option<Problem>,
    /// What was typed and has no form any more.
    pub(super) unsaved: Vec<Unsaved>,
}

/// The page of an issue that has moved on, with what was typed meanwhile; where that is nothing, as after
/// any other form.
pub(super) async fn moved_on(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    problem: Problem,
    unsaved: Vec<Unsaved>,
) -> Result<Response, Failure> {
    if unsaved.is_empty() {
        let problem = ("problem", problem.code());
        return Ok(see_other(staff.reader.link(&path.url(), [problem])));
    }
    let shown = Shown {
        problem: Some(problem),
        unsaved,
        ..Shown::default()
    };
    let page = render(state, staff, path, shown).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    render(&state, &staff, &path, Shown::default()).await
}

/// The page.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    shown: Shown,
) -> Result<Response, Failure> {
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
    let names = store::staff::names(&mut conn).await?;
    let version = store::issue_contents::version(&mut conn, issue.id).await?;
    let editable = is_editable(staff, &issue);
    let rows = rows::Rows {
        staff,
        path,
        newsletter: &newsletter,
        snapshot: &snapshot,
        audience: &audience,
        names: &names,
        this_year: now.in_zone(newsletter.settings.zone).year(),
    };
    let known = issue.frozen_at.is_none().then_some(&audience);
    let view = ContentsView {
        head: IssueHead {
            found: checks::found(&mut conn, &issue).await?,
            ..head::with_audience(state, staff, &newsletter, &issue, known)
        },
        done: Done::from_code(path.query("done")),
        problem: shown
            .problem
            .or_else(|| Problem::from_code(path.query("problem"))),
        unsaved: shown.unsaved,
        editable,
        voids: voids(&issue),
        version,
        entries_url: format!("{}/entries", path.url()),
        add_url: format!("{}/add", path.url()),
        all_url: staff.reader.link(&path.url(), [("all", "1")]),
        texts: texts(state, &mut conn, staff, path, &issue, shown.words).await?,
        sections: rows.sections(&mut conn, &issue).await?,
        left_out: left_out::view(&mut conn, &rows, &issue, now).await?,
        preview: preview(state, &mut conn, staff, path, &issue, &audience, &snapshot).await,
        focus: Some(path.query("focus").to_owned()).filter(|focus| !focus.is_empty()),
    };
    let page = page(&desk, &view);
    Ok(([(CONTENT_SECURITY_POLICY, PAGE_WITH_FRAME)], page).into_response())
}

/// Whether this user may change the issue, in the state it has.
pub(super) fn is_editable(staff: &Staff, issue: &Issue) -> bool {
    staff.may(Right::Write) && issue.state.is_editable() && issue.frozen_at.is_none()
}

/// What a change of the issue takes away.
pub(super) const fn voids(issue: &Issue) -> Option<Voids> {
    match issue.state {
        IssueState::InReview => Some(Voids::Review),
        IssueState::Approved => Some(Voids::Approval),
        _ => None,
    }
}

/// The form for the words of the language that was asked for.
async fn texts(
    state: &WebState,
    conn: &mut Conn,
    staff: &Staff,
    path: &IssuePath,
    issue: &Issue,
    words: Option<(Language, Sent)>,
) -> Result<TextForm, Failure> {
    let stored = store::issue::texts(conn, issue.id).await?;
    let config = &state.app.config.languages;
    let asked = path
        .query("words")
        .parse()
        .ok()
        .filter(|one| config.offered.contains(one));
    let (language, sent) = match words {
        Some((language, sent)) => (language, Some(sent)),
        None => (asked.unwrap_or(config.default), None),
    };
    let own = stored.get(&language).cloned().unwrap_or_default();
    let (text, seen, errors) = match sent {
        Some(sent) => (sent.text, sent.seen, Some(sent.error)),
        None => (own.clone(), own, None),
    };
    let tabs = config.offered.iter().map(|language| LanguageTab {
        language: locale(*language),
        url: staff
            .reader
            .link(&path.url(), [("words", language.as_str())]),
        is_missing: is_missing(&stored, *language),
    });
    Ok(TextForm {
        url: format!("{}/words", path.url()),
        language: locale(language),
        subject: text.subject,
        introduction: text.introduction,
        seen: (seen.subject, seen.introduction),
        most: (MOST_SUBJECT, MOST_INTRODUCTION),
        languages: tabs.collect(),
        errors,
    })
}

/// Whether something is written in another language, and not in this one.
fn is_missing(stored: &BTreeMap<Language, IssueText>, language: Language) -> bool {
    let written = |pick: fn(&IssueText) -> &String| {
        let own = stored
            .get(&language)
            .is_some_and(|text| !pick(text).trim().is_empty());
        !own && stored.values().any(|text| !pick(text).trim().is_empty())
    };
    written(|text| &text.subject) || written(|text| &text.introduction)
}

/// The mail that most readers get; none where it cannot be shown.
pub(in crate::web::newsroom) async fn preview(
    state: &WebState,
    conn: &mut Conn,
    staff: &Staff,
    path: &IssuePath,
    issue: &Issue,
    audience: &Audience,
    snapshot: &Snapshot,
) -> Option<PreviewPane> {
    let most = audience.variants.first();
    let language = most.map_or(state.app.config.languages.default, |one| one.language);
    let topics = most.map_or(TopicSet::from_mask(i64::MAX), |one| one.topics);
    let mails = state.app.mails(conn, issue, snapshot, language).await;
    let variant = mails.ok()?.variant(topics).ok()?;
    let mask = topics.mask().to_string();
    let query = [("language", language.as_str()), ("topics", mask.as_str())];
    let url = path.url();
    let may = |right: Right, page: &str| {
        let page = staff.reader.link(&format!("{url}/{page}"), query);
        staff.may(right).then_some(page)
    };
    Some(PreviewPane {
        frame_url: staff.reader.link(&format!("{url}/mail"), query),
        variants_url: Some(staff.reader.link(&format!("{url}/variants"), query)),
        test_url: may(Right::Control, "test"),
        as_reader_url: may(Right::Write, "as-reader"),
        subject: variant.subject,
        language: locale(language),
        people: most.map_or(0, |one| one.readers),
        kilobytes: variant.html_bytes.div_ceil(1000),
    })
}
