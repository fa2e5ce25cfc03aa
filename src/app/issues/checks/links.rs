//! Asking for the pages behind the links of an issue: a few at a time, each once a day, and never while a
//! transaction is open.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::gather::known_links;
use crate::app::issues::IssueError;
use crate::app::{Actor, App};
use crate::digest::checks::links;
use crate::digest::release;
use crate::domain::audit::Action;
use crate::domain::check::LinkOutcome;
use crate::domain::timestamp::Timestamp;
use crate::sources::link::LinkChecker;
use crate::store;
use crate::store::issue::Issue;

/// Links of an issue that are asked for in one go.
const MOST: usize = 60;
/// Pages that are asked for at the same time.
const AT_A_TIME: usize = 4;
/// For all of them: somebody may be waiting for a page. What was not asked for by then is asked next time.
const ALL: Duration = Duration::from_secs(40);
/// How long it is remembered what came of asking.
const FORGET_AFTER: Duration = Duration::from_hours(7 * 24);

/// Asks for the pages behind those links of an issue for which nobody has asked within a day, and keeps
/// what came of it; returns how many were asked for. No line in the audit log: nothing of the issue is
/// changed.
pub async fn try_links(
    app: &App,
    actor: &Actor,
    issue: &Issue,
    now: Timestamp,
) -> Result<usize, IssueError> {
    if !app.config.newsroom.link_check {
        return Ok(0);
    }
    let mut conn = app.read().await?;
    let snapshot = release::build(&mut conn, issue, now).await?;
    let known = known_links(app, &mut conn, &snapshot, now).await?;
    drop(conn);
    let targets = links::targets(&snapshot).into_keys();
    let unknown = targets.filter(|url| !known.contains_key(url));
    let unknown: Vec<String> = unknown.take(MOST).collect();
    if unknown.is_empty() {
        return Ok(0);
    }
    let answers = ask(app, unknown).await;
    let mut op = app.begin(actor, Action::IssueCheck).await?;
    let at = op.at();
    for (url, outcome) in &answers {
        store::check::keep_link(op.tx(), url, outcome, at).await?;
    }
    store::check::forget_links(op.tx(), FORGET_AFTER, at).await?;
    op.commit().await?;
    Ok(answers.len())
}

/// Asks for pages, until the time is over.
async fn ask(app: &App, urls: Vec<String>) -> Vec<(String, LinkOutcome)> {
    let Some(checker) = LinkChecker::new(&app.config.newsroom.link_allow) else {
        return Vec::new();
    };
    let (checker, slots) = (Arc::new(checker), Arc::new(Semaphore::new(AT_A_TIME)));
    let mut questions = JoinSet::new();
    for url in urls {
        let (checker, slots) = (Arc::clone(&checker), Arc::clone(&slots));
        questions.spawn(async move {
            let _slot = slots.acquire_owned().await;
            let outcome = checker.check(&url).await;
            (url, outcome)
        });
    }
    let mut answers = Vec::new();
    let all = async {
        while let Some(answer) = questions.join_next().await {
            answers.extend(answer);
        }
    };
    // What still runs is dropped with its set.
    let _in_time = tokio::time::timeout(ALL, all).await;
    answers
}
