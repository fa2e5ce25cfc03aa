//! Proving again who one is, at an open session: before an export, and before access is changed.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::{CSRF_FIELD, door};
use super::login::{LoginProblem, Onward};
use super::login_code::code_field;
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::{self, Sample};
use crate::site::Site;

/// The page that asks again.
#[derive(Debug, Clone)]
pub struct LoginConfirmView {
    /// Where the form posts to.
    pub action: String,
    /// Where a code is asked for.
    pub code_action: String,
    /// The token of the session.
    pub csrf: String,
    /// Where it leads afterwards.
    pub onward: Onward,
    /// The address of the user.
    pub email: String,
    /// What proves who somebody is.
    pub first: FirstProof,
    /// Whether a code of the second factor is asked for, too.
    pub second_factor: bool,
    /// Why the last attempt failed.
    pub problem: Option<LoginProblem>,
}

/// What proves who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstProof {
    /// The password.
    Password,
    /// A code by mail, which is to be asked for.
    Mail,
    /// A code that was mailed, and until when it works.
    Mailed(NaiveDateTime),
}

/// Renders the page.
pub fn page(site: &Site, view: &LoginConfirmView) -> Markup {
    let t = site.locale;
    let field = match view.first {
        FirstProof::Password => "password",
        _ => "mailed",
    };
    let error = |problem| FieldError {
        id: field.into(),
        text: match problem {
            LoginProblem::Wrong => t.say("access-confirm-wrong"),
            LoginProblem::Wait(until) => {
                let time = until.format("%H:%M:%S").to_string();
                t.fill("access-confirm-wait", [("time", time.into())])
            }
        },
    };
    let code = TextField {
        label: t.say("access-confirm-code"),
        ..code_field(t)
    };
    let errors: Vec<FieldError> = view.problem.map(error).into_iter().collect();
    let body = html! {
        (error_summary(t, &errors))
        @if view.onward.kept.is_some() {
            div class="alert" role="status" { p { (t.say("access-confirm-kept")) } }
        }
        p { (t.say("access-confirm-about")) }
        form method="post" action=(view.action) {
            input type="hidden" name=(CSRF_FIELD) value=(view.csrf);
            (view.onward.fields())
            (first(t, view, &errors))
            @if view.first != FirstProof::Mail {
                @if view.second_factor { (text_field(t, &code, &[])) }
                (submit(&t.say("access-confirm-send")))
            }
            @if let FirstProof::Mailed(_) = view.first {
                button class="quiet" formaction=(view.code_action) formnovalidate { (t.say("access-confirm-mail-again")) }
            }
        }
        p { a href="/newsroom" { (t.say("access-confirm-drop")) } }
    };
    let title = t.say("access-confirm-title");
    door(site, &title, view.problem.is_some(), &body)
}

fn first(t: Locale, view: &LoginConfirmView, errors: &[FieldError]) -> Markup {
    let email = || ("email", view.email.as_str().into());
    let field = |name, kind, label, hint, autocomplete| TextField {
        name,
        kind,
        label,
        hint,
        value: "",
        autocomplete: Some(autocomplete),
        most: Some(200),
        required: true,
    };
    html! {
        @match view.first {
            FirstProof::Password => {
                // Password managers keep the password under this name.
                div class="field" {
                    label for="email" { (t.say("newsroom-email")) }
                    input id="email" type="email" value=(view.email) autocomplete="username" readonly;
                }
                (text_field(t, &field("password", "password", t.say("newsroom-password"), None, "current-password"), errors))
            }
            FirstProof::Mail => {
                p id="mailed" { (t.fill("access-confirm-mail", [email()])) }
                button formaction=(view.code_action) { (t.say("access-confirm-mail-send")) }
            }
            FirstProof::Mailed(until) => {
                div class="alert" role="status" {
                    p { (t.fill("access-confirm-mail-sent", [email(), ("time", until.format("%H:%M").to_string().into())])) }
                }
                (text_field(t, &field("mailed", "text", t.say("access-confirm-mailed"), Some(t.say("access-confirm-mailed-hint")), "one-time-code"), errors))
            }
        }
    }
}

impl Sample for LoginConfirmView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/newsroom/confirm".into(),
            code_action: "/newsroom/confirm/code".into(),
            csrf: "c2FtcGxlIHRva2Vu".into(),
            onward: Onward {
                next: "/newsroom/audit".into(),
                kept: None,
            },
            email: "erika@musterstadt.example".into(),
            first: FirstProof::Password,
            second_factor: true,
            problem: None,
        };
        let kept = Self {
            onward: Onward {
                next: String::new(),
                kept: Some(("/newsroom/users/invite".into(), "name=Kim".into())),
            },
            second_factor: false,
            problem: Some(LoginProblem::Wrong),
            ..usual.clone()
        };
        let mail = Self {
            first: FirstProof::Mail,
            ..usual.clone()
        };
        let mailed = Self {
            first: FirstProof::Mailed(sample::moment(24, 9, 56)),
            problem: Some(LoginProblem::Wait(sample::moment(24, 9, 41))),
            ..usual.clone()
        };
        vec![
            ("usual", usual),
            ("kept", kept),
            ("mail", mail),
            ("mailed", mailed),
        ]
    }
}
