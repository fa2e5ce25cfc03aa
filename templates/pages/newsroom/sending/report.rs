//! How an issue went: totals by state and reason, and who left through it.

use maud::{Markup, html};

use super::view::{FiguresView, ReportView, class_name};
use super::words::{clock, share};
use crate::locale::Locale;
use crate::pages::newsroom::components::FEWEST_SHOWN;
use crate::reason;

/// The report above the figures by domain and over time.
pub(super) fn report(t: Locale, figures: &FiguresView, view: &ReportView) -> Markup {
    html! {
        section aria-labelledby="sending-report" {
            h2 id="sending-report" { (t.say("watch-report")) }
            (facts(t, figures, view))
        }
        section aria-labelledby="sending-totals" {
            h2 id="sending-totals" { (t.say("watch-totals")) }
            (totals(t, figures, view))
            @if view.skipped > 0 {
                p class="small muted" {
                    (t.fill("watch-skipped", [("count", view.skipped.into()), ("number", t.number(view.skipped).into())]))
                }
            }
            @if let Some(url) = &view.retry_url {
                p class="actions" { a class="button quiet" href=(url) { (t.say("watch-retry-link")) } }
            }
        }
    }
}

fn facts(t: Locale, figures: &FiguresView, view: &ReportView) -> Markup {
    let moment =
        |at: chrono::NaiveDateTime| format!("{}, {}", t.day(at.date()), clock(t, at.time()));
    let began = view.began.map(|at| ("watch-began", moment(at)));
    let ended = view.ended.map(|at| {
        let key = if view.cancelled {
            "watch-ended-cancelled"
        } else {
            "watch-ended"
        };
        (key, moment(at))
    });
    let took = view
        .took
        .map(|seconds| ("watch-took", reason::span(t, seconds.max(1))));
    let recipients = Some(("watch-recipients", t.number(figures.recipients)));
    let departures = Some((
        "watch-departures",
        departures(t, view.departures, figures.recipients),
    ));
    html! {
        dl class="facts" {
            @for (key, value) in [began, ended, took, recipients, departures].into_iter().flatten() {
                div { dt { (t.say(key)) } dd { (value) } }
            }
        }
        @if view.departures > 0 {
            p class="small muted" { (t.say("watch-departures-hint")) }
        }
    }
}

/// How many left. Of a few it is not said how many: colleagues could guess who it was.
fn departures(t: Locale, people: i64, of: i64) -> String {
    match people {
        0 => t.say("watch-departures-none"),
        1..FEWEST_SHOWN => t.say("watch-departures-few"),
        people => {
            let share = share(t, people, of);
            let number = t.number(people);
            t.fill(
                "watch-departures-many",
                [("number", number.into()), ("share", share.into())],
            )
        }
    }
}

/// Every recipient stands in one row; the last row says how many they are.
fn totals(t: Locale, figures: &FiguresView, view: &ReportView) -> Markup {
    let failures = view.failures.iter();
    let mut rows = vec![(t.say("watch-sent"), figures.sent)];
    rows.extend(failures.map(|(class, count)| {
        let class = class_name(t, class);
        (
            t.fill("watch-failed-because", [("class", class.into())]),
            *count,
        )
    }));
    let further = [
        ("watch-uncertain", figures.uncertain),
        ("watch-left-before", figures.left),
        ("watch-cancelled", figures.cancelled),
        ("watch-open", figures.waiting + figures.deferred),
    ];
    rows.extend(
        further
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| (t.say(key), count)),
    );
    let (people, part) = (t.say("watch-people"), t.say("watch-share"));
    html! {
        table class="lists" {
            thead {
                tr {
                    th scope="col" { (t.say("watch-outcome")) }
                    th scope="col" class="num" { (people) }
                    th scope="col" class="num" { (part) }
                }
            }
            tbody {
                @for (name, count) in &rows {
                    tr {
                        th scope="row" { (name) }
                        td class="num" data-label=(people) { (t.number(*count)) }
                        td class="num" data-label=(part) { (share(t, *count, figures.recipients)) }
                    }
                }
                tr class="all" {
                    th scope="row" { (t.say("watch-all")) }
                    td class="num" data-label=(people) { (t.number(figures.recipients)) }
                    td {}
                }
            }
        }
        @if view.only_totals { p class="small muted" { (t.say("watch-only-totals")) } }
    }
}
