//! The list of users.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::components::{Tone, badge};
use super::frame::{Desk, DeskPage, frame};
use crate::locale::Locale;
use crate::sample::{self, Sample};

/// The list of users.
#[derive(Debug, Clone)]
pub struct UsersView {
    /// Everybody, by name.
    pub rows: Vec<UserRow>,
    /// Where somebody is invited.
    pub invite_url: String,
    /// The name of somebody who was just invited.
    pub invited: Option<String>,
}

/// A user in the list.
#[derive(Debug, Clone)]
pub struct UserRow {
    /// The page of the user.
    pub url: String,
    /// The name.
    pub name: String,
    /// The login name.
    pub email: String,
    /// The roles in words.
    pub roles: String,
    /// The state.
    pub state: UserStateView,
    /// When this person was last here.
    pub seen_at: Option<NaiveDateTime>,
    /// Whether there is a second factor.
    pub has_second_factor: bool,
}

/// The state of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserStateView {
    /// Was invited and has not come yet.
    Invited,
    /// May log in.
    Active,
    /// May not log in any more.
    Disabled,
}

impl UserStateView {
    /// The state as a word.
    pub(super) fn badge(self, t: Locale) -> Markup {
        match self {
            Self::Invited => badge(Tone::Ask, &t.say("users-invited")),
            Self::Active => badge(Tone::Good, &t.say("users-active")),
            Self::Disabled => badge(Tone::Quiet, &t.say("users-disabled")),
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &UsersView) -> Markup {
    let t = desk.site.locale;
    let invited = |name: &String| t.fill("users-invited-done", [("name", name.as_str().into())]);
    let page = DeskPage {
        actions: html! { a class="button" href=(view.invite_url) { (t.say("users-invite")) } },
        done: view.invited.as_ref().map(invited),
        ..DeskPage::new(t.say("newsroom-area-users"))
    };
    let heads = [
        t.say("access-name"),
        t.say("users-roles"),
        t.say("users-state"),
        t.say("users-second-factor"),
        t.say("users-seen"),
    ];
    let body = html! {
        table class="lists" {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for row in &view.rows {
                    tr {
                        th scope="row" { a href=(row.url) { (row.name) } small class="muted" { (row.email) } }
                        td data-label=(heads[1]) { (row.roles) }
                        td { (row.state.badge(t)) }
                        td data-label=(heads[3]) { (t.say(if row.has_second_factor { "account-on" } else { "account-off" })) }
                        td data-label=(heads[4]) { (seen(t, row.seen_at)) }
                    }
                }
            }
        }
    };
    frame(desk, &page, &body)
}

/// When somebody was last here.
pub(super) fn seen(t: Locale, at: Option<NaiveDateTime>) -> String {
    at.map_or_else(|| t.say("users-never"), |at| t.short_moment(at))
}

impl Sample for UsersView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let row = |name: &str, roles: &[&str], state, day: Option<u32>| UserRow {
            url: "/newsroom/users/0192".into(),
            name: name.into(),
            email: format!(
                "{}@musterstadt.example",
                name.split(' ').next().unwrap_or_default().to_lowercase()
            ),
            roles: super::roles(locale, roles.iter().copied()),
            state,
            seen_at: day.map(|day| sample::moment(day, 9, 41)),
            has_second_factor: day == Some(24),
        };
        let usual = Self {
            rows: vec![
                row(
                    "Erika Beispiel",
                    &["administrator", "approver"],
                    UserStateView::Active,
                    Some(24),
                ),
                row("Jana Kern", &["editor"], UserStateView::Active, Some(23)),
                row("Kim Muster", &["viewer"], UserStateView::Invited, None),
                row(
                    "Toni Gestern",
                    &["editor"],
                    UserStateView::Disabled,
                    Some(2),
                ),
            ],
            invite_url: "/newsroom/users/invite".into(),
            invited: Some("Kim Muster".into()),
        };
        vec![("usual", usual)]
    }
}
