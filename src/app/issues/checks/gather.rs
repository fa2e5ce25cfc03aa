//! What the checks look at, gathered from the database. Nothing on the network is asked.

use std::collections::BTreeMap;
use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::digest::checks::{self, Facts, ToldBefore, links, size};
use crate::digest::parts::LanguageParts;
use crate::digest::snapshot::Snapshot;
use crate::digest::{audience, release};
use crate::domain::check::{CheckResult, LinkOutcome};
use crate::domain::language::Language;
use crate::domain::permalink;
use crate::domain::timestamp::Timestamp;
use crate::sources::link::is_private;
use crate::store::check::Told;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// How long it counts what came of asking for a page.
pub(super) const KEPT_FOR: Duration = Duration::from_hours(24);

/// How readers are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// As they are: for decisions, and what is kept.
    Exact,
    /// As they were a moment ago: for pages.
    OfLate,
}

/// What the checks find in an issue as it is now; its texts are built where that was not done before.
pub(super) async fn result(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    built: Option<&Snapshot>,
    (now, count): (Timestamp, Count),
) -> Result<CheckResult, StoreError> {
    if let Some(snapshot) = built {
        return of_texts(app, conn, issue, (snapshot, &[]), (now, count)).await;
    }
    let snapshot = release::build(conn, issue, now).await?;
    of_texts(app, conn, issue, (&snapshot, &[]), (now, count)).await
}

/// What the checks find in these texts of an issue. What was rendered for a release is not rendered again.
pub(super) async fn of_snapshot(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    texts: (&Snapshot, &[(Language, LanguageParts)]),
    now: Timestamp,
) -> Result<CheckResult, StoreError> {
    of_texts(app, conn, issue, texts, (now, Count::Exact)).await
}

async fn of_texts(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    (snapshot, rendered): (&Snapshot, &[(Language, LanguageParts)]),
    (now, count): (Timestamp, Count),
) -> Result<CheckResult, StoreError> {
    let mail_context = app.mail_context();
    let of_topics = snapshot.audience();
    let audience = match count {
        Count::Exact => audience::of(conn, issue.newsletter, of_topics).await?,
        Count::OfLate => app.readers(conn, issue.newsletter, of_topics).await?,
    };
    let at = issue.send_at.map_or(now, |at| at.max(now));
    let told = store::check::told_before(conn, issue.id, issue.newsletter, MOST_TOLD).await?;
    let last_readers = store::check::last_recipients(conn, issue.newsletter, issue.number).await?;
    let links = known_links(app, conn, snapshot, now).await?;
    let press_distance = store::check::press_distance(conn, issue.newsletter).await?;
    // All that the checks look at, the time to the minute.
    let minute = at.micros() / 60_000_000;
    let seed = snapshot.seed();
    let follows_from = format!(
        "{seed} {minute} {audience:?} {told:?} {last_readers:?} {links:?} {press_distance}"
    );
    let key = HEXLOWER.encode(&Sha256::digest(follows_from));
    if count == Count::OfLate
        && let Some(kept) = app.kept.checks.get(&key, now)
    {
        return Ok((*kept).clone());
    }
    let told_before = told_before(conn, issue, told).await?;
    let sizes = size::measure(mail_context, snapshot, &audience, (at, rendered));
    let result = checks::run(&Facts {
        snapshot,
        mail_context,
        at,
        audience: &audience,
        last_readers,
        told_before: &told_before,
        sizes: &sizes,
        links: &links,
        are_links_tried: app.config.newsroom.link_check,
        press_distance,
    });
    app.kept.checks.put(key, now, result.clone());
    Ok(result)
}

/// Pairs of an entry and an issue that told it which are looked at.
const MOST_TOLD: i64 = 200;

/// Which entries other issues told, and how many of these readers got them there. Counting takes a look at
/// every row of that issue in the ledger, so only the latest are counted.
async fn told_before(
    conn: &mut impl Connection,
    issue: &Issue,
    told: Vec<Told>,
) -> Result<BTreeMap<String, ToldBefore>, StoreError> {
    /// Those of them that are counted.
    const COUNTED: usize = 6;
    let mut found: BTreeMap<String, ToldBefore> = BTreeMap::new();
    for (at, told) in told.into_iter().enumerate() {
        let readers = if at < COUNTED {
            store::check::readers_of_both(conn, issue.newsletter, &told).await?
        } else {
            0
        };
        // What another newsletter told to other people is new to these.
        let is_more = |known: &ToldBefore| readers > known.readers;
        if found
            .get(&told.entry)
            .map_or(told.is_own || readers > 0, is_more)
        {
            let issue = told.name.to_string();
            found.insert(told.entry, ToldBefore { issue, readers });
        }
    }
    Ok(found)
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
            None if is_private(&url, &app.config.newsroom.link_allow) => Some(LinkOutcome::Private),
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
