//! What went wrong with a request: what happened, what it means, what to do.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// A request that was not carried out.
#[derive(Debug, Clone)]
pub struct ErrorView {
    /// What went wrong.
    pub kind: ErrorKind,
}

/// The kinds of errors a visitor can meet, by their HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 400: the request could not be read.
    BadRequest,
    /// 403: the form came from another site.
    Forbidden,
    /// 403: this user lacks the right.
    NotAllowed,
    /// 404: there is no such page.
    NotFound,
    /// 405: the page exists, but not for this method.
    MethodNotAllowed,
    /// 408: the body of the request did not arrive in time.
    RequestTimeout,
    /// 413: more was sent than is accepted.
    TooLarge,
    /// 415: the body is not a form.
    NotAForm,
    /// 422: the form could not be understood.
    Unprocessable,
    /// 429: too many requests from one network.
    TooManyRequests,
    /// 500: our fault.
    Internal,
    /// 503: starting, stopping or overloaded.
    Unavailable,
}

impl ErrorKind {
    /// The kind for an HTTP status; `None` when no page exists for it.
    pub const fn from_status(status: u16) -> Option<Self> {
        Some(match status {
            400 => Self::BadRequest,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::RequestTimeout,
            413 => Self::TooLarge,
            415 => Self::NotAForm,
            422 => Self::Unprocessable,
            429 => Self::TooManyRequests,
            500 => Self::Internal,
            503 => Self::Unavailable,
            _ => return None,
        })
    }

    /// Its HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden | Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::TooLarge => 413,
            Self::NotAForm => 415,
            Self::Unprocessable => 422,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// The keys of its title and its text.
pub(crate) const fn words(kind: ErrorKind) -> (&'static str, &'static str) {
    match kind {
        ErrorKind::BadRequest => ("error-400-title", "error-400-text"),
        ErrorKind::Forbidden => ("error-403-title", "error-403-text"),
        ErrorKind::NotAllowed => ("error-right-title", "error-right-text"),
        ErrorKind::NotFound => ("error-404-title", "error-404-text"),
        ErrorKind::MethodNotAllowed => ("error-405-title", "error-405-text"),
        ErrorKind::RequestTimeout => ("error-408-title", "error-408-text"),
        ErrorKind::TooLarge => ("error-413-title", "error-413-text"),
        ErrorKind::NotAForm => ("error-415-title", "error-415-text"),
        ErrorKind::Unprocessable => ("error-422-title", "error-422-text"),
        ErrorKind::TooManyRequests => ("error-429-title", "error-429-text"),
        ErrorKind::Internal => ("error-500-title", "error-500-text"),
        ErrorKind::Unavailable => ("error-503-title", "error-503-text"),
    }
}

/// Renders the page.
pub fn page(site: &Site, view: &ErrorView) -> Markup {
    let t = site.locale;
    let (title, text) = words(view.kind);
    let body = html! {
        p class="lead" { (t.say(text)) }
        (components::button_link(&site.links.home, &t.say("error-back")))
        p class="small muted" {
            (t.fill("error-status", [("status", view.kind.status().to_string().into())]))
            @if let Some(email) = &site.imprint.email {
                " · " (t.say("error-contact")) " "
                (components::paragraph_link(&format!("mailto:{email}"), email))
            }
        }
    };
    layout::frame(site, &Page::personal(t.say(title)), &body)
}

impl Sample for ErrorView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let all = [
            ("400", ErrorKind::BadRequest),
            ("403", ErrorKind::Forbidden),
            ("403-right", ErrorKind::NotAllowed),
            ("404", ErrorKind::NotFound),
            ("405", ErrorKind::MethodNotAllowed),
            ("408", ErrorKind::RequestTimeout),
            ("413", ErrorKind::TooLarge),
            ("415", ErrorKind::NotAForm),
            ("422", ErrorKind::Unprocessable),
            ("429", ErrorKind::TooManyRequests),
            ("500", ErrorKind::Internal),
            ("503", ErrorKind::Unavailable),
        ];
        all.map(|(name, kind)| (name, Self { kind })).into()
    }
}
