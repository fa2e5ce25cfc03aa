//! The page about the sending of an issue.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::sending::{ChosenDomain, Done, SendingView, page};

use super::figures::{figures, report};
use super::url;
use crate::app::issues::{Watched, review};
use crate::app::reasons;
use crate::domain::delivery::DeliveryState::{Failed, Uncertain};
use crate::domain::issue::IssueState;
use crate::domain::user::Right;
use crate::store;
use crate::web::newsroom::issues::head::head;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::review::events::Namer;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let history = review::history(&mut conn, &path.name, &issue).await?;
    let names = store::staff::names(&mut conn).await?;
    drop(conn);
    let zone = newsletter.settings.zone;
    let people_names = Namer {
        names: &names,
        zone,
        locale: staff.locale(),
    };
    let mut events = people_names.events(history);
    events.retain(|event| event.did.is_of_sending());
    let began = issue.frozen_at.is_some();
    let watched = if began {
        Some(state.watchers.figures(&state.app, &issue).await?)
    } else {
        None
    };
    let link = |below: &str| staff.reader.path(&format!("{}{below}", url(&path)));
    let has_ended = matches!(issue.state, IssueState::Sent | IssueState::Cancelled);
    let can_retry = |watched: &Watched| {
        let counts = &watched.progress.counts;
        let lost = counts.of(Failed) + counts.of(Uncertain);
        lost > 0 && issue.state == IssueState::Sent && staff.may(Right::Approve)
    };
    let stopped = matches!(issue.state, IssueState::Paused | IssueState::Held);
    let asked = path.query("domain");
    let figures = watched.as_deref().map(|watched| figures(watched, zone));
    let chosen = figures
        .iter()
        .flat_map(|figures| &figures.domains)
        .find(|one| !asked.is_empty() && one.domain.as_deref() == Some(asked));
    let chosen = chosen.map(|one| ChosenDomain {
        figures: one.clone(),
        retry_url: watched.as_deref().is_some_and(can_retry).then(|| {
            let to = format!("{}/retry", url(&path));
            staff.reader.link(&to, [("domain", asked)])
        }),
        all_url: link(""),
    });
    let view = SendingView {
        head: head(&state, &staff, &newsletter, &issue).await?,
        figures,
        report: watched.as_deref().filter(|_| has_ended).map(|watched| {
            let retry_url = can_retry(watched).then(|| link("/retry"));
            report(watched, zone, retry_url)
        }),
        stopped: issue
            .reason
            .as_ref()
            .filter(|_| stopped)
            .map(|reason| reasons::sentence(reason, staff.locale())),
        events_url: (issue.state == IssueState::Sending).then(|| link("/events")),
        find_url: (began && staff.may(Right::Control)).then(|| link("/find")),
        chosen,
        events,
        today: state.app.clock.now().in_zone(zone).date_naive(),
        done: done(&path),
    };
    Ok(page(&desk, &view))
}

fn done(path: &IssuePath) -> Option<Done> {
    Some(match path.query("done") {
        "paused" => Done::Paused,
        "resumed" => Done::Resumed,
        "cancelled" => Done::Cancelled,
        "moved" => Done::Moved,
        "retried" => Done::Retried(
            path.query("count")
                .parse()
                .ok()
                .filter(|count| *count >= 0)?,
        ),
        _ => return None,
    })
}
