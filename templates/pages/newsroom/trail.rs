//! What somebody did, in sentences.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use crate::locale::Locale;

/// Something that was done.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// Who did it.
    pub who: Who,
    /// The action, by its stored name, such as `issue.approve`; see [`is_told`].
    pub action: String,
    /// To what: its name.
    pub what: String,
    /// Where that is.
    pub url: Option<String>,
    /// When, in the newsroom's zone.
    pub at: NaiveDateTime,
    /// How often the same was done to other things just before.
    pub more: u32,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A user, by name.
    User(String),
    /// A recurring job.
    Job,
    /// Somebody at the command line.
    Operator,
}

/// Whether there is a sentence for this action.
pub fn is_told(action: &str) -> bool {
    key(action).is_some()
}

const SENTENCES: [(&str, &str); 25] = [
    ("entry.add", "planning-did-entry-add"),
    ("entry.change", "planning-did-entry-change"),
    ("entry.publish", "planning-did-entry-publish"),
    ("entry.withdraw", "planning-did-entry-withdraw"),
    ("entry.cancel", "planning-did-entry-cancel"),
    ("proposal.accept", "planning-did-proposal-accept"),
    ("proposal.reject", "planning-did-proposal-reject"),
    ("picture.add", "planning-did-picture-add"),
    ("issue.compose", "planning-did-issue-compose"),
    ("issue.approve", "planning-did-issue-approve"),
    ("issue.send", "planning-did-issue-send"),
    ("issue.pause", "planning-did-issue-pause"),
    ("issue.resume", "planning-did-issue-resume"),
    ("issue.hold", "planning-did-issue-hold"),
    ("issue.cancel", "planning-did-issue-cancel"),
    ("issue.finish", "planning-did-issue-finish"),
    ("newsletter.change", "planning-did-newsletter-change"),
    ("newsletter.add", "planning-did-newsletter-add"),
    ("schedule.change", "planning-did-schedule-change"),
    ("schedule.pause", "planning-did-schedule-pause"),
    ("schedule.resume", "planning-did-schedule-resume"),
    ("issue.hand-in", "planning-did-issue-hand-in"),
    ("issue.return", "planning-did-issue-return"),
    ("issue.reject", "planning-did-issue-reject"),
    ("issue.take-back", "planning-did-issue-take-back"),
];

/// A title in the quotation marks of the language.
pub fn quoted(t: Locale, title: &str) -> String {
    t.quote(title)
}

fn key(action: &str) -> Option<&'static str> {
    let found = SENTENCES.iter().find(|(one, _)| *one == action);
    found.map(|(_, key)| *key)
}

/// The sentences, the latest first.
pub(crate) fn list(t: Locale, changes: &[ChangeView]) -> Markup {
    html! {
        ul class="history" {
            @for change in changes {
                li {
                    p {
                        @match &change.url {
                            Some(url) => { a href=(url) { (sentence(t, change)) } }
                            None => (sentence(t, change)),
                        }
                    }
                    p class="small muted" {
                        time { (t.short_moment(change.at)) }
                        @if change.more > 0 { " · " (t.fill("planning-and-more", [("count", change.more.into())])) }
                    }
                }
            }
        }
    }
}

fn sentence(t: Locale, change: &ChangeView) -> String {
    let who = match &change.who {
        Who::User(name) => name.clone(),
        Who::Job => t.say("planning-who-job"),
        Who::Operator => t.say("planning-who-operator"),
    };
    let what = change.what.as_str().into();
    key(&change.action).map_or_else(
        || change.action.clone(),
        |key| t.fill(key, [("who", who.into()), ("what", what)]),
    )
}

/// Every sentence once.
pub(super) fn sample(t: Locale) -> Vec<ChangeView> {
    let who = [Who::User("Jana Kern".into()), Who::Job, Who::Operator];
    let changes = SENTENCES.iter().zip(who.into_iter().cycle());
    changes
        .zip(0..)
        .map(|(((action, _), who), number)| ChangeView {
            who,
            action: (*action).to_owned(),
            what: match action.split('.').next() {
                Some("issue") => super::planning::sample_issue(t),
                Some("newsletter" | "schedule") => t.quote(&crate::sample::newsletters(t)[0].name),
                _ => t.quote("Orange Days"),
            },
            url: (number % 2 == 0).then(|| "/newsroom/issues/town/49".to_owned()),
            at: super::planning::sample_at(12, 2, 9),
            more: u32::from(number == 2) * 11,
        })
        .collect()
}
