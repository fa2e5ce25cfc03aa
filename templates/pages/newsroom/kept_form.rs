//! After logging in again, or proving who one is: the form that was sent before.

use maud::{Markup, html};

use super::frame::{CSRF_FIELD, door};
use crate::components::submit;
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// A form that waits to be sent again.
#[derive(Debug, Clone)]
pub struct KeptFormView {
    /// Where it posts to.
    pub action: String,
    /// Its fields in order, without the token of the session that has ended.
    pub fields: Vec<(String, String)>,
    /// The token of the new session.
    pub csrf: String,
    /// Whether its user had to prove who they are; otherwise its session had ended.
    pub is_confirmed: bool,
}

/// Renders the page.
pub fn page(site: &Site, view: &KeptFormView) -> Markup {
    let t = site.locale;
    let body = html! {
        p { (t.say(if view.is_confirmed { "access-confirmed-text" } else { "newsroom-kept-text" })) }
        form method="post" action=(view.action) {
            input type="hidden" name=(CSRF_FIELD) value=(view.csrf);
            @for (name, value) in &view.fields { input type="hidden" name=(name) value=(value); }
            (submit(&t.say("newsroom-kept-send")))
        }
        p { a href="/newsroom" { (t.say("newsroom-kept-drop")) } }
    };
    door(site, &t.say("newsroom-kept-title"), false, &body)
}

impl Sample for KeptFormView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/newsroom/entries/new".into(),
            fields: vec![("title".into(), "Neue Brunnen".into())],
            csrf: "c2FtcGxlIHRva2Vu".into(),
            is_confirmed: false,
        };
        let confirmed = Self {
            is_confirmed: true,
            ..usual.clone()
        };
        vec![("usual", usual), ("confirmed", confirmed)]
    }
}
