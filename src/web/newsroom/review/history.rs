//! The history of an issue.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::review::history::{HistoryView, page};

use super::events::Namer;
use crate::app::issues::review;
use crate::store;
use crate::web::newsroom::issues::head::head;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let history = review::history(&mut conn, &path.name, &issue).await?;
    let names = store::staff::names(&mut conn).await?;
    drop(conn);
    let zone = newsletter.settings.zone;
    let people_names = Namer {
        names: &names,
        zone,
        locale: staff.locale(),
    };
    let view = HistoryView {
        head: head(&state, &staff, &newsletter, &issue).await?,
        today: state.app.clock.now().in_zone(zone).date_naive(),
        events: people_names.events(history),
    };
    Ok(page(&desk, &view))
}
