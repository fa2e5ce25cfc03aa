//! An issue as one reader gets it: the address is asked for by a form, so that no log has it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::as_reader::{AsReaderView, Found, OneReader, page};

use super::choice::Choice;
use super::contents::PAGE_WITH_FRAME;
use super::head::head;
use super::path::IssuePath;
use super::variants::link;
use crate::app::issues::{self, ReaderOfIssue};
use crate::digest::site::locale;
use crate::domain::address::Address;
use crate::store;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    render(&state, &staff, &path, String::new(), None).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let typed = form.one("address")?.trim();
    let Ok(address) = Address::parse(typed) else {
        let typed = typed.chars().take(254).collect();
        let page = render(&state, &staff, &path, typed, Some(Found::NoAddress)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let reader = issues::view_as(&state.app, &staff.actor(), &path.name, &address).await;
    let reader = reader.map_err(super::compose::failure)?;
    let found = match reader {
        Some(reader) => variant(&state, &staff, &path, &address, reader).await?,
        None => Found::Nobody(address.masked()),
    };
    let page = render(&state, &staff, &path, String::new(), Some(found)).await?;
    Ok(([(CONTENT_SECURITY_POLICY, PAGE_WITH_FRAME)], page).into_response())
}

/// What this reader gets.
async fn variant(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    address: &Address,
    reader: ReaderOfIssue,
) -> Result<Found, Failure> {
    let mut conn = state.app.read().await?;
    let (_, issue) = path.read(&mut conn).await?;
    let now = state.app.clock.now();
    let snapshot = issues::content(&mut conn, &issue, now)
        .await
        .map_err(super::compose::failure)?;
    let (told, for_everyone) = snapshot.audience();
    let audience = state
        .app
        .readers(&mut conn, issue.newsletter, (told, for_everyone))
        .await?;
    let topics = store::topic::list(&mut conn).await?;
    let choice = Choice {
        audience: &audience,
        topics: &topics,
        told,
        language: reader.language,
        set: reader.topics.and(told),
    };
    let masked = address.masked();
    if choice.set.is_empty() && !for_everyone {
        return Ok(Found::Nothing(masked));
    }
    let mails = state
        .app
        .mails(&mut conn, &issue, &snapshot, choice.language);
    let mails = mails.await;
    let Some(variant) = mails.ok().and_then(|mails| mails.variant(choice.set).ok()) else {
        return Ok(Found::Nothing(masked));
    };
    let to = |page: &str| {
        link(
            staff,
            &format!("{}/{page}", path.url()),
            choice.language,
            choice.set,
            None,
        )
    };
    Ok(Found::Variant(Box::new(OneReader {
        address: masked,
        language: locale(choice.language),
        topics: choice.names(staff, choice.set),
        people: choice.people(),
        subject: variant.subject,
        frame_url: to("mail"),
        variants_url: to("variants"),
    })))
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    address: String,
    found: Option<Found>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    drop(conn);
    let view = AsReaderView {
        head: head(state, staff, &newsletter, &issue).await?,
        url: format!("{}/as-reader", path.url()),
        address,
        found,
    };
    Ok(page(&desk, &view))
}
