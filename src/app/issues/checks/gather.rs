//! What the checks look at, gathered from the database. Nothing on the network is asked.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::App;
use crate::digest::checks::{self, Facts, links, size};
use crate::digest::snapshot::Snapshot;
use crate::digest::{audience, release};
use crate::domain::check::{CheckResult, LinkOutcome};
use crate::domain::issue::IssueName;
use crate::domain::permalink;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// How long it counts what came of asking for a page.
pub(super) const KEPT_FOR: Duration = Duration::from_hours(24);

/// What the checks find in an issue as it is now.
pub(super) async fn result(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<CheckResult, StoreError> {
    let mail_context = app.mail_context();
    let snapshot = release::build(conn, issue, now).await?;
    let of_topics = snapshot.audience();
    let audience = audience::of(conn, issue.newsletter, of_topics).await?;
    let at = issue.send_at.map_or(now, |at| at.max(now));
    let sizes = size::measure(mail_context, &snapshot, &audience, at);
    let told = store::check::told_before(conn, issue.id, issue.newsletter).await?;
    let told_before: Vec<_> = told
        .into_iter()
        .map(|(uuid, number)| {
            let newsletter = snapshot.newsletter.key.clone();
            (uuid, IssueName { newsletter, number }.to_string())
        })
        .collect();
    let last_readers = store::check::last_recipients(conn, issue.newsletter, issue.number).await?;
    let links = known_links(app, conn, &snapshot, now).await?;
    Ok(checks::run(&Facts {
        snapshot: &snapshot,
        mail_context,
        at,
        audience: &audience,
        last_readers,
        told_before: &told_before,
        sizes: &sizes,
        links: &links,
        are_links_tried: app.config.newsroom.link_check,
        press_distance: store::check::press_distance(conn, issue.newsletter).await?,
    }))
}

/// What is known of the pages behind the links of an issue.
pub(super) async fn known_links(
    app: &App,
    conn: &mut impl Connection,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Result<BTreeMap<String, LinkOutcome>, StoreError> {
    let mut known = BTreeMap::new();
    for url in links::targets(snapshot).into_keys() {
        let outcome = match own_page(app, conn, &url).await? {
            Some(outcome) => Some(outcome),
            None => store::check::link(conn, &url, now.minus(KEPT_FOR)).await?,
        };
        if let Some(outcome) = outcome {
            known.insert(url, outcome);
        }
    }
    Ok(known)
}

/// What is known of a page of this installation without asking for it; none for other pages.
async fn own_page(
    app: &App,
    conn: &mut impl Connection,
    url: &str,
) -> Result<Option<LinkOutcome>, StoreError> {
    let public = app.mail_context().public_url();
    let Some(path) = url.strip_prefix(public).filter(|path| {
        let begins = path.chars().next();
        matches!(begins, None | Some('/' | '?' | '#'))
    }) else {
        return Ok(None);
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let lists = ["/news/", "/events/", "/papers/"];
    let page = lists.iter().find_map(|list| path.strip_prefix(list));
    let Some(short_id) = page.and_then(permalink::read_short_id) else {
        return Ok(Some(LinkOutcome::Reached));
    };
    let is_there = store::entry::by_short_id(conn, &short_id).await?.is_some();
    Ok(Some(if is_there {
        LinkOutcome::Reached
    } else {
        LinkOutcome::Status { status: 404 }
    }))
}
