//! Setting up the second factor, its recovery codes, and removing it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use qrcodegen::{QrCode, QrCodeEcc};
use templates::pages::newsroom::access_link::AccessProblem;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::second_factor::{
    SecondFactorStep, SecondFactorView, WrongCode, page,
};

use super::{ACCOUNT, SECOND_FACTOR, Shown, render};
use crate::app::staff::{self, NewCodes, Offered, SetUp, StaffError};
use crate::domain::recovery_code::RecoveryCode;
use crate::web::newsroom::{Staff, StaffForm, cookie, desk};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn show(State(state): State<WebState>, who: Staff) -> Result<Markup, Failure> {
    let offered = staff::offer(&state.app, &who.user)?;
    secret_page(&state, &who, &offered, None).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let offered = staff::offered(&state.app, &who.user, form.one("sealed")?)?;
    let offered = offered.ok_or(Failure::Unprocessable)?;
    let (code, former) = (form.one("code")?, form.one("former")?);
    let wrong = match staff::set_up(&state.app, &who.session, &offered, code, former).await? {
        SetUp::Done(new) => return codes_page(&state, &who, &new, false).await,
        SetUp::Wrong => WrongCode::New,
        SetUp::FormerWrong => WrongCode::Former,
    };
    let page = secret_page(&state, &who, &offered, Some(wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) async fn renew(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let code = form.one("code")?;
    match staff::renew_codes(&state.app, &who.session, code).await? {
        Some(new) => codes_page(&state, &who, &new, true).await,
        None => wrong_code(&state, &who).await,
    }
}

pub(super) async fn remove(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    match staff::remove(&state.app, &who.session, form.one("code")?).await {
        Ok(Some(opened)) => {
            let answer = see_other(format!("{ACCOUNT}?done=removed"));
            Ok(cookie::with(answer, &opened, &state))
        }
        Ok(None) => wrong_code(&state, &who).await,
        Err(StaffError::SecondFactorRequired) => Err(Failure::NotAllowed),
        Err(error) => Err(error.into()),
    }
}

async fn wrong_code(state: &WebState, who: &Staff) -> Result<Response, Failure> {
    let shown = Shown {
        problems: vec![AccessProblem::Code],
        ..Shown::default()
    };
    let page = render(state, who, shown).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn secret_page(
    state: &WebState,
    who: &Staff,
    offered: &Offered,
    wrong: Option<WrongCode>,
) -> Result<Markup, Failure> {
    let organisation = &state.app.config.organisation.name;
    let uri = offered.secret.uri(organisation, &who.user.email.display());
    let required = staff::is_required(&state.app, &who.user);
    let step = SecondFactorStep::Secret {
        action: SECOND_FACTOR.to_owned(),
        qr: qr(&uri),
        secret: offered.secret.reveal(),
        sealed: offered.sealed.clone(),
        is_required: required && who.user.second_factor_since.is_none(),
        replaces: who.user.second_factor_since.is_some(),
        wrong,
    };
    step_page(state, who, step).await
}

async fn codes_page(
    state: &WebState,
    who: &Staff,
    new: &NewCodes,
    is_same_factor: bool,
) -> Result<Response, Failure> {
    let step = SecondFactorStep::Codes {
        codes: new.codes.iter().map(RecoveryCode::reveal).collect(),
        is_same_factor,
    };
    let page = step_page(state, who, step).await?;
    Ok(cookie::with(page.into_response(), &new.opened, state))
}

async fn step_page(
    state: &WebState,
    who: &Staff,
    step: SecondFactorStep,
) -> Result<Markup, Failure> {
    let desk = desk(state, who, Area::Account).await?;
    let view = SecondFactorView {
        account_url: who.reader.path(ACCOUNT),
        step,
    };
    Ok(page(&desk, &view))
}

/// The QR code of a text; nothing where the text is too long for one: the secret is there to type.
fn qr(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Low) else {
        return Vec::new();
    };
    let row = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
    (0..code.size()).map(row).collect()
}
