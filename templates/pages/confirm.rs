//! Behind the link of the confirmation mail: what was asked for, and the button that confirms it.

use maud::{Markup, html};

use crate::Newsletter;
use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// What is to be confirmed. GET changes nothing; the button POSTs.
#[derive(Debug, Clone)]
pub struct ConfirmView {
    /// Where the button posts to (the same URL as the page).
    pub action: String,
    /// The address, masked, e.g. “e•••@e•••.org”.
    pub masked_address: String,
    /// What was asked for.
    pub newsletters: Vec<Newsletter>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("confirm-lead")) }
        (components::subscriptions(t, Some(&view.masked_address), &view.newsletters))
        (components::button_form(&view.action, &t.say("confirm-button")))
        h2 { (t.say("confirm-not-you-title")) }
        p { (t.say("confirm-not-you")) }
    };
    layout::frame(site, &Page::personal(t.say("confirm-title")), &body)
}

impl Sample for ConfirmView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            action: "/confirm/Zx81QmVpc3BpZWw".into(),
            masked_address: "e•••@e•••.org".into(),
            newsletters: sample::chosen(locale),
        };
        vec![("usual", view)]
    }
}
