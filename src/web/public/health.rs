//! Whether this node can answer: for load balancers and service managers.

use axum::extract::State;
use axum::http::StatusCode;

use crate::store::installation;
use crate::web::WebState;

pub(super) async fn show(State(state): State<WebState>) -> (StatusCode, &'static str) {
    let answer = async {
        let mut conn = state.app.db.read().await?;
        installation::get(&mut conn, "health").await
    };
    match answer.await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not healthy: the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}
