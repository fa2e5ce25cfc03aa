//! The page of a user: roles, access, second factor.

use maud::{Markup, html};

use super::access_link::{AccessProblem, errors};
use super::frame::{Desk, DeskPage, frame, post_form};
use super::user_invite::{RoleChoice, role_choices};
use super::users::{UserRow, UserStateView, UsersView, seen};
use crate::components::error_summary;
use crate::locale::Locale;
use crate::sample::Sample;

/// The page of a user.
#[derive(Debug, Clone)]
pub struct UserView {
    /// The user.
    pub user: UserRow,
    /// The list of users.
    pub users_url: String,
    /// The roles.
    pub roles: Vec<RoleChoice>,
    /// What was just done.
    pub done: Option<UserDone>,
    /// This is the last administrator: nothing was changed.
    pub is_last_administrator: bool,
    /// What is wrong with the form that was sent.
    pub problems: Vec<AccessProblem>,
}

/// What was just done with a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserDone {
    /// The roles were changed.
    Changed,
    /// The user was disabled.
    Disabled,
    /// The user was enabled.
    Enabled,
    /// The second factor was removed.
    Reset,
    /// The invitation was sent again.
    Invited,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &UserView) -> Markup {
    let t = desk.site.locale;
    let errors = errors(t, &view.problems);
    let user = &view.user;
    let page = DeskPage {
        crumbs: vec![(view.users_url.clone(), t.say("newsroom-area-users"))],
        state: user.state.badge(t),
        sub: html! { (user.email) " · " (t.colon(&t.say("users-seen"))) " " (seen(t, user.seen_at)) },
        done: view.done.map(|done| t.say(done_key(done))),
        has_errors: !errors.is_empty(),
        ..DeskPage::new(user.name.clone())
    };
    let roles = html! {
        (role_choices(t, &view.roles, &errors))
        p class="small muted" { (t.say("users-roles-end")) }
        button { (t.say("account-save")) }
    };
    let body = html! {
        (error_summary(t, &errors))
        @if view.is_last_administrator {
            div class="alert danger" role="alert" { p { (t.say("users-last-administrator")) } }
        }
        div class="two even" {
            section class="panel" aria-labelledby="tasks" {
                h2 id="tasks" { (t.say("users-tasks")) }
                (post_form(desk, &user.url, &roles))
            }
            (access(desk, user))
        }
    };
    frame(desk, &page, &body)
}

const fn done_key(done: UserDone) -> &'static str {
    match done {
        UserDone::Changed => "users-done-changed",
        UserDone::Disabled => "users-done-disabled",
        UserDone::Enabled => "users-done-enabled",
        UserDone::Reset => "users-done-reset",
        UserDone::Invited => "users-done-invited",
    }
}

fn access(desk: &Desk, user: &UserRow) -> Markup {
    let t = desk.site.locale;
    let form = |path: &str, class: &str, key: &str| {
        let action = format!("{}/{path}", user.url);
        post_form(
            desk,
            &action,
            &html! { button class=(class) { (t.say(key)) } },
        )
    };
    html! {
        section class="panel stack" aria-labelledby="access" {
            h2 id="access" { (t.say("users-access")) }
            @match user.state {
                UserStateView::Invited => {
                    p { (t.say("users-access-invited")) }
                    (form("invite", "quiet", "users-invite-again"))
                    (form("disable", "risk", "users-take-back"))
                }
                UserStateView::Active => {
                    p { (t.say("users-access-active")) }
                    (form("disable", "risk", "users-disable"))
                }
                UserStateView::Disabled => {
                    p { (t.say("users-access-disabled")) }
                    (form("enable", "quiet", "users-enable"))
                }
            }
            @if user.has_second_factor {
                h3 { (t.say("account-second-factor")) }
                p { (t.say("users-reset-about")) }
                (form("reset", "quiet", "users-reset"))
            }
        }
    }
}

impl Sample for UserView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let rows = UsersView::samples(locale).remove(0).1.rows;
        let view = |user: &UserRow, done, is_last_administrator| Self {
            user: user.clone(),
            users_url: "/newsroom/users".into(),
            roles: ["administrator", "editor", "approver", "viewer"]
                .map(|key| RoleChoice {
                    key,
                    chosen: key == "administrator",
                })
                .to_vec(),
            done,
            is_last_administrator,
            problems: Vec::new(),
        };
        vec![
            ("active", view(&rows[0], Some(UserDone::Changed), false)),
            ("last", view(&rows[0], None, true)),
            ("invited", view(&rows[2], None, false)),
            ("disabled", view(&rows[3], None, false)),
        ]
    }
}
