//! The start page of the newsroom: what needs somebody now, what comes next, what has changed.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use maud::{Markup, html};

use super::frame::{Desk, DeskPage, frame};
use super::planning::slots::{self, SlotView};
use super::sending::{DomainView, domain_table};
use super::trail::{self, ChangeView};
use crate::locale::Locale;
use crate::plot::{PlotView, Series, Step, plot};
use crate::sample::Sample;

/// The start page.
#[derive(Debug, Clone)]
pub struct StartView {
    /// Today, in the newsroom's zone.
    pub today: NaiveDate,
    /// What waits for this user, the most urgent first.
    pub tasks: Vec<Task>,
    /// Domains that refuse many mails, the worst first; each with the page about it.
    pub trouble: Vec<(DomainView, String)>,
    /// The next dates of all newsletters.
    pub next: Vec<SlotView>,
    /// The calendar.
    pub calendar_url: String,
    /// When this user was last here; none: never before.
    pub since: Option<NaiveDateTime>,
    /// What changed since, the latest first.
    pub changes: Vec<ChangeView>,
    /// The audit log; none where this user may not read it.
    pub audit_url: Option<String>,
    /// Subscriptions month by month, the present month last; none where there were never any.
    pub growth: Vec<GrowthMonth>,
}

/// Something that waits for this user.
#[derive(Debug, Clone)]
pub struct Task {
    /// What it is.
    pub kind: TaskKind,
    /// Where it is done.
    pub url: String,
}

/// What waits.
#[derive(Debug, Clone)]
pub enum TaskKind {
    /// An issue waits for approval: its name, when it goes out, to about how many people.
    Review(String, Option<NaiveDateTime>, i64),
    /// An issue was composed and is still a draft: its name, and when it goes out.
    Draft(String, Option<NaiveDateTime>),
    /// An issue was returned for edit: its name, and what the approver said.
    Returned(String, Option<String>),
    /// Sending an issue was interrupted, and why.
    Paused(String, Option<String>),
    /// An issue is held, and why.
    Held(String, Option<String>),
    /// So many entries wait to be published.
    Submitted(i64),
    /// The sources of so many published entries have changed.
    Proposals(i64),
}

/// The subscriptions of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrowthMonth {
    /// Its first day.
    pub month: NaiveDate,
    /// How many there were at its end.
    pub total: i64,
    /// How many began in it.
    pub started: i64,
    /// How many ended in it.
    pub ended: i64,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &StartView) -> Markup {
    let t = desk.site.locale;
    let mut page = DeskPage::new(t.say("newsroom-start-title"));
    page.sub = html! { time datetime=(view.today) { (t.long_day(view.today)) } };
    let body = html! {
        @if view.tasks.is_empty() {
            p { (t.say("planning-no-task")) }
        } @else {
            ul class="todo" { @for (at, task) in view.tasks.iter().enumerate() { (item(t, task, at == 0)) } }
        }
        (trouble(t, &view.trouble))
        div class="two" {
            section aria-labelledby="next" {
                h2 id="next" { (t.say("planning-next-issues")) }
                @if view.next.is_empty() {
                    p { (t.say("planning-next-none")) }
                } @else {
                    (slots::table(t, &t.say("planning-next-issues"), &view.next, true))
                }
                p class="actions" { a href=(view.calendar_url) { (t.say("planning-whole-calendar")) } }
            }
            (changes(t, view))
        }
        (growth(t, view))
    };
    frame(desk, &page, &body)
}

fn trouble(t: Locale, domains: &[(DomainView, String)]) -> Markup {
    html! {
        @if !domains.is_empty() {
            section aria-labelledby="trouble" {
                h2 id="trouble" { (t.say("planning-trouble")) }
                (domain_table(t, domains.iter().map(|(one, url)| (one, Some(url.as_str())))))
                p class="small muted" { (t.say("planning-trouble-about")) }
            }
        }
    }
}

fn item(t: Locale, task: &Task, is_first: bool) -> Markup {
    let (title, text, button, is_urgent) = words(t, &task.kind);
    html! {
        li {
            div {
                h2 { (title) }
                @if let Some(text) = text { p class="small muted" { (text) } }
            }
            a class={ "button" @if !(is_first && is_urgent) { " quiet" } } href=(task.url) { (button) span class="hidden" { ": " (title) } }
        }
    }
}

/// Title, a sentence more, the button, and whether it comes before all others.
fn words(t: Locale, kind: &TaskKind) -> (String, Option<String>, String, bool) {
    let issue = |key: &str, name: &str| t.fill(key, [("issue", name.into())]);
    let count = |key: &str, count: i64| {
        t.fill(
            key,
            [("count", count.into()), ("number", t.number(count).into())],
        )
    };
    let due = |when: &Option<NaiveDateTime>| when.map(|at| t.moment(at));
    match kind {
        TaskKind::Review(name, when, people) => {
            let people = count("planning-people", *people);
            let text = due(when).map_or_else(
                || people.clone(),
                |when| {
                    t.fill(
                        "planning-goes-at-to",
                        [("when", when.into()), ("people", people.clone().into())],
                    )
                },
            );
            (
                issue("planning-task-review", name),
                Some(text),
                t.say("planning-do-review"),
                true,
            )
        }
        TaskKind::Draft(name, when) => (
            issue("planning-task-draft", name),
            due(when).map(|when| t.fill("planning-goes-at", [("when", when.into())])),
            t.say("planning-do-open"),
            false,
        ),
        TaskKind::Returned(name, why) => (
            issue("planning-task-returned", name),
            why.clone(),
            t.say("planning-do-open"),
            true,
        ),
        TaskKind::Paused(name, why) => (
            issue("planning-task-paused", name),
            why.clone(),
            t.say("planning-do-open"),
            true,
        ),
        TaskKind::Held(name, why) => (
            issue("planning-task-held", name),
            why.clone(),
            t.say("planning-do-open"),
            true,
        ),
        TaskKind::Submitted(number) => (
            count("planning-task-submitted", *number),
            None,
            t.say("planning-do-look-through"),
            false,
        ),
        TaskKind::Proposals(number) => (
            count("planning-task-proposals", *number),
            None,
            t.say("planning-do-compare"),
            false,
        ),
    }
}

fn changes(t: Locale, view: &StartView) -> Markup {
    html! {
        section aria-labelledby="since" {
            h2 id="since" {
                @match view.since {
                    Some(since) => (t.fill("planning-since", [("when", t.short_moment(since).into())])),
                    None => (t.say("planning-since-ever")),
                }
            }
            @if view.changes.is_empty() {
                p class="muted" { (t.say("planning-no-change")) }
            } @else {
                (trail::list(t, &view.changes))
            }
            @if let Some(url) = &view.audit_url {
                p class="actions" { a href=(url) { (t.say("planning-whole-log")) } }
            }
        }
    }
}

fn growth(t: Locale, view: &StartView) -> Markup {
    let Some(now) = view.growth.last() else {
        return html! {};
    };
    let number = |value: i64| t.number(value);
    html! {
        section aria-labelledby="growth" {
            h2 id="growth" { (t.say("planning-growth")) }
            p class="muted" {
                (t.fill("planning-growth-now", [
                    ("total", number(now.total).into()),
                    ("started", number(now.started).into()),
                    ("ended", number(now.ended).into()),
                ]))
            }
            (plot(t, &growth_plot(t, &view.growth)))
        }
    }
}

fn growth_plot(t: Locale, months: &[GrowthMonth]) -> PlotView {
    let series = |key: &str, value: fn(&GrowthMonth) -> i64| Series {
        name: t.say(key),
        values: months.iter().map(value).collect(),
    };
    let total = |month: Option<&GrowthMonth>| t.number(month.map_or(0, |month| month.total));
    let last = months.len().saturating_sub(1);
    PlotView {
        id: "growth-plot".to_owned(),
        title: t.fill(
            "planning-growth-title",
            [
                ("first", total(months.first()).into()),
                ("last", total(months.last()).into()),
            ],
        ),
        caption: t.say("planning-growth-caption"),
        step_name: t.say("planning-growth-month"),
        steps: months
            .iter()
            .enumerate()
            .map(|(at, month)| Step {
                name: t.month(month.month),
                // Every third one, counted from the present month.
                tick: (last - at)
                    .is_multiple_of(3)
                    .then(|| format!("{}/{}", month.month.month(), month.month.year() % 100)),
            })
            .collect(),
        curves: vec![series("planning-growth-total", |month| month.total)],
        bars: vec![
            series("planning-growth-started", |month| month.started),
            series("planning-growth-ended", |month| month.ended),
        ],
    }
}

impl Sample for StartView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let task = |kind, url: &str| Task {
            kind,
            url: url.to_owned(),
        };
        let at = |day, hour| super::planning::sample_at(12, day, hour);
        let name = super::planning::sample_issue(locale);
        let reason = locale.fill("reason-not-approved-in-time", [("limit", "6 h".into())]);
        let usual = Self {
            today: at(2, 9).date(),
            tasks: vec![
                task(
                    TaskKind::Review(name.clone(), Some(at(3, 7)), 4_312),
                    "/newsroom/issues/town/49",
                ),
                task(
                    TaskKind::Held(name.clone(), Some(reason)),
                    "/newsroom/issues/town/48",
                ),
                task(
                    TaskKind::Paused(name.clone(), None),
                    "/newsroom/issues/town/47",
                ),
                task(
                    TaskKind::Returned(name.clone(), Some("Bitte den Vorspann kürzen.".into())),
                    "/newsroom/issues/town/49",
                ),
                task(
                    TaskKind::Draft(name, Some(at(3, 7))),
                    "/newsroom/issues/town/49",
                ),
                task(TaskKind::Submitted(3), "/newsroom/entries?state=submitted"),
                task(TaskKind::Proposals(1), "/newsroom/entries?proposals=1"),
            ],
            trouble: vec![(
                super::sending::sample_domain(),
                "/newsroom/issues/town/48/sending?domain=large.example".into(),
            )],
            next: super::planning::sample_slots(locale),
            calendar_url: "/newsroom/calendar".into(),
            since: Some(at(1, 16)),
            changes: trail::sample(locale),
            audit_url: Some("/newsroom/audit".into()),
            growth: sample_growth(),
        };
        let quiet = Self {
            tasks: Vec::new(),
            trouble: Vec::new(),
            next: Vec::new(),
            since: None,
            changes: Vec::new(),
            audit_url: None,
            growth: Vec::new(),
            ..usual.clone()
        };
        vec![("usual", usual), ("quiet", quiet)]
    }
}

fn sample_growth() -> Vec<GrowthMonth> {
    let numbers = [
        (41, 9),
        (31, 8),
        (28, 7),
        (25, 12),
        (9, 14),
        (60, 11),
        (80, 9),
        (170, 12),
        (150, 10),
        (169, 8),
        (148, 7),
        (101, 38),
    ];
    let mut total = 3_120;
    let months = numbers.into_iter().enumerate();
    months
        .filter_map(|(at, (started, ended))| {
            total += started - ended;
            let month = u32::try_from(at).ok()? + 1;
            Some(GrowthMonth {
                month: NaiveDate::from_ymd_opt(2026, month, 1)?,
                total,
                started,
                ended,
            })
        })
        .collect()
}
