//! Sending again to some of those whom an issue did not reach.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::sending::retry::{RetryView, page};

use super::{refused, url};
use crate::app::issues::{self, IssueError, Retry};
use crate::domain::delivery::FailureClass;
use crate::store::delivery_report::{Again, FEWEST_SHOWN, repeatable};
use crate::web::newsroom::issues::head::head;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// Groups by class and domain that are read.
const MOST_GROUPS: i64 = 2000;
/// Domains that can be chosen.
const MOST_DOMAINS: usize = 20;

/// What is ticked.
#[derive(Default)]
struct Chosen {
    classes: Vec<FailureClass>,
    uncertain: bool,
    domain: String,
}

impl Chosen {
    fn read(form: &StaffForm) -> Result<Self, Failure> {
        let classes = form.all("class").map(str::parse).collect::<Result<_, _>>();
        Ok(Self {
            classes: classes.map_err(|_| Failure::Unprocessable)?,
            uncertain: form.one("uncertain")? == "yes",
            domain: form.one("domain")?.to_ascii_lowercase(),
        })
    }
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let chosen = Chosen {
        domain: path.query("domain").to_ascii_lowercase(),
        ..Chosen::default()
    };
    render(&state, &staff, &path, &chosen, false).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let chosen = Chosen::read(&form)?;
    if chosen.classes.is_empty() && !chosen.uncertain {
        let page = render(&state, &staff, &path, &chosen, true).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match retry(&state, &staff, &path, &chosen).await {
        Ok(count) => {
            let count = count.to_string();
            let done = [("done", "retried"), ("count", count.as_str())];
            Ok(see_other(staff.reader.link(&url(&path), done)))
        }
        Err(error) => refused(&staff, &path, error),
    }
}

/// Sends again what is chosen; how many mails that is.
async fn retry(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    chosen: &Chosen,
) -> Result<u64, IssueError> {
    let domain = Some(chosen.domain.clone()).filter(|domain| !domain.is_empty());
    let failed = Retry {
        state: Again::Failed,
        classes: chosen.classes.clone(),
        domain: domain.clone(),
    };
    let uncertain = Retry {
        state: Again::Uncertain,
        classes: Vec::new(),
        domain,
    };
    let mut count = 0;
    for (what, is_chosen) in [
        (failed, !chosen.classes.is_empty()),
        (uncertain, chosen.uncertain),
    ] {
        if is_chosen {
            let done = issues::retry(&state.app, &staff.actor(), &path.name, &what, true).await?;
            count += done.again;
        }
    }
    Ok(count)
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    chosen: &Chosen,
    nothing_chosen: bool,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let failed = repeatable(&mut conn, issue.id, Again::Failed, MOST_GROUPS).await?;
    let uncertain = repeatable(&mut conn, issue.id, Again::Uncertain, MOST_GROUPS).await?;
    drop(conn);
    let mut classes = BTreeMap::<FailureClass, i64>::new();
    let mut domains = BTreeMap::<String, i64>::new();
    for one in failed.iter().chain(&uncertain) {
        *domains.entry(one.domain.clone()).or_default() += one.deliveries;
    }
    for one in &failed {
        *classes
            .entry(one.class.unwrap_or(FailureClass::Other))
            .or_default() += one.deliveries;
    }
    let (domains, has_others) = shown(domains);
    let mut classes: Vec<_> = classes
        .into_iter()
        .map(|(class, count)| {
            let is_chosen = chosen.classes.contains(&class);
            (class.as_str().to_owned(), count, is_chosen)
        })
        .collect();
    classes.sort_by_key(|(_, count, _)| -count);
    let view = RetryView {
        head: head(state, staff, &newsletter, &issue).await?,
        action: format!("{}/retry", url(path)),
        back_url: staff.reader.path(&url(path)),
        classes,
        uncertain: uncertain.iter().map(|one| one.deliveries).sum(),
        with_uncertain: chosen.uncertain,
        domains,
        has_others,
        domain: chosen.domain.clone(),
        nothing_chosen,
    };
    Ok(page(&desk, &view))
}

/// The domains that are named, the most first, and whether there are others: few people of a domain
/// would be known by it.
fn shown(domains: BTreeMap<String, i64>) -> (Vec<(String, i64)>, bool) {
    let all = domains.len();
    let mut named: Vec<_> = domains
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST_SHOWN)
        .collect();
    named.sort_by_key(|(_, count)| -count);
    named.truncate(MOST_DOMAINS);
    let has_others = named.len() < all;
    (named, has_others)
}
