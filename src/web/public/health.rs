//! Whether this node can answer: for load balancers and service managers. `?full` says as JSON how
//! the installation is, for monitoring.

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::health;
use crate::store::{StoreError, installation};
use crate::web::WebState;

pub(super) async fn show(State(state): State<WebState>, RawQuery(query): RawQuery) -> Response {
    let full = query.as_deref() == Some("full");
    let answer = if full {
        self::full(&state).await
    } else {
        short(&state).await.map(IntoResponse::into_response)
    };
    answer.unwrap_or_else(|error| {
        tracing::error!(%error, "not healthy: the database does not answer");
        let status = StatusCode::SERVICE_UNAVAILABLE;
        (status, "the database does not answer\n").into_response()
    })
}

async fn short(state: &WebState) -> Result<&'static str, StoreError> {
    let mut conn = state.app.db.read().await?;
    installation::get(&mut conn, "health").await?;
    Ok("ok\n")
}

async fn full(state: &WebState) -> Result<Response, StoreError> {
    let mut conn = state.app.db.read().await?;
    let health = health::health(&mut conn, state.app.clock.now()).await?;
    let text = serde_json::to_string(&health).expect("invariant: plain numbers and names");
    let headers = [(header::CONTENT_TYPE, "application/json")];
    Ok((headers, text + "\n").into_response())
}
