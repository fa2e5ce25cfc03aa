//! Asking for a mail with a link: to log in, or to set a new password.

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::door;
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// The page that asks for the address.
#[derive(Debug, Clone)]
pub struct LoginLinkView {
    /// Where the form posts to.
    pub action: String,
    /// Whether the link sets a new password.
    pub sets_password: bool,
    /// What was typed as address.
    pub email: String,
    /// Whether that is not an address.
    pub is_wrong: bool,
    /// The form was sent; the page says the same for every address.
    pub is_sent: bool,
    /// The login page.
    pub login_url: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &LoginLinkView) -> Markup {
    let t = site.locale;
    let title = t.say(if view.sets_password {
        "access-ask-password"
    } else {
        "access-ask-login"
    });
    let body = if view.is_sent {
        html! {
            div class="alert success" role="status" { p { (t.fill("access-ask-sent", [("email", view.email.as_str().into())])) } }
            p { (t.say("access-ask-spam")) }
        }
    } else {
        form(t, view)
    };
    let body = html! {
        (body)
        p { a href=(view.login_url) { (t.say("access-back-to-login")) } }
    };
    door(site, &title, view.is_wrong, &body)
}

fn form(t: Locale, view: &LoginLinkView) -> Markup {
    let error = || FieldError {
        id: "email".into(),
        text: t.say("access-email-wrong"),
    };
    let errors: Vec<FieldError> = view.is_wrong.then(error).into_iter().collect();
    let email = TextField {
        name: "email",
        kind: "email",
        label: t.say("newsroom-email"),
        hint: None,
        value: &view.email,
        autocomplete: Some("username"),
        most: Some(254),
        required: true,
    };
    let about = if view.sets_password {
        "access-ask-password-about"
    } else {
        "access-ask-login-about"
    };
    html! {
        (error_summary(t, &errors))
        p { (t.say(about)) }
        form method="post" action=(view.action) {
            (text_field(t, &email, &errors))
            (submit(&t.say("access-ask-send")))
        }
    }
}

impl Sample for LoginLinkView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let login = Self {
            action: "/newsroom/login/link".into(),
            sets_password: false,
            email: String::new(),
            is_wrong: false,
            is_sent: false,
            login_url: "/newsroom/login".into(),
        };
        let password = Self {
            sets_password: true,
            email: "erika".into(),
            is_wrong: true,
            ..login.clone()
        };
        let sent = Self {
            email: "erika@musterstadt.example".into(),
            is_sent: true,
            ..login.clone()
        };
        vec![("login", login), ("password", password), ("sent", sent)]
    }
}
