//! The newsletters: when each appears.

use std::collections::BTreeMap;

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::newsletters::{Appears, NewsletterRow, NewslettersView, page};

use super::NEWSLETTERS;
use super::slots::{self, Timed};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::Right;
use crate::store;
use crate::web::newsroom::{Staff, desk};
use crate::web::public::catalogue;
use crate::web::{Failure, WebState};

pub(super) async fn show(State(state): State<WebState>, staff: Staff) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Newsletters).await?;
    let mut conn = state.app.read().await?;
    let all = slots::timed(&mut conn).await?;
    let months = store::subscription_month::list(&mut conn).await?;
    drop(conn);
    let mut totals: BTreeMap<i64, i64> = BTreeMap::new();
    for month in months {
        *totals.entry(month.newsletter_id).or_default() += month.started - month.ended;
    }
    let now = state.app.clock.now();
    let view = NewslettersView {
        rows: all
            .iter()
            .map(|one| {
                let subscriptions = totals.get(&one.0.id).copied().unwrap_or(0);
                row(&staff, one, subscriptions, now)
            })
            .collect(),
    };
    Ok(page(&desk, &view))
}

fn row(staff: &Staff, timed: &Timed, subscriptions: i64, now: Timestamp) -> NewsletterRow {
    let (newsletter, timetable) = timed;
    let settings = &newsletter.settings;
    let today = now.in_zone(settings.zone).date_naive();
    let pause = timetable
        .iter()
        .flat_map(|timetable| &timetable.pauses)
        .find(|pause| pause.has(today));
    let next = timetable.as_ref().and_then(|timetable| {
        let next = timetable.next(now, 20).into_iter();
        next.into_iter()
            .find(crate::domain::schedule::Planned::goes_out)
    });
    NewsletterRow {
        name: settings.text(staff.language).name.clone(),
        schedule_url: staff
            .reader
            .path(&format!("{NEWSLETTERS}/{}/schedule", settings.key)),
        release_url: staff.may(Right::Administer).then(|| {
            let page = format!("{NEWSLETTERS}/{}/release", settings.key);
            staff.reader.path(&page)
        }),
        issues_url: staff.reader.link(
            crate::web::newsroom::issues::LIST,
            [("newsletter", settings.key.as_str())],
        ),
        is_trial: settings.review.trial,
        appears: match (catalogue::rhythm(newsletter), &settings.schedule) {
            (Some(rhythm), _) => Appears::Rhythm(rhythm),
            (None, Some(line)) => Appears::Line(line.clone()),
            (None, None) => Appears::ByHand,
        },
        next: next.map(|one| slots::planned(staff, newsletter, &one, now)),
        subscriptions,
        pauses: pause.map(|pause| pause.reason.clone()),
    }
}
