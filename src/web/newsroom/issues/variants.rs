//! Every variant of an issue in every view.

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse as _, Response};
use templates::mails::issue::Detail;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::head::IssueHead;
use templates::pages::newsroom::issues::variants::{
    Content, VariantRow, VariantShown, VariantsView, View, page,
};

use super::choice::Choice;
use super::contents::PAGE_WITH_FRAME;
use super::head;
use super::path::IssuePath;
use crate::app::issues;
use crate::digest::audience;
use crate::digest::site::locale;
use crate::digest::variant::Variant;
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::mail::Personal;
use crate::domain::token::TOKEN_LEN;
use crate::domain::topic::TopicSet;
use crate::domain::user::Right;
use crate::store;
use crate::web::newsroom::{Staff, checks, desk};
use crate::web::{Failure, WebState};

/// Variants on a page of the table.
const ON_PAGE: usize = 50;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    let desk = desk(&state, &staff, Area::Issues).await?;
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
    let choice = Choice::of(&state, &path, &audience, &topics, snapshot.audience().0);
    let mails = state
        .app
        .mails(&mut conn, &issue, &snapshot, choice.language);
    let mails = mails.await;
    let found = checks::found(&mut conn, &issue).await?;
    drop(conn);
    let variant = mails.ok().and_then(|mails| mails.variant(choice.set).ok());
    let url = format!("{}/variants", path.url());
    let mask = choice.set.mask().to_string();
    let own = [
        ("language", choice.language.as_str()),
        ("topics", mask.as_str()),
    ];
    let may = |right, page: &str| {
        staff
            .may(right)
            .then(|| staff.reader.link(&format!("{}/{page}", path.url()), own))
    };
    let start: usize = path.query("from").parse().unwrap_or(0);
    let after = start.saturating_add(ON_PAGE);
    let turn = |from: usize| {
        staff.reader.link(
            &url,
            own.into_iter().chain([("from", from.to_string().as_str())]),
        )
    };
    let known = issue.frozen_at.is_none().then_some(&audience);
    let view = VariantsView {
        head: IssueHead {
            found,
            ..head::with_audience(&state, &staff, &newsletter, &issue, known)
        },
        languages: choice.languages(&state),
        sets: choice.sets(&staff),
        shown: variant.map(|variant| shown(&staff, &path, &choice, &variant)),
        rows: rows(&staff, &url, &choice, start),
        all: i64::try_from(audience.variants.len()).unwrap_or(i64::MAX),
        nothing: audience.nothing,
        before: (start > 0).then(|| turn(start.saturating_sub(ON_PAGE))),
        after: (after < audience.variants.len()).then(|| turn(after)),
        test_url: may(Right::Control, "test"),
        as_reader_url: may(Right::Write, "as-reader"),
        url,
    };
    let page = page(&desk, &view);
    Ok(([(CONTENT_SECURITY_POLICY, PAGE_WITH_FRAME)], page).into_response())
}

fn rows(staff: &Staff, url: &str, choice: &Choice<'_>, start: usize) -> Vec<VariantRow> {
    let variants = choice.audience.variants.iter().skip(start).take(ON_PAGE);
    let row = |one: &audience::VariantReaders| VariantRow {
        url: link(staff, url, one.language, one.topics, None),
        language: locale(one.language),
        topics: choice.names(staff, one.topics),
        people: one.readers,
        is_shown: one.language == choice.language && one.topics == choice.set,
    };
    variants.map(row).collect()
}

/// A page about one variant, in one view of it.
pub(super) fn link(
    staff: &Staff,
    url: &str,
    language: Language,
    topics: TopicSet,
    view: Option<View>,
) -> String {
    let mask = topics.mask().to_string();
    let own = [("language", language.as_str()), ("topics", mask.as_str())];
    let view = view.map(|view| ("view", view.code()));
    staff.reader.link(url, own.into_iter().chain(view))
}

fn shown(staff: &Staff, path: &IssuePath, choice: &Choice<'_>, variant: &Variant) -> VariantShown {
    let view = View::from_code(path.query("view"));
    let to = |page: &str, view| {
        link(
            staff,
            &format!("{}/{page}", path.url()),
            choice.language,
            choice.set,
            Some(view),
        )
    };
    VariantShown {
        subject: variant.subject.clone(),
        language: locale(choice.language),
        topics: choice.names(staff, choice.set),
        people: choice.people(),
        entries: variant.entries,
        kilobytes: variant.html_bytes.div_ceil(1000),
        is_shortened: variant.detail != Detail::Full,
        views: View::ALL
            .into_iter()
            .map(|view| (view, to("variants", view)))
            .collect(),
        view,
        content: match view {
            View::Text => Content::Text(variant.text()),
            View::Source => Content::Text(source(variant)),
            _ => Content::Frame(to("mail", view)),
        },
    }
}

/// The mail as it is sent. The personal links lead nowhere: they would be somebody's.
fn source(variant: &Variant) -> String {
    const NOBODY: [u8; TOKEN_LEN] = [b'-'; TOKEN_LEN];
    let Ok(reader) = Address::parse("leserin@example.org") else {
        return String::new();
    };
    let own = Personal {
        to: &reader,
        message_id: "preview@example.org",
        unsubscribe: &NOBODY,
        preferences: &NOBODY,
    };
    String::from_utf8_lossy(&variant.mail.personal(&own)).into_owned()
}
