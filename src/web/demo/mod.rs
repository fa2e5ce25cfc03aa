//! What only a demonstration has: the mailbox, whose pages show every mail that was sent, and a door to
//! the newsroom without passwords. `cli::demo` adds them to the pages; no other command does.
//!
//! The mails are the files that the relay `file:DIR` writes. They are shown as a mail program would
//! show them: the HTML part in a frame of its own in which nothing runs and nothing is loaded.

mod door;
mod folder;
mod list;
mod show;

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::routing::{MethodRouter, get};
use templates::pages::mailbox::MailboxLine;

pub use folder::Folder;

use super::{Failure, Reader, Routes, WebState};
use folder::Mail;

/// Where the mailbox is.
pub const PATH: &str = "/mailbox";

/// Where its users enter the newsroom.
pub const DOOR: &str = "/newsroom/demo";

/// What of a page may be framed: a mail in its own page.
const PAGE_WITH_FRAME: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; \
                               form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What a mail may do: be styled by itself, show pictures of this installation, and have its links
/// opened beside the frame.
const MAIL_IN_FRAME: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; \
                             frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// The mailbox over a folder of mails.
pub fn routes(folder: Folder) -> Routes {
    let folder = axum::Extension(Arc::new(folder));
    let page = |methods: MethodRouter<WebState>| methods.layer(folder.clone());
    Routes::new()
        .door(DOOR, get(door::show).post(door::submit))
        .everybody(PATH, page(get(list::show)))
        .link_holder("/mailbox/{mail}", page(get(show::html)))
        .link_holder("/mailbox/{mail}/html", page(get(show::frame)))
        .link_holder("/mailbox/{mail}/text", page(get(show::text)))
        .link_holder("/mailbox/{mail}/source", page(get(show::source)))
}

/// The name of a mail in the path; empty where it is not even text.
struct MailName(String);

impl<S: Send + Sync> FromRequestParts<S> for MailName {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::NotFound)?;
        params
            .iter()
            .find(|(name, _)| *name == "mail")
            .map(|(_, value)| Self(value.to_owned()))
            .ok_or(Failure::NotFound)
    }
}

/// A mail's line in the list and at the head of its page.
fn line(mail: &Mail, zone: chrono_tz::Tz, reader: &Reader) -> MailboxLine {
    MailboxLine {
        url: reader.path(&format!("{PATH}/{}", mail.name)),
        subject: mail.subject.clone(),
        from: mail.from.clone(),
        to: mail.to.clone(),
        sent: mail.date.in_zone(zone).naive_local(),
    }
}
