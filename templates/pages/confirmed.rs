//! After the confirmation: what the reader gets from now on.

use maud::{Markup, html};

use crate::Newsletter;
use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// What the reader gets from now on.
#[derive(Debug, Clone)]
pub struct ConfirmedView {
    /// The newsletters of the sign-up, as they run now.
    pub newsletters: Vec<Newsletter>,
    /// The reader's preferences page.
    pub preferences_url: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmedView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("confirmed-lead")) }
        (components::subscriptions(t, None, &view.newsletters))
        p { (t.say("confirmed-leave")) }
        @if let Some(url) = &view.preferences_url {
            (components::button_link(url, &t.say("confirmed-preferences")))
        }
    };
    layout::frame(site, &Page::personal(t.say("confirmed-title")), &body)
}

impl Sample for ConfirmedView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            newsletters: sample::chosen(locale),
            preferences_url: Some("/preferences/AQEAAAAAAAAADgAAAAAAAAAq".into()),
        };
        vec![("usual", view)]
    }
}
