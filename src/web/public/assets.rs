//! Stylesheet and logo, under names that change with their content.

use axum::extract::{RawPathParams, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    params: RawPathParams,
) -> Result<Response, Failure> {
    let name = params.iter().next().map(|(_, name)| name);
    let asset = state
        .assets
        .iter()
        .find(|asset| Some(asset.name.as_str()) == name);
    let asset = asset.ok_or(Failure::NotFound)?;
    let headers = [
        (CONTENT_TYPE, asset.content_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes.clone()).into_response())
}
