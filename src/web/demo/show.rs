//! One mail: as HTML, as text, as source.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Response};
use maud::Markup;
use templates::pages::mailbox_mail::{MailboxMailView, Shown, page};

use super::folder::Opened;
use super::list::unreadable;
use super::{Folder, MAIL_IN_FRAME, MailName, PAGE_WITH_FRAME, PATH, line};
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// The page with the HTML part in its frame.
pub(super) async fn html(
    State(state): State<WebState>,
    Extension(folder): Extension<Arc<Folder>>,
    reader: Reader,
    MailName(name): MailName,
) -> Result<Response, Failure> {
    let opened = open(&folder, &name).await?;
    let frame_url = format!("{PATH}/{name}/html");
    let page = shown(&state, &reader, &folder, &opened, Shown::Html { frame_url });
    Ok(([(CONTENT_SECURITY_POLICY, PAGE_WITH_FRAME)], page).into_response())
}

/// The text part.
pub(super) async fn text(
    State(state): State<WebState>,
    Extension(folder): Extension<Arc<Folder>>,
    reader: Reader,
    MailName(name): MailName,
) -> Result<Markup, Failure> {
    let opened = open(&folder, &name).await?;
    let text = opened.text.clone();
    Ok(shown(&state, &reader, &folder, &opened, Shown::Text(text)))
}

/// The mail as it was sent.
pub(super) async fn source(
    State(state): State<WebState>,
    Extension(folder): Extension<Arc<Folder>>,
    reader: Reader,
    MailName(name): MailName,
) -> Result<Markup, Failure> {
    let opened = open(&folder, &name).await?;
    let source = opened.source.clone();
    Ok(shown(
        &state,
        &reader,
        &folder,
        &opened,
        Shown::Source(source),
    ))
}

/// The bare HTML part, for the frame.
pub(super) async fn frame(
    Extension(folder): Extension<Arc<Folder>>,
    MailName(name): MailName,
) -> Result<Response, Failure> {
    let opened = open(&folder, &name).await?;
    let html = Html(links_beside(&opened.html));
    Ok(([(CONTENT_SECURITY_POLICY, MAIL_IN_FRAME)], html).into_response())
}

/// Has links open beside the frame, as mail programs do; the rest of the mail stays as it is.
fn links_beside(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}

async fn open(folder: &Arc<Folder>, name: &str) -> Result<Opened, Failure> {
    let (folder, name) = (Arc::clone(folder), name.to_owned());
    tokio::task::spawn_blocking(move || folder.open(&name))
        .await
        .map_err(|_| Failure::Internal)?
        .map_err(|error| unreadable(&error))?
        .ok_or(Failure::NotFound)
}

fn shown(
    state: &WebState,
    reader: &Reader,
    folder: &Folder,
    opened: &Opened,
    shown: Shown,
) -> Markup {
    let own = format!("{PATH}/{}", opened.mail.name);
    let view = MailboxMailView {
        mail: line(&opened.mail, folder.zone, reader),
        mailbox_url: reader.path(PATH),
        html_url: reader.path(&own),
        text_url: reader.path(&format!("{own}/text")),
        source_url: reader.path(&format!("{own}/source")),
        shown,
    };
    page(&site(state, reader), &view)
}
