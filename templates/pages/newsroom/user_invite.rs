//! Inviting somebody.

use maud::{Markup, html};

use super::access_link::{AccessProblem, errors, person_field};
use super::components::text_field;
use super::frame::{Desk, DeskPage, frame, post_form};
use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::sample::Sample;

/// The form that invites somebody.
#[derive(Debug, Clone)]
pub struct UserInviteView {
    /// Where the form posts to.
    pub action: String,
    /// The list of users.
    pub users_url: String,
    /// What was typed as name.
    pub name: String,
    /// What was typed as address.
    pub email: String,
    /// The language of the mail.
    pub language: Locale,
    /// The roles.
    pub roles: Vec<RoleChoice>,
    /// What is wrong with the form that was sent.
    pub problems: Vec<AccessProblem>,
}

/// A role that can be chosen.
#[derive(Debug, Clone)]
pub struct RoleChoice {
    /// Its stored name.
    pub key: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl RoleChoice {
    /// What somebody with this role may do.
    fn about(&self, t: Locale) -> String {
        t.say(match self.key {
            "administrator" => "users-about-administrator",
            "editor" => "users-about-editor",
            "approver" => "users-about-approver",
            _ => "users-about-viewer",
        })
    }
}

/// The checkboxes of the roles.
pub(super) fn role_choices(t: Locale, roles: &[RoleChoice], errors: &[FieldError]) -> Markup {
    let wrong = errors.iter().any(|error| error.id == "roles");
    html! {
        fieldset id="roles" tabindex="-1" class=[wrong.then_some("wrong")] aria-describedby=[described_by(errors, "roles", false)] {
            legend { (t.say("users-roles")) }
            (field_error(t, errors, "roles"))
            @for role in roles {
                label class="choice" {
                    input type="checkbox" name="role" value=(role.key) checked[role.chosen];
                    span { (super::role_name(t, role.key)) small { (role.about(t)) } }
                }
            }
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &UserInviteView) -> Markup {
    let t = desk.site.locale;
    let errors = errors(t, &view.problems);
    let page = DeskPage {
        crumbs: vec![(view.users_url.clone(), t.say("newsroom-area-users"))],
        has_errors: !errors.is_empty(),
        ..DeskPage::new(t.say("users-invite"))
    };
    let form = html! {
        (text_field(t, &person_field(t, "name", &view.name, None), &errors))
        (text_field(t, &person_field(t, "email", &view.email, None), &errors))
        div class="field" {
            label for="language" { (t.say("users-language")) }
            select id="language" name="language" {
                @for locale in &desk.site.offered {
                    option value=(locale.code()) lang=(locale.code()) selected[*locale == view.language] { (locale.own_name()) }
                }
            }
        }
        (role_choices(t, &view.roles, &errors))
        button { (t.say("users-invite-send")) }
    };
    let body = html! {
        (error_summary(t, &errors))
        p { (t.say("users-invite-about")) }
        div class="narrow" { (post_form(desk, &view.action, &form)) }
    };
    frame(desk, &page, &body)
}

impl Sample for UserInviteView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let role = |key, chosen| RoleChoice { key, chosen };
        let empty = Self {
            action: "/newsroom/users/invite".into(),
            users_url: "/newsroom/users".into(),
            name: String::new(),
            email: String::new(),
            language: locale,
            roles: vec![
                role("administrator", false),
                role("editor", true),
                role("approver", false),
                role("viewer", false),
            ],
            problems: Vec::new(),
        };
        let wrong = Self {
            name: "Kim".into(),
            email: "kim@".into(),
            problems: vec![AccessProblem::Email, AccessProblem::NoRole],
            ..empty.clone()
        };
        vec![("empty", empty), ("wrong", wrong)]
    }
}
