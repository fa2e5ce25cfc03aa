//! The one place where failures become pages: what happened, what it means, what to do.

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use templates::pages::error::{ErrorKind, ErrorView, page};

use super::site::site;
use super::{Reader, WebState};
use crate::store::StoreError;

/// Why a request is not answered as hoped for.
#[derive(Debug)]
pub enum Failure {
    /// The request could not be read.
    BadRequest,
    /// There is no such page.
    NotFound,
    /// The page exists, but not for this method.
    MethodNotAllowed,
    /// More was sent than is taken.
    TooLarge,
    /// It is no form.
    NotAForm,
    /// A form that no page of ours makes.
    Unprocessable,
    /// Too often from one place, or by everybody together; after so many seconds it may work.
    TooOften(u64),
    /// It took too long.
    TooSlow,
    /// Our fault.
    Internal,
    /// The database said no. Logged here, once; visitors are told nothing about it.
    Store(StoreError),
}

/// Says that an answer is still to become a page.
#[derive(Clone, Copy)]
struct Unwritten(ErrorKind);

/// How many seconds later it may go better when we cannot know.
const LATER: u64 = 60;

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
            Self::MethodNotAllowed => ErrorKind::MethodNotAllowed,
            Self::TooLarge => ErrorKind::TooLarge,
            Self::Unprocessable => ErrorKind::Unprocessable,
            Self::TooOften(_) => ErrorKind::TooManyRequests,
            // A row that cannot be understood stays so; everything else a database says may pass.
            Self::Internal | Self::Store(StoreError::Unreadable(_) | StoreError::Exists(_)) => {
                ErrorKind::Internal
            }
            Self::TooSlow | Self::Store(_) => ErrorKind::Unavailable,
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An answer without a body; [`pages`] writes it.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(%error, "a page could not be answered for the database");
        }
        let kind = self.kind();
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(Unwritten(kind));
        let later = match self {
            Self::TooOften(seconds) => Some(seconds),
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
        &state.config.languages,
    );
    let answer = next.run(request).await;
    let Some(Unwritten(kind)) = answer.extensions().get().copied() else {
        return answer;
    };
    // The switcher would lead back here; for a page that is not there it leads nowhere.
    let page = page(
        &site(&state, &reader.without_switcher()),
        &ErrorView { kind },
    );
    let mut written = (answer.status(), page).into_response();
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&name) {
            written.headers_mut().insert(name, value.clone());
        }
    }
    written
}
