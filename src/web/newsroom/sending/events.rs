//! The figures of an issue as server-sent events (HTML §9.2), while it is being sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse as _, Response};
use chrono_tz::Tz;
use hyper::body::Frame;
use templates::Locale;
use templates::pages::newsroom::sending::fragment;
use tokio::sync::mpsc;

use super::figures::figures;
use crate::domain::issue::IssueState;
use crate::shutdown::Shutdown;
use crate::store;
use crate::web::newsroom::Staff;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::{Failure, WebState};

/// How often figures are sent.
const EVERY: Duration = Duration::from_secs(2);
/// A stream ends after this time and the browser opens another one: so it ends with the session, and
/// no proxy has to hold it for long.
const LONGEST: Duration = Duration::from_mins(1);

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    shutdown: Option<Extension<Shutdown>>,
) -> Result<Response, Failure> {
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    drop(conn);
    let Some(permit) = state.watchers.stream() else {
        // The browser asks no more, and the page says when it was made.
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let (out, body) = mpsc::channel(1);
    let stream = Stream {
        state,
        issue: issue.id,
        zone: newsletter.settings.zone,
        locale: staff.locale(),
        out,
    };
    let shutdown = shutdown.map_or_else(Shutdown::new, |Extension(shutdown)| shutdown);
    tokio::spawn(async move {
        let bounded = tokio::time::timeout(LONGEST, stream.run());
        let _ = Box::pin(shutdown.unless_asked(bounded)).await;
        drop(permit);
    });
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        // nginx would collect what is sent.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::new(Events(body))).into_response())
}

/// What is sent to one browser.
struct Stream {
    state: WebState,
    issue: i64,
    zone: Tz,
    locale: Locale,
    out: mpsc::Sender<Bytes>,
}

impl Stream {
    /// Sends figures until the issue is in another state, or nobody reads them any more.
    async fn run(self) {
        loop {
            let event = match self.next().await {
                Ok(event) => event,
                Err(error) => {
                    tracing::warn!(%error, "the figures of an issue could not be read");
                    return;
                }
            };
            let is_last = event.is_none();
            let event = event.unwrap_or_else(|| event_of("moved", "-"));
            if self.out.send(Bytes::from(event)).await.is_err() || is_last {
                return;
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// The next event; none where the issue is not being sent any more.
    async fn next(&self) -> Result<Option<String>, store::StoreError> {
        let app = &self.state.app;
        let issue = store::issue::by_id(&mut app.read().await?, self.issue).await?;
        let Some(issue) = issue.filter(|issue| issue.state == IssueState::Sending) else {
            return Ok(None);
        };
        let watched = self.state.watchers.figures(app, &issue).await?;
        let parts = fragment(self.locale, &figures(&watched, self.zone));
        Ok(Some(event_of("figures", &parts.into_string())))
    }
}

/// One event; each line of the data has its name before it.
fn event_of(name: &str, data: &str) -> String {
    let mut event = format!("event: {name}\n");
    for line in data.split(['\n', '\r']) {
        event.push_str("data: ");
        event.push_str(line);
        event.push('\n');
    }
    event.push('\n');
    event
}

/// The body of the response: what the other end of the channel is given.
struct Events(mpsc::Receiver<Bytes>);

impl HttpBody for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0
            .poll_recv(cx)
            .map(|next| next.map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::event_of;

    #[test]
    fn no_line_of_the_data_is_taken_for_another_field() {
        assert_eq!(
            event_of("figures", "<p>\nevent: moved\r</p>"),
            "event: figures\ndata: <p>\ndata: event: moved\ndata: </p>\n\n"
        );
    }
}
