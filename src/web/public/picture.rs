//! The files of pictures, which pages and mails show: the same address for every reader, and the same
//! bytes for ever.

use axum::extract::{RawPathParams, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use crate::domain::picture::parse_file_name;
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    params: RawPathParams,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let name = params.iter().next().map_or("", |(_, name)| name);
    let (hash, variant) = parse_file_name(name).ok_or(Failure::NotFound)?;
    let etag = format!("\"{hash}-{variant}\"");
    let kept = (CACHE_CONTROL, "public, max-age=31536000, immutable");
    let read = state.app.picture_files().read(&hash, variant).await;
    let bytes = read.map_err(|error| {
        tracing::error!(%error, "a picture could not be read; check [pictures] folder");
        Failure::Internal
    })?;
    let bytes = bytes.ok_or(Failure::NotFound)?;
    if is_known(&headers, &etag) {
        let headers = [kept, (ETAG, &etag)];
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let headers = [kept, (ETAG, &etag), (CONTENT_TYPE, "image/jpeg")];
    Ok((headers, bytes).into_response())
}

/// Whether the browser has this picture already (RFC 9110, section 13.1.2).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag || tag == "*")
}
