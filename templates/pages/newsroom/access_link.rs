//! The page behind a link in a mail: log in, set a password, accept an invitation. Opening it changes
//! nothing.

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::door;
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// The page behind a link.
#[derive(Debug, Clone)]
pub struct AccessLinkView {
    /// Where the form posts to.
    pub action: String,
    /// What the link does.
    pub link: AccessLink,
    /// What is wrong with the form that was sent.
    pub problems: Vec<AccessProblem>,
    /// The page that mails another link.
    pub ask_url: String,
}

/// What a link does.
#[derive(Debug, Clone)]
pub enum AccessLink {
    /// Logs somebody in.
    Login {
        /// Whose link it is.
        name: String,
    },
    /// Sets a new password.
    Password {
        /// Whose link it is.
        name: String,
        /// The login name.
        email: String,
    },
    /// Sets up an access.
    Invitation {
        /// Who was invited.
        name: String,
        /// The login name.
        email: String,
        /// The roles in words.
        roles: String,
    },
    /// Adds the first administrator.
    FirstAdministrator {
        /// What was typed as name.
        name: String,
        /// What was typed as address.
        email: String,
    },
    /// Nothing any more.
    Gone,
}

/// What is wrong with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessProblem {
    /// The name is missing.
    Name,
    /// The address is none.
    Email,
    /// There is a user with this address.
    EmailTaken,
    /// The password is too short.
    PasswordShort,
    /// The password is too long.
    PasswordLong,
    /// The password is easily guessed.
    PasswordCommon,
    /// The password contains a name.
    PasswordName,
    /// The current password is wrong.
    CurrentPassword,
    /// The code is wrong.
    Code,
    /// No role was chosen.
    NoRole,
}

impl AccessProblem {
    /// The field and the sentence.
    pub(super) fn error(self, t: Locale) -> FieldError {
        let (id, key) = match self {
            Self::Name => ("name", "access-name-missing"),
            Self::Email => ("email", "access-email-wrong"),
            Self::EmailTaken => ("email", "access-email-taken"),
            Self::PasswordShort => ("password", "access-password-short"),
            Self::PasswordLong => ("password", "access-password-long"),
            Self::PasswordCommon => ("password", "access-password-common"),
            Self::PasswordName => ("password", "access-password-name"),
            Self::CurrentPassword => ("current", "access-current-wrong"),
            Self::Code => ("code", "access-code-wrong"),
            Self::NoRole => ("roles", "access-no-role"),
        };
        FieldError {
            id: id.into(),
            text: t.say(key),
        }
    }
}

/// All errors of a form.
pub(super) fn errors(t: Locale, problems: &[AccessProblem]) -> Vec<FieldError> {
    problems.iter().map(|problem| problem.error(t)).collect()
}

/// The field for a new password.
pub(super) fn new_password(t: Locale, errors: &[FieldError]) -> Markup {
    let field = TextField {
        name: "password",
        kind: "password",
        label: t.say("access-new-password"),
        hint: Some(t.say("access-password-hint")),
        value: "",
        autocomplete: Some("new-password"),
        most: Some(200),
        required: true,
    };
    text_field(t, &field, errors)
}

/// A field of one line for a name or an address.
pub(super) fn person_field<'a>(
    t: Locale,
    name: &'a str,
    value: &'a str,
    autocomplete: Option<&'a str>,
) -> TextField<'a> {
    let is_email = name == "email";
    TextField {
        name,
        kind: if is_email { "email" } else { "text" },
        label: t.say(if is_email {
            "newsroom-email"
        } else {
            "access-name"
        }),
        hint: None,
        value,
        autocomplete,
        most: Some(if is_email { 254 } else { 100 }),
        required: true,
    }
}

/// Renders the page.
pub fn page(site: &Site, view: &AccessLinkView) -> Markup {
    let t = site.locale;
    let errors = errors(t, &view.problems);
    let hello = |name: &str| t.fill("access-hello", [("name", name.into())]);
    let (title, body) = match &view.link {
        AccessLink::Login { name } => (
            "newsroom-log-in",
            html! {
                p { (hello(name)) }
                form method="post" action=(view.action) { (submit(&t.say("access-log-in-now"))) }
            },
        ),
        AccessLink::Password { name, email } => (
            "access-ask-password",
            html! {
                p { (hello(name)) }
                (password_form(t, view, email, "access-password-save", &errors))
            },
        ),
        AccessLink::Invitation { name, email, roles } => (
            "access-invitation-title",
            html! {
                p { (hello(name)) }
                p { (t.fill("access-invitation-about", [("organisation", site.organisation.as_str().into()), ("roles", roles.as_str().into())])) }
                (password_form(t, view, email, "access-invitation-accept", &errors))
            },
        ),
        AccessLink::FirstAdministrator { name, email } => (
            "access-first-title",
            html! {
                p { (t.say("access-first-about")) }
                form method="post" action=(view.action) {
                    (text_field(t, &person_field(t, "name", name, Some("name")), &errors))
                    (text_field(t, &person_field(t, "email", email, Some("username")), &errors))
                    (new_password(t, &errors))
                    (submit(&t.say("access-first-add")))
                }
            },
        ),
        AccessLink::Gone => (
            "access-gone-title",
            html! {
                p { (t.say("access-gone-text")) }
                p { a href=(view.ask_url) { (t.say("access-ask-login")) } }
            },
        ),
    };
    let body = html! { (error_summary(t, &errors)) (body) };
    door(site, &t.say(title), !errors.is_empty(), &body)
}

fn password_form(
    t: Locale,
    view: &AccessLinkView,
    email: &str,
    button: &str,
    errors: &[FieldError],
) -> Markup {
    html! {
        form method="post" action=(view.action) {
            // Password managers keep the password under this name.
            div class="field" {
                label for="email" { (t.say("newsroom-email")) }
                input id="email" type="email" value=(email) autocomplete="username" readonly;
            }
            (new_password(t, errors))
            (submit(&t.say(button)))
        }
    }
}

impl Sample for AccessLinkView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let (name, email) = ("Erika Beispiel", "erika@musterstadt.example");
        let view = |link, problems: &[AccessProblem]| Self {
            action: "/newsroom/link/abc".into(),
            link,
            problems: problems.to_vec(),
            ask_url: "/newsroom/login/link".into(),
        };
        let invitation = AccessLink::Invitation {
            name: name.into(),
            email: email.into(),
            roles: super::roles(locale, ["editor", "approver"].into_iter()),
        };
        let password = AccessLink::Password {
            name: name.into(),
            email: email.into(),
        };
        let first = AccessLink::FirstAdministrator {
            name: String::new(),
            email: "erika".into(),
        };
        let wrong = [
            AccessProblem::Name,
            AccessProblem::Email,
            AccessProblem::PasswordShort,
        ];
        vec![
            ("login", view(AccessLink::Login { name: name.into() }, &[])),
            ("password", view(password, &[AccessProblem::PasswordCommon])),
            ("invitation", view(invitation, &[])),
            ("first", view(first, &wrong)),
            ("gone", view(AccessLink::Gone, &[])),
        ]
    }
}
