//! The only place that turns failures into pages: what happened, what it means, what to do.

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use templates::pages::error::{ErrorKind, ErrorView, page};
use templates::pages::newsroom::failure::{FailureView, page as failure_page};

use super::site::site;
use super::{Reader, WebState, newsroom};
use crate::app;
use crate::store::StoreError;

/// Why a request gets an error page.
#[derive(Debug)]
pub enum Failure {
    /// The request could not be read.
    BadRequest,
    /// There is no such page.
    NotFound,
    /// The form came from another site, or from a session that has ended.
    ForeignForm,
    /// This user lacks the right.
    NotAllowed,
    /// The page does not support this method.
    MethodNotAllowed,
    /// The request is too large.
    TooLarge,
    /// The body is not a form.
    NotAForm,
    /// A form that is not one of ours.
    Unprocessable,
    /// The body of the request did not arrive in time.
    BodyTooSlow,
    /// Too many requests from one network; retry after this many seconds.
    TooOften(u64),
    /// Too many requests in total; retry after this many seconds.
    Overloaded(u64),
    /// The response took too long.
    TooSlow,
    /// An internal error.
    Internal,
    /// The database failed. Logged here, once; visitors get no details.
    Store(StoreError),
}

/// Marks a response that [`pages`] turns into a page.
#[derive(Clone, Copy)]
struct Unwritten(ErrorKind);

/// The default `Retry-After`, in seconds.
const LATER: u64 = 60;

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Store(error) => Self::Store(error),
            app::Error::Forbidden { .. } => Self::NotAllowed,
            error => {
                tracing::error!(%error, "a page could not be served");
                Self::Internal
            }
        }
    }
}

impl From<app::staff::StaffError> for Failure {
    fn from(error: app::staff::StaffError) -> Self {
        match error {
            app::staff::StaffError::Operation(error) => error.into(),
            app::staff::StaffError::TooOften(seconds) => Self::TooOften(seconds),
            error => {
                tracing::error!(%error, "a page could not be served");
                Self::Internal
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Failure {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::BadRequest => ErrorKind::BadRequest,
            Self::NotAForm => ErrorKind::NotAForm,
            Self::NotFound => ErrorKind::NotFound,
            Self::ForeignForm => ErrorKind::Forbidden,
            Self::NotAllowed => ErrorKind::NotAllowed,
            Self::MethodNotAllowed => ErrorKind::MethodNotAllowed,
            Self::TooLarge => ErrorKind::TooLarge,
            Self::Unprocessable => ErrorKind::Unprocessable,
            Self::BodyTooSlow => ErrorKind::RequestTimeout,
            Self::TooOften(_) => ErrorKind::TooManyRequests,
            // An unreadable row stays unreadable; other database errors may be temporary.
            Self::Internal | Self::Store(StoreError::Unreadable(_) | StoreError::Exists(_)) => {
                ErrorKind::Internal
            }
            Self::Overloaded(_) | Self::TooSlow | Self::Store(_) => ErrorKind::Unavailable,
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A response without a body; [`pages`] writes it.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(%error, "a page could not be served: the database failed");
        }
        let kind = self.kind();
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(Unwritten(kind));
        let later = match self {
            Self::TooOften(seconds) | Self::Overloaded(seconds) => Some(seconds),
            _ if kind == ErrorKind::Unavailable => Some(LATER),
            _ => None,
        };
        if let Some(seconds) = later {
            answer
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// Middleware: writes the page of every failure, in the visitor's language.
pub(super) async fn pages(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let reader = Reader::of(
        request.method(),
        request.uri(),
        request.headers(),
        &state.app.config.languages,
    );
    let path = request.uri().path();
    let in_newsroom = path == newsroom::HOME || path.starts_with("/newsroom/");
    let answer = next.run(request).await;
    let Some(Unwritten(kind)) = answer.extensions().get().copied() else {
        return answer;
    };
    // No language switcher: it would fetch this page again, which is impossible after a POST or for
    // a missing page.
    let reader = reader.without_switcher();
    let page = if in_newsroom {
        failure_page(&newsroom::site(&state, &reader), &FailureView { kind })
    } else {
        page(&site(&state, &reader), &ErrorView { kind })
    };
    let mut written = (answer.status(), page).into_response();
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&name) {
            written.headers_mut().insert(name, value.clone());
        }
    }
    written
}
