//! After the form: “look into your mailbox”. It knows nothing of the address, so it gives nothing away.

use axum::extract::State;
use maud::Markup;
use templates::pages::subscribe_sent::{SubscribeSentView, page};

use crate::domain::address::Address;
use crate::web::site::site;
use crate::web::{Reader, WebState};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Markup {
    let view = SubscribeSentView {
        confirm_within_days: state.confirm_within_days(),
        sender_address: state
            .notice_sender()
            .map(Address::display)
            .unwrap_or_default(),
    };
    page(&site(&state, &reader), &view)
}
