//! One variant of an issue as a bare mail, for frames: nothing runs in it and nothing is loaded from
//! elsewhere.

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Response};

use super::path::IssuePath;
use crate::app::issues;
use crate::digest::variant::Variant;
use crate::domain::language::Language;
use crate::domain::topic::TopicSet;
use crate::store::Connection;
use crate::store::issue::Issue;
use crate::web::newsroom::Staff;
use crate::web::{Failure, WebState};

/// What a mail may do: be styled by itself, show pictures of this installation, and have its links
/// opened beside the frame.
const IN_FRAME: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'self'; \
                        frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

pub(super) async fn show(
    State(state): State<WebState>,
    _staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    let mut conn = state.app.read().await?;
    let (_, issue) = path.read(&mut conn).await?;
    let (language, topics) = asked(&path)?;
    let variant = variant(&state, &mut conn, &issue, language, topics).await?;
    let html = match path.query("view") {
        "dark" => dark(&variant.html()),
        _ => variant.html(),
    };
    let policy = if path.query("view") == "no-images" {
        IN_FRAME.to_owned()
    } else {
        // Pictures in mails have public addresses; this page may have been asked for by another.
        let public = state.app.config.server.public_url.origin();
        let public = public.ascii_serialization();
        format!("{IN_FRAME}; img-src 'self' data: {public}")
    };
    Ok((
        [(CONTENT_SECURITY_POLICY, policy)],
        Html(links_beside(&html)),
    )
        .into_response())
}

/// The variant that the query names.
pub(super) fn asked(path: &IssuePath) -> Result<(Language, TopicSet), Failure> {
    let language = path
        .query("language")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let topics = match path.query("topics") {
        "" => i64::MAX,
        text => text.parse().map_err(|_| Failure::NotFound)?,
    };
    Ok((language, TopicSet::from_mask(topics)))
}

/// A variant of the issue as it would be sent now, or was sent.
pub(super) async fn variant(
    state: &WebState,
    conn: &mut impl Connection,
    issue: &Issue,
    language: Language,
    topics: TopicSet,
) -> Result<Variant, Failure> {
    let now = state.app.clock.now();
    let snapshot = issues::content(conn, issue, now)
        .await
        .map_err(super::compose::failure)?;
    let mails = state.app.mails(conn, issue, &snapshot, language).await;
    let unusable = |error: &dyn std::fmt::Display| {
        tracing::warn!(%error, issue = issue.id, "a variant cannot be shown");
        Failure::NotFound
    };
    let mails = mails.map_err(|error| unusable(&error))?;
    mails.variant(topics).map_err(|error| unusable(&error))
}

/// Has links open beside the frame, as mail programs do.
fn links_beside(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}

/// The mail as programs in dark colours show it: the rules of its style sheet for them hold.
fn dark(html: &str) -> String {
    html.replace("(prefers-color-scheme:dark)", "all")
        .replace("(prefers-color-scheme: dark)", "all")
}
