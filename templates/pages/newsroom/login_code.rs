//! The second step of logging in: a code of the authenticator app, or a recovery code.

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::door;
use super::login::{LoginProblem, Onward, problem};
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// The page that asks for the code.
#[derive(Debug, Clone)]
pub struct LoginCodeView {
    /// Where the form posts to.
    pub action: String,
    /// Where it leads afterwards.
    pub onward: Onward,
    /// Why the last attempt failed.
    pub problem: Option<LoginProblem>,
    /// The login page, to begin again.
    pub login_url: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &LoginCodeView) -> Markup {
    let t = site.locale;
    let error = |one| FieldError {
        id: "code".into(),
        text: problem(t, one, &t.say("access-code-wrong")),
    };
    let errors: Vec<FieldError> = view.problem.map(error).into_iter().collect();
    let code = code_field(t);
    let body = html! {
        (error_summary(t, &errors))
        (view.onward.notice(t))
        form method="post" action=(view.action) {
            (text_field(t, &code, &errors))
            (view.onward.fields())
            (submit(&t.say("access-code-send")))
        }
        p class="small muted" { (t.say("access-code-lost")) }
        p { a href=(view.login_url) { (t.say("access-code-again")) } }
    };
    door(
        site,
        &t.say("access-code-title"),
        view.problem.is_some(),
        &body,
    )
}

/// The field for a code.
pub(super) fn code_field(t: Locale) -> TextField<'static> {
    TextField {
        name: "code",
        kind: "text",
        label: t.say("access-code"),
        hint: Some(t.say("access-code-hint")),
        value: "",
        autocomplete: Some("one-time-code"),
        most: Some(40),
        required: true,
    }
}

impl Sample for LoginCodeView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/newsroom/login/code".into(),
            onward: Onward::default(),
            problem: None,
            login_url: "/newsroom/login".into(),
        };
        let wrong = Self {
            problem: Some(LoginProblem::Wrong),
            ..usual.clone()
        };
        vec![("usual", usual), ("wrong", wrong)]
    }
}
