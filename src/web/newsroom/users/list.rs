//! The list of users.

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::users::{UsersView, page};

use super::row;
use crate::store;
use crate::web::newsroom::login::query;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    uri: Uri,
) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Users).await?;
    let mut conn = state.app.read().await?;
    let users = store::staff::list(&mut conn).await?;
    drop(conn);
    let invited = query(&uri, "invited");
    let invited = users.iter().find(|user| user.uuid == invited);
    let view = UsersView {
        rows: users.iter().map(|user| row(&state, &staff, user)).collect(),
        invite_url: staff.reader.path("/newsroom/users/invite"),
        invited: invited.map(|user| user.name.clone()),
    };
    Ok(page(&desk, &view))
}
