//! Logging in to the newsroom: address and password.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::door;
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::{self, Sample};
use crate::site::Site;

/// The login page.
#[derive(Debug, Clone)]
pub struct LoginView {
    /// Where the form posts to.
    pub action: String,
    /// What was typed as address.
    pub email: String,
    /// Where it leads afterwards.
    pub onward: Onward,
    /// Why the last attempt failed.
    pub problem: Option<LoginProblem>,
    /// The page that mails a link to log in.
    pub link_url: String,
    /// The page that mails a link to set a new password.
    pub password_url: String,
}

/// Where a login leads.
#[derive(Debug, Clone, Default)]
pub struct Onward {
    /// The page to open afterwards.
    pub next: String,
    /// A form that was sent after its session had ended: where it posts to, and its body as it came.
    pub kept: Option<(String, String)>,
}

/// Why an attempt to log in failed.
#[derive(Debug, Clone, Copy)]
pub enum LoginProblem {
    /// Something is wrong.
    Wrong,
    /// There were too many failures; the next attempt is allowed at this time.
    Wait(NaiveDateTime),
}

impl Onward {
    /// The hidden fields that keep it.
    pub(super) fn fields(&self) -> Markup {
        html! {
            input type="hidden" name="next" value=(self.next);
            @if let Some((path, body)) = &self.kept {
                input type="hidden" name="kept-path" value=(path);
                input type="hidden" name="kept-body" value=(body);
            }
        }
    }

    /// Says that a form was kept.
    pub(super) fn notice(&self, t: Locale) -> Markup {
        html! {
            @if self.kept.is_some() {
                div class="alert" role="status" { p { (t.say("newsroom-login-ended")) } }
            }
        }
    }
}

/// The sentence about a failed attempt; `wrong` is what is wrong here.
pub(super) fn problem(t: Locale, problem: LoginProblem, wrong: &str) -> String {
    match problem {
        LoginProblem::Wrong => wrong.to_owned(),
        LoginProblem::Wait(until) => {
            let time = until.format("%H:%M:%S").to_string();
            t.fill("access-wait", [("time", time.into())])
        }
    }
}

/// Renders the page.
pub fn page(site: &Site, view: &LoginView) -> Markup {
    let t = site.locale;
    let error = |one| FieldError {
        id: "email".into(),
        text: problem(t, one, &t.say("newsroom-login-wrong")),
    };
    let errors: Vec<FieldError> = view.problem.map(error).into_iter().collect();
    let field = |name, kind, label: String, value, autocomplete| TextField {
        name,
        kind,
        label,
        hint: None,
        value,
        autocomplete: Some(autocomplete),
        most: None,
        required: true,
    };
    let email = field(
        "email",
        "email",
        t.say("newsroom-email"),
        view.email.as_str(),
        "username",
    );
    let password = field(
        "password",
        "password",
        t.say("newsroom-password"),
        "",
        "current-password",
    );
    let body = html! {
        (error_summary(t, &errors))
        (view.onward.notice(t))
        form method="post" action=(view.action) {
            (text_field(t, &email, &errors))
            (text_field(t, &password, &[]))
            (view.onward.fields())
            (submit(&t.say("newsroom-log-in")))
        }
        h2 { (t.say("access-otherwise")) }
        ul class="plain-list" {
            li { a href=(view.link_url) { (t.say("access-ask-login")) } }
            li { a href=(view.password_url) { (t.say("access-ask-password")) } }
        }
    };
    door(
        site,
        &t.say("newsroom-log-in"),
        view.problem.is_some(),
        &body,
    )
}

impl Sample for LoginView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/newsroom/login".into(),
            email: String::new(),
            onward: Onward {
                next: "/newsroom".into(),
                kept: None,
            },
            problem: None,
            link_url: "/newsroom/login/link".into(),
            password_url: "/newsroom/login/password".into(),
        };
        let wrong = Self {
            email: "erika@musterstadt.example".into(),
            problem: Some(LoginProblem::Wrong),
            ..usual.clone()
        };
        let wait = Self {
            problem: Some(LoginProblem::Wait(sample::moment(24, 9, 41))),
            ..wrong.clone()
        };
        let kept = Self {
            onward: Onward {
                next: String::new(),
                kept: Some(("/newsroom/entries/new".into(), "title=Brunnen".into())),
            },
            ..usual.clone()
        };
        vec![
            ("usual", usual),
            ("wrong", wrong),
            ("wait", wait),
            ("kept", kept),
        ]
    }
}
