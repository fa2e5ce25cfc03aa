//! Logging in to the newsroom.

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::door;
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// The login page.
#[derive(Debug, Clone)]
pub struct LoginView {
    /// Where the form posts to.
    pub action: String,
    /// What was typed as address.
    pub email: String,
    /// The page to open afterwards.
    pub next: String,
    /// A form that was sent after its session had ended: where it posts to, and its body as it came.
    pub kept: Option<(String, String)>,
    /// Whether address or password were wrong.
    pub is_wrong: bool,
}

/// Renders the page.
pub fn page(site: &Site, view: &LoginView) -> Markup {
    let t = site.locale;
    let errors: Vec<FieldError> = view
        .is_wrong
        .then(|| FieldError {
            id: "email".into(),
            text: t.say("newsroom-login-wrong"),
        })
        .into_iter()
        .collect();
    let field = |name, kind, label: &str, value, autocomplete| TextField {
        name,
        kind,
        label: t.say(label),
        hint: None,
        value,
        autocomplete: Some(autocomplete),
        most: None,
        required: true,
    };
    let (email, password) = ("newsroom-email", "newsroom-password");
    let body = html! {
        (error_summary(t, &errors))
        @if view.kept.is_some() {
            div class="alert" role="status" { p { (t.say("newsroom-login-ended")) } }
        }
        form method="post" action=(view.action) {
            (text_field(t, &field("email", "email", email, &view.email, "username"), &errors))
            (text_field(t, &field("password", "password", password, "", "current-password"), &[]))
            input type="hidden" name="next" value=(view.next);
            @if let Some((path, body)) = &view.kept {
                input type="hidden" name="kept-path" value=(path);
                input type="hidden" name="kept-body" value=(body);
            }
            (submit(&t.say("newsroom-log-in")))
        }
    };
    door(site, &t.say("newsroom-log-in"), view.is_wrong, &body)
}

impl Sample for LoginView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/newsroom/login".into(),
            email: String::new(),
            next: "/newsroom".into(),
            kept: None,
            is_wrong: false,
        };
        let wrong = Self {
            email: "erika@musterstadt.example".into(),
            is_wrong: true,
            ..usual.clone()
        };
        let kept = Self {
            kept: Some(("/newsroom/entries/new".into(), "title=Brunnen".into())),
            ..usual.clone()
        };
        vec![("usual", usual), ("wrong", wrong), ("kept", kept)]
    }
}
