//! The sample readers sign up as people do: they open the form, send it, find the link in their
//! mail and press the button behind it. Only the network is left out: requests go straight to the
//! router.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Request, StatusCode};
use mail_parser::MessageParser;
use tokio::sync::Notify;
use tower::ServiceExt as _;
use url::form_urlencoded;

use super::content::{SampleSubscriber, Standing};
use super::newsroom::Newsroom;
use crate::app::subscriptions::key_for_newsletter;
use crate::cli::Context;
use crate::domain::token::Purpose;
use crate::store::{self, Db};
use crate::web::{self, WebState};

/// The time a person needs to fill in the form.
const FILLED_IN_WITHIN: Duration = Duration::from_secs(40);
/// No page is larger.
const LARGEST_PAGE: usize = 1_000_000;

/// The pages, as used by the sample readers.
pub(super) struct Pages {
    router: Router,
}

impl Pages {
    /// The pages of an installation.
    pub(super) fn of(context: &Context, db: &Db) -> anyhow::Result<Self> {
        let config = Arc::new(context.config.clone());
        let clock = context.clock.clone();
        let mut state = WebState::new(db.clone(), config, clock, Arc::new(Notify::new()))?;
        state.answer_floor = Duration::ZERO; // no observer to hide timing from
        Ok(Self {
            router: web::build(state),
        })
    }

    async fn ask(&self, request: Request<Body>) -> anyhow::Result<(StatusCode, String, String)> {
        let answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let status = answer.status();
        let location = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        let location = location.unwrap_or_default().to_owned();
        let body = to_bytes(answer.into_body(), LARGEST_PAGE).await?;
        Ok((
            status,
            location,
            String::from_utf8_lossy(&body).into_owned(),
        ))
    }

    async fn get(&self, path: &str) -> anyhow::Result<String> {
        let (status, _, page) = self.ask(Request::get(path).body(Body::empty())?).await?;
        ensure!(status == StatusCode::OK, "GET {path} returned {status}");
        Ok(page)
    }

    async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<(StatusCode, String)> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))?;
        let (status, location, _) = self.ask(request).await?;
        Ok((status, location))
    }
}

/// Fills in the form for each reader and sends it.
pub(super) async fn sign_up(
    pages: &Pages,
    context: &Context,
    readers: &[SampleSubscriber],
) -> anyhow::Result<()> {
    for reader in readers {
        let path = format!("/subscribe?lang={}", reader.language);
        let stamp = hidden_field(&pages.get(&path).await?, "form")
            .context("the sign-up form has no stamp")?;
        context.clock.advance(FILLED_IN_WITHIN);
        let topics: Vec<String> = reader
            .choices()
            .flat_map(|(newsletter, topics)| {
                topics
                    .iter()
                    .map(move |topic| format!("{newsletter}.{topic}"))
            })
            .collect();
        let mut fields = vec![
            ("address", reader.address.as_str()),
            ("language", reader.language.as_str()),
            ("form", stamp.as_str()),
        ];
        fields.extend(reader.choices().map(|(key, _)| ("newsletter", key)));
        fields.extend(topics.iter().map(|topic| ("topic", topic.as_str())));
        let (status, location) = pages.post(&path, &fields).await?;
        ensure!(
            status == StatusCode::SEE_OTHER && location.starts_with("/subscribe/sent"),
            "the sign-up of {} was answered with {status}",
            reader.address
        );
    }
    Ok(())
}

/// Opens the mails in `mailbox` and presses the button behind each link, except for readers who
/// never open theirs. Readers who unsubscribe later do so.
pub(super) async fn confirm(
    pages: &Pages,
    context: &Context,
    db: &Db,
    newsroom: &Newsroom,
    mailbox: &Path,
    readers: &[SampleSubscriber],
) -> anyhow::Result<()> {
    let links = confirmation_links(mailbox)?;
    for reader in readers.iter().filter(|one| one.state != Standing::Pending) {
        let address = reader.address()?;
        let link = links
            .get(&address.key())
            .with_context(|| format!("no confirmation mail came for {}", reader.address))?;
        pages.get(link).await?;
        let (status, _) = pages.post(link, &[]).await?;
        ensure!(
            status == StatusCode::OK,
            "the confirmation of {} was answered with {status}",
            reader.address
        );
        if reader.state == Standing::Unsubscribed {
            leave(pages, context, db, newsroom, reader).await?;
        }
    }
    Ok(())
}

/// Unsubscribes from each newsletter with one click, as mail programs do.
async fn leave(
    pages: &Pages,
    context: &Context,
    db: &Db,
    newsroom: &Newsroom,
    reader: &SampleSubscriber,
) -> anyhow::Result<()> {
    let subscriber = store::subscriber::by_address(&mut db.read().await?, &reader.address()?)
        .await?
        .context("a confirmed reader is unknown")?;
    for (newsletter, _) in reader.choices() {
        let newsletter = &newsroom.newsletters[newsletter];
        let key = key_for_newsletter(newsletter.id, subscriber.id);
        let token = context.keyring()?.issue_token(Purpose::Unsubscribe, key);
        let path = format!("/unsubscribe/{token}");
        let one_click = [("List-Unsubscribe", "One-Click")];
        let (status, _) = pages.post(&path, &one_click).await?;
        ensure!(
            status == StatusCode::OK,
            "unsubscribing was answered with {status}"
        );
    }
    Ok(())
}

/// The path behind the link of each confirmation mail, by the reader's address.
fn confirmation_links(mailbox: &Path) -> anyhow::Result<HashMap<String, String>> {
    let mut links = HashMap::new();
    for file in std::fs::read_dir(mailbox)? {
        let bytes = std::fs::read(file?.path())?;
        let mail = MessageParser::new()
            .parse(&bytes)
            .context("a confirmation mail cannot be read")?;
        let to = mail
            .to()
            .and_then(|to| to.first())
            .and_then(|one| one.address());
        let text = mail.body_text(0).unwrap_or_default();
        let Some((to, at)) = to.zip(text.find("/confirm/")) else {
            bail!("a confirmation mail has no link");
        };
        let path = text[at..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
        links.insert(to.to_lowercase(), path.collect());
    }
    Ok(links)
}

/// The value of a hidden field in a page.
fn hidden_field(page: &str, name: &str) -> Option<String> {
    let marked = format!("name=\"{name}\"");
    let tag = page
        .split('<')
        .find(|tag| tag.starts_with("input") && tag.contains(&marked))?;
    let (_, value) = tag.split_once("value=\"")?;
    value.split('"').next().map(str::to_owned)
}
