//! The audit log: who did what, with filters, and whether anybody has changed the log.

mod codes;
pub mod values;
pub mod words;

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::components::onward;
use super::frame::{Desk, DeskPage, frame, post_form};
use crate::locale::Locale;
use crate::sample::{self, Sample};

/// The audit log.
#[derive(Debug, Clone)]
pub struct AuditView {
    /// The lines, the latest first.
    pub rows: Vec<AuditRow>,
    /// What is looked for.
    pub filter: AuditFilter,
    /// Where the list is.
    pub url: String,
    /// The same lines as CSV.
    pub csv_url: String,
    /// Where the form posts to that verifies the log.
    pub verify_url: String,
    /// The page of the list after this one.
    pub after: Option<String>,
    /// What a verification found.
    pub verified: Option<VerifiedView>,
    /// Whether the user has just proved who they are, to load the file.
    pub is_confirmed: bool,
}

/// A line of the log.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Its number.
    pub seq: i64,
    /// When, in the zone of the newsroom.
    pub at: NaiveDateTime,
    /// Who: the name of a user, or what the log says.
    pub who: Who,
    /// What was done: `issue.approve`.
    pub action: String,
    /// To what.
    pub subject: SubjectView,
    /// The state before in words, where there are [some](values::value); otherwise as the log says.
    pub before: Option<String>,
    /// The state after, likewise.
    pub after: Option<String>,
}

/// To what something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectView {
    /// What kind of thing: `issue`.
    pub kind: String,
    /// Its name, e.g. “Region aktuell 14”, or what the log says.
    pub name: String,
    /// Its page, where it has one.
    pub url: Option<String>,
}

/// Who did something.
#[derive(Debug, Clone)]
pub enum Who {
    /// A user, by name.
    User(String),
    /// Somebody at the command line.
    Operator(String),
    /// A job of the service.
    Job(String),
    /// A reader, by the number of the row.
    Reader(String),
    /// Somebody on the way in, of whom nothing is known.
    Guest,
}

/// What is looked for; empty fields match everything.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Who: value and name of each choice.
    pub people: Vec<(String, String)>,
    /// The value of the chosen one.
    pub who: String,
    /// The actions that there are, by their stored names.
    pub actions: Vec<&'static str>,
    /// The chosen one.
    pub action: String,
    /// Part of the subject: its identifier.
    pub subject: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// What a verification found.
#[derive(Debug, Clone)]
pub struct VerifiedView {
    /// Lines that are as they were written.
    pub lines: i64,
    /// The last line that retention has removed; 0 for none.
    pub removed_until: i64,
    /// The hash of the last line.
    pub head: String,
    /// The first line that is not as it was written.
    pub broken: Option<i64>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &AuditView) -> Markup {
    let t = desk.site.locale;
    let page = DeskPage {
        actions: html! {
            a class="button quiet" href=(view.csv_url) { (t.say("audit-csv")) }
            (post_form(desk, &view.verify_url, &html! { button class="quiet" { (t.say("audit-verify")) } }))
        },
        sub: html! { (t.say("audit-about")) },
        done: view
            .is_confirmed
            .then(|| t.say("access-confirmed-download")),
        ..DeskPage::new(t.say("newsroom-area-audit"))
    };
    let body = html! {
        @if let Some(verified) = &view.verified { (result(t, verified)) }
        (filter(t, view))
        @if view.rows.is_empty() {
            p { (t.say("audit-none")) }
        } @else {
            (table(t, &view.rows))
        }
        (onward(t, None, view.after.as_deref()))
    };
    frame(desk, &page, &body)
}

fn result(t: Locale, verified: &VerifiedView) -> Markup {
    let count = || ("count", t.number(verified.lines).into());
    html! {
        @match verified.broken {
            Some(line) => {
                div class="alert danger" role="alert" {
                    h2 class="alert-title" { (t.fill("audit-broken-title", [("line", t.number(line).into())])) }
                    p { (t.fill("audit-broken-text", [count()])) }
                }
            }
            None => {
                div class="alert success" role="status" {
                    h2 class="alert-title" { (t.fill("audit-sound-title", [count()])) }
                    @if verified.removed_until > 0 {
                        p { (t.fill("audit-removed", [("line", t.number(verified.removed_until).into())])) }
                    }
                    @if !verified.head.is_empty() {
                        p { (t.say("audit-head")) " " code { (verified.head) } }
                    }
                }
            }
        }
    }
}

fn filter(t: Locale, view: &AuditView) -> Markup {
    let filter = &view.filter;
    let day = |name: &str, label: &str, value: &str| {
        html! { div { label for=(name) { (t.say(label)) } input type="date" id=(name) name=(name) value=(value); } }
    };
    html! {
        form method="get" action=(view.url) class="filters" {
            div {
                label for="who" { (t.say("audit-who")) }
                select id="who" name="who" {
                    option value="" { (t.say("audit-everybody")) }
                    @for (value, name) in &filter.people { option value=(value) selected[*value == filter.who] { (name) } }
                }
            }
            div {
                label for="action" { (t.say("audit-action")) }
                select id="action" name="action" {
                    option value="" { (t.say("audit-everything")) }
                    @for (action, words) in by_words(t, &filter.actions) { option value=(action) selected[action == filter.action] { (words) } }
                }
            }
            div {
                label for="subject" { (t.say("audit-subject")) }
                input type="search" id="subject" name="subject" value=(filter.subject) maxlength="100";
            }
            (day("from", "audit-from", &filter.from))
            (day("to", "audit-to", &filter.to))
            button class="quiet" { (t.say("audit-show")) }
        }
    }
}

fn table(t: Locale, rows: &[AuditRow]) -> Markup {
    let heads = [
        "audit-when",
        "audit-who",
        "audit-action",
        "audit-subject",
        "audit-change",
    ]
    .map(|key| t.say(key));
    html! {
        table class="lists" {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for row in rows {
                    tr {
                        td class="num" { (t.day(row.at.date())) small class="muted" { (row.at.format("%H:%M:%S")) " · " (row.seq) } }
                        td data-label=(heads[1]) { (who(t, &row.who)) }
                        td data-label=(heads[2]) { (action(t, &row.action)) }
                        td data-label=(heads[3]) { (subject(t, &row.subject)) }
                        td data-label=(heads[4]) { (change(row)) }
                    }
                }
            }
        }
    }
}

/// An action in words; its stored name where there are none.
fn action(t: Locale, name: &str) -> String {
    words::action(t, name).unwrap_or_else(|| name.to_owned())
}

/// The actions in the order of their words.
fn by_words<'a>(t: Locale, actions: &[&'a str]) -> Vec<(&'a str, String)> {
    let mut all: Vec<_> = actions.iter().map(|one| (*one, action(t, one))).collect();
    all.sort_by_key(|(_, words)| words.to_lowercase());
    all
}

fn subject(t: Locale, subject: &SubjectView) -> Markup {
    let kind = words::subject(t, &subject.kind);
    html! {
        (kind.as_deref().unwrap_or(&subject.kind)) " "
        @match &subject.url {
            Some(url) => { a href=(url) { (subject.name) } }
            None => (subject.name),
        }
    }
}

fn who(t: Locale, who: &Who) -> String {
    let named = |key: &str, name: &str| t.fill(key, [("name", name.into())]);
    match who {
        Who::User(name) => name.clone(),
        Who::Operator(name) => named("audit-operator", name),
        Who::Job(name) => named("audit-job", name),
        Who::Reader(number) => named("audit-reader", number),
        Who::Guest => t.say("audit-guest"),
    }
}

fn change(row: &AuditRow) -> Markup {
    html! {
        @match (&row.before, &row.after) {
            (Some(before), Some(after)) => { (before) " → " (after) }
            (Some(before), None) => { (before) " → –" }
            (None, Some(after)) => { (after) }
            (None, None) => {}
        }
    }
}

impl Sample for AuditView {
    fn samples(t: Locale) -> Vec<(&'static str, Self)> {
        let row =
            |seq, who, action: &str, (kind, name, url): (&str, &str, &str), after: &str| AuditRow {
                seq,
                at: sample::moment(24, 9, 41),
                who,
                action: action.into(),
                subject: SubjectView {
                    kind: kind.into(),
                    name: name.into(),
                    url: Some(url.to_owned()).filter(|url| !url.is_empty()),
                },
                before: values::value(t, kind, "in-review"),
                after: Some(values::value(t, kind, after).unwrap_or_else(|| after.to_owned())),
            };
        let usual = Self {
            rows: vec![
                row(
                    4713,
                    Who::User("Erika Beispiel".into()),
                    "issue.approve",
                    (
                        "issue",
                        "Musterstadt aktuell 48",
                        "/newsroom/issues/town/48",
                    ),
                    "approved",
                ),
                row(
                    4712,
                    Who::Operator("root".into()),
                    "user.add",
                    ("user", "Jana Kern", "/newsroom/users/0192"),
                    "administrator",
                ),
                row(
                    4711,
                    Who::Job("schedule".into()),
                    "issue.compose",
                    (
                        "issue",
                        "Musterstadt aktuell 48",
                        "/newsroom/issues/town/48",
                    ),
                    "draft",
                ),
                AuditRow {
                    before: Some("town".into()),
                    after: None,
                    ..row(
                        4710,
                        Who::Reader("17".into()),
                        "subscription.end",
                        ("subscriber", "17", ""),
                        "",
                    )
                },
                row(
                    4709,
                    Who::Guest,
                    "user.link",
                    ("user", "Jana Kern", "/newsroom/users/0192"),
                    "login-link",
                ),
            ],
            filter: AuditFilter {
                people: vec![("0192".into(), "Erika Beispiel".into())],
                actions: vec!["issue.compose", "issue.approve", "user.add"],
                action: "issue.approve".into(),
                ..AuditFilter::default()
            },
            url: "/newsroom/audit".into(),
            csv_url: "/newsroom/audit/csv".into(),
            verify_url: "/newsroom/audit/verify".into(),
            after: Some("/newsroom/audit?before=4709".into()),
            verified: None,
            is_confirmed: false,
        };
        let verified = |broken| VerifiedView {
            lines: 4713,
            removed_until: 12,
            head: "3f2a".repeat(16),
            broken,
        };
        let sound = Self {
            verified: Some(verified(None)),
            ..usual.clone()
        };
        let broken = Self {
            rows: Vec::new(),
            after: None,
            verified: Some(verified(Some(17))),
            ..usual.clone()
        };
        vec![("usual", usual), ("sound", sound), ("broken", broken)]
    }
}
