//! One line per request: method, route, status, time. No path, because it may contain a token, no
//! query and no client.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Middleware: writes the line when the response is known.
pub(super) async fn write(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answer = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        %method,
        route,
        status = answer.status().as_u16(),
        milliseconds,
        "answered {method} {route}"
    );
    answer
}
