//! The start page: what needs somebody now.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::start::{StartView, page};

use super::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(State(state): State<WebState>, staff: Staff) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Start).await?;
    Ok(page(&desk, &StartView {}))
}
