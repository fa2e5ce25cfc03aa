//! Who releases the issues of a newsletter, and whether it is in trial.

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::review::ready::{ReadyView, SenderState};
use templates::pages::newsroom::review::settings::{
    ApprovalChoice, ReleaseSettingsView, SettingsDone, page,
};

use crate::app::lookup::{self, LookupError};
use crate::app::newsletters::{self, Changes, NewsletterError};
use crate::app::readiness;
use crate::domain::newsletter::{Approval, Newsletter, ReviewSettings};
use crate::store;
use crate::web::newsroom::review::dns::dns;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

const LIST: &str = "/newsroom/newsletters";

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(key): Path<String>,
    uri: Uri,
) -> Result<Markup, Failure> {
    let newsletter = newsletter(&state, &key).await?;
    let done = match uri.query().unwrap_or_default() {
        query if query.contains("done=saved") => Some(SettingsDone::Saved),
        query if query.contains("done=asked") => Some(SettingsDone::Asked),
        query if query.contains("done=checked") => Some(SettingsDone::Checked),
        query if query.contains("done=looked") => Some(SettingsDone::Looked),
        _ => None,
    };
    let given = Given::stored(&state, &newsletter).await?;
    render(&state, &staff, &newsletter, given, done).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    Path(key): Path<String>,
    form: StaffForm,
) -> Result<Response, Failure> {
    let newsletter = newsletter(&state, &key).await?;
    match form.all("do").next() {
        None => {}
        Some("ask") => {
            let (app, actor) = (&state.app, &staff.actor());
            let asked = readiness::ask_sender(app, actor, &key, staff.language).await;
            asked.map_err(failure)?;
            return Ok(see_other(
                staff.reader.link(&url(&key), [("done", "asked")]),
            ));
        }
        Some("look") => {
            let looked = readiness::look_up(&state.app, &staff.actor(), &key).await;
            looked.map_err(failure)?;
            return Ok(see_other(
                staff.reader.link(&url(&key), [("done", "looked")]),
            ));
        }
        Some("check") => {
            let (app, actor) = (&state.app, &staff.actor());
            let checked = readiness::confirm_sender(app, actor, &key, form.one("code")?).await;
            if checked.map_err(failure)? {
                return Ok(see_other(
                    staff.reader.link(&url(&key), [("done", "checked")]),
                ));
            }
            let mut given = Given::stored(&state, &newsletter).await?;
            given.wrong = Some(Wrong::Code);
            let page = render(&state, &staff, &newsletter, given, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Some(_) => return Err(Failure::Unprocessable),
    }
    let field = |name: &str| form.all(name).next().unwrap_or_default().trim().to_owned();
    let approval: Approval = field("approval")
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let (from, trial) = (field("four-eyes-from"), field("trial") == "yes");
    let press_distance = field("press-distance") == "yes";
    let number = match from.as_str() {
        "" => Some(None),
        text => text.parse().ok().filter(|from| *from > 0).map(Some),
    };
    let Some(four_eyes_from) = number else {
        let given = Given {
            approval,
            from,
            trial,
            press_distance,
            wrong: Some(Wrong::Number),
        };
        let page = render(&state, &staff, &newsletter, given, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let review = ReviewSettings {
        four_eyes_from,
        trial,
    };
    let changes = |_: &_| Changes {
        review: Some((approval, review)),
        press_distance: Some(press_distance),
        ..Changes::default()
    };
    let saved = newsletters::change(&state.app, &staff.actor(), &key, changes).await;
    saved.map_err(failure)?;
    Ok(see_other(
        staff.reader.link(&url(&key), [("done", "saved")]),
    ))
}

fn failure(error: NewsletterError) -> Failure {
    match error {
        NewsletterError::Operation(error) => error.into(),
        NewsletterError::Unknown(_) => Failure::NotFound,
        error => {
            tracing::error!(%error, "a newsletter could not be changed");
            Failure::Internal
        }
    }
}

/// What stands in the form.
struct Given {
    approval: Approval,
    from: String,
    trial: bool,
    press_distance: bool,
    wrong: Option<Wrong>,
}

/// What of it cannot be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    /// The number of people.
    Number,
    /// The code.
    Code,
}

impl Given {
    /// What is stored.
    async fn stored(state: &WebState, newsletter: &Newsletter) -> Result<Self, Failure> {
        let settings = &newsletter.settings;
        let from = settings.review.four_eyes_from;
        let mut conn = state.app.read().await?;
        Ok(Self {
            approval: settings.approval,
            from: from.map_or_else(String::new, |from| from.to_string()),
            trial: settings.review.trial,
            press_distance: store::check::press_distance(&mut conn, newsletter.id).await?,
            wrong: None,
        })
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    newsletter: &Newsletter,
    given: Given,
    done: Option<SettingsDone>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Newsletters).await?;
    let mut conn = state.app.read().await?;
    let settings = &newsletter.settings;
    let readiness = readiness::readiness(&state.app, &mut conn, newsletter).await?;
    let check = match &readiness {
        _ if given.wrong == Some(Wrong::Code) => SenderState::Wrong,
        ready if ready.sender_checked.is_some() => SenderState::Checked,
        ready if ready.sender_asked => SenderState::Asked,
        _ => SenderState::Open,
    };
    let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let ready = ReadyView {
        imprint: owned(&readiness.imprint),
        privacy: owned(&readiness.privacy),
        sender: settings.sender_address.display(),
        check,
        domain: settings.sender_address.domain().to_owned(),
        signed: readiness.signed,
        dns: readiness.dns.map(|found| dns(&found, settings.zone)),
        administrators: readiness.administrators >= 2,
    };
    let view = ReleaseSettingsView {
        url: url(&settings.key),
        list_url: staff.reader.path(LIST),
        newsletter: settings.text(staff.language).name.clone(),
        approval: match given.approval {
            Approval::Automatic => ApprovalChoice::Automatic,
            Approval::Required => ApprovalChoice::Required,
            Approval::FourEyes => ApprovalChoice::FourEyes,
        },
        four_eyes_from: given.from,
        is_wrong: given.wrong == Some(Wrong::Number),
        trial: given.trial,
        press_distance: given.press_distance,
        staff_readers: store::subscription::count_staff(&mut conn, newsletter.id).await?,
        done,
        ready,
    };
    Ok(page(&desk, &view))
}

fn url(key: &str) -> String {
    format!("{LIST}/{key}/release")
}

/// The newsletter of this key; [`Failure::NotFound`] where there is none.
async fn newsletter(state: &WebState, key: &str) -> Result<Newsletter, Failure> {
    match lookup::newsletter(&mut state.app.read().await?, key).await {
        Ok(found) => Ok(found),
        Err(LookupError::Store(error)) => Err(error.into()),
        Err(_) => Err(Failure::NotFound),
    }
}
