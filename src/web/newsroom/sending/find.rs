//! “Did they get it?” The address is posted: it stands in no link and no log.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono_tz::Tz;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::sending::find::{AnswerView, FateView, FindView, issue_name, page};

use super::figures::{local, said};
use super::{refused, url};
use crate::app::deliveries::{self, AskedDeliveries};
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::delivery::Delivery;
use crate::store::delivery_report::Fate;
use crate::web::newsroom::issues::head::head;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState};

/// What was typed, and what came of it.
#[derive(Default)]
struct Asked {
    address: String,
    is_wrong: bool,
    answer: Option<(Address, AskedDeliveries)>,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    render(&state, &staff, &path, Asked::default()).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let typed = form.one("address")?.trim().to_owned();
    let Ok(address) = Address::parse(&typed) else {
        let asked = Asked {
            address: typed,
            is_wrong: true,
            answer: None,
        };
        let page = render(&state, &staff, &path, asked).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let found = deliveries::ask(&state.app, &staff.actor(), &address, &path.name).await;
    match found {
        Ok(found) => {
            let asked = Asked {
                address: typed,
                is_wrong: false,
                answer: Some((address, found)),
            };
            Ok(render(&state, &staff, &path, asked).await?.into_response())
        }
        Err(error) => refused(&staff, &path, error),
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    asked: Asked,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let newsletters = store::newsletter::list(&mut conn).await?;
    drop(conn);
    let zone = newsletter.settings.zone;
    let answer = asked.answer.map(|(address, found)| AnswerView {
        masked_address: address.masked(),
        said: in_ledger(&found.fate).and_then(words),
        fate: fate(&found.fate, zone),
        latest: found
            .latest
            .iter()
            .map(|(name, delivery)| latest(staff, &newsletters, name, delivery, zone))
            .collect(),
    });
    let view = FindView {
        head: head(state, staff, &newsletter, &issue).await?,
        action: format!("{}/find", url(path)),
        address: asked.address,
        is_wrong: asked.is_wrong,
        answer,
    };
    Ok(page(&desk, &view))
}

fn latest(
    staff: &Staff,
    newsletters: &[Newsletter],
    name: &IssueName,
    delivery: &Delivery,
    zone: Tz,
) -> (String, String, FateView, Option<String>) {
    let url = format!(
        "{}/{}/{}/sending",
        crate::web::newsroom::issues::LIST,
        name.newsletter,
        name.number
    );
    let fate = of_delivery(delivery, zone);
    let of = newsletters
        .iter()
        .find(|one| one.settings.key == name.newsletter);
    let newsletter = of.map_or("", |one| one.settings.text(staff.language).name.as_str());
    (
        issue_name(staff.locale(), newsletter, name.number),
        staff.reader.path(&url),
        fate,
        words(delivery),
    )
}

const fn in_ledger(fate: &Fate) -> Option<&Delivery> {
    match fate {
        Fate::InLedger(delivery) => Some(delivery),
        _ => None,
    }
}

fn words(delivery: &Delivery) -> Option<String> {
    said(
        delivery.reply_code,
        delivery.reply_status.as_deref(),
        delivery.reply.as_deref(),
    )
}

fn fate(fate: &Fate, zone: Tz) -> FateView {
    let local = |at: Timestamp| local(at, zone);
    match fate {
        Fate::InLedger(delivery) => of_delivery(delivery, zone),
        Fate::NotFrozen => FateView::NotSentYet,
        Fate::Unknown => FateView::Unknown,
        Fate::NotKept => FateView::NotKept,
        Fate::NeverSubscribed => FateView::NeverSubscribed,
        Fate::SubscribedLater(at) => FateView::SubscribedLater(local(*at)),
        Fate::LeftBefore(at) => FateView::LeftBefore(local(*at)),
        Fate::NothingForThem => FateView::NothingForThem,
        Fate::Inactive(_) => FateView::Inactive,
        Fate::ChangedSince => FateView::ChangedSince,
    }
}

fn of_delivery(delivery: &Delivery, zone: Tz) -> FateView {
    let local = |at: Timestamp| local(at, zone);
    let class = delivery.class.map(|class| class.as_str().to_owned());
    let at = delivery.finished_at.or(delivery.started_at).map(local);
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Leased if delivery.attempts == 0 => {
            FateView::Waiting
        }
        DeliveryState::Queued | DeliveryState::Leased => {
            FateView::Deferred(class, delivery.attempts, local(delivery.next_attempt_at))
        }
        DeliveryState::Started => FateView::OnTheWay,
        DeliveryState::Sent => at.map_or(FateView::OnTheWay, FateView::Sent),
        DeliveryState::Failed => FateView::Failed(at, class),
        DeliveryState::Uncertain => FateView::Uncertain(at),
        DeliveryState::Left => FateView::Left(at),
        DeliveryState::Cancelled => FateView::Cancelled,
    }
}
