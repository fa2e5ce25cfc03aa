//! Asking for a mail with a link: to log in, or to set a new password. The answer is the same for every
//! address, and takes as long.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::login_link::{LoginLinkView, page};

use super::PATH;
use crate::app::staff;
use crate::domain::address::Address;
use crate::domain::notice::NoticeKind;
use crate::web::newsroom::DoorForm;
use crate::web::newsroom::desk::newsroom_site;
use crate::web::{Failure, Reader, WebState};

/// Where a link to log in is asked for.
pub(in crate::web::newsroom) const LINK: &str = "/newsroom/login/link";
/// Where a link to set a password is asked for.
pub(super) const PASSWORD: &str = "/newsroom/login/password";

pub(super) async fn show_login(State(state): State<WebState>, reader: Reader) -> Markup {
    ask_page(&state, &reader, &view(&reader, NoticeKind::LoginLink))
}

pub(super) async fn show_password(State(state): State<WebState>, reader: Reader) -> Markup {
    ask_page(&state, &reader, &view(&reader, NoticeKind::PasswordLink))
}

pub(super) async fn submit_login(
    state: State<WebState>,
    reader: Reader,
    form: DoorForm,
) -> Result<Response, Failure> {
    submit(state, reader, form, NoticeKind::LoginLink).await
}

pub(super) async fn submit_password(
    state: State<WebState>,
    reader: Reader,
    form: DoorForm,
) -> Result<Response, Failure> {
    submit(state, reader, form, NoticeKind::PasswordLink).await
}

async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    DoorForm(form): DoorForm,
    kind: NoticeKind,
) -> Result<Response, Failure> {
    let floor = tokio::time::Instant::now() + state.answer_floor;
    let typed = form.one("email")?.trim().to_owned();
    let reader = reader.without_switcher();
    let Ok(email) = Address::parse(&typed) else {
        let view = LoginLinkView {
            email: typed,
            is_wrong: true,
            ..view(&reader, kind)
        };
        let page = ask_page(&state, &reader, &view);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    staff::ask(&state.app, &email, kind).await?;
    state.wake.notify_one();
    tokio::time::sleep_until(floor).await;
    let view = LoginLinkView {
        email: typed,
        is_sent: true,
        ..view(&reader, kind)
    };
    Ok(ask_page(&state, &reader, &view).into_response())
}

fn view(reader: &Reader, kind: NoticeKind) -> LoginLinkView {
    let sets_password = kind == NoticeKind::PasswordLink;
    LoginLinkView {
        action: reader.path(if sets_password { PASSWORD } else { LINK }),
        sets_password,
        email: String::new(),
        is_wrong: false,
        is_sent: false,
        login_url: reader.path(PATH),
    }
}

fn ask_page(state: &WebState, reader: &Reader, view: &LoginLinkView) -> Markup {
    page(&newsroom_site(state, reader), view)
}
