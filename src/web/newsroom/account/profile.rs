//! The account page; changing name and language.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::access_link::AccessProblem;
use templates::pages::newsroom::account::AccountDone;

use super::{ACCOUNT, Shown, render};
use crate::app::staff;
use crate::domain::language::Language;
use crate::web::newsroom::login::query;
use crate::web::newsroom::{Staff, StaffForm, person};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    uri: Uri,
) -> Result<Markup, Failure> {
    let done = match query(&uri, "done").as_str() {
        "saved" => Some(AccountDone::Saved),
        "password" => Some(AccountDone::Password),
        "removed" => Some(AccountDone::SecondFactorRemoved),
        "sessions" => Some(AccountDone::SessionsEnded),
        _ => None,
    };
    let shown = Shown {
        done,
        ..Shown::default()
    };
    render(&state, &staff, shown).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let typed = form.one("name")?.trim();
    let offered = &state.app.config.languages.offered;
    let language: Option<Language> = form.one("language")?.parse().ok();
    let language = language.filter(|language| offered.contains(language));
    let language = language.ok_or(Failure::Unprocessable)?;
    let Some(name) = person::name(typed) else {
        let shown = Shown {
            name: Some(typed.to_owned()),
            problems: vec![AccessProblem::Name],
            ..Shown::default()
        };
        let page = render(&state, &who, shown).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    staff::change_profile(&state.app, &who.session, &name, language).await?;
    Ok(see_other(format!("{ACCOUNT}?done=saved")))
}
