//! Verifying the log: reads all of it, so it is asked for by a button.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::audit::VerifiedView;

use super::filter::Asked;
use super::list::render;
use crate::app::audit;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    _: StaffForm,
) -> Result<Markup, Failure> {
    let mut conn = state.app.read().await?;
    let verified = audit::verify(&mut conn, None).await?;
    drop(conn);
    let view = VerifiedView {
        lines: verified.lines,
        removed_until: verified.removed_until,
        head: verified.head,
        broken: verified.broken.map(|broken| broken.seq),
    };
    render(&state, &staff, &Asked::default(), (Some(view), false)).await
}
