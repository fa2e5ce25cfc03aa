//! After the button: the subscription has ended.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// What has ended.
#[derive(Debug, Clone)]
pub struct UnsubscribedView {
    /// The newsletter's name.
    pub newsletter: String,
    /// Where one can subscribe again.
    pub subscribe_url: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &UnsubscribedView) -> Markup {
    let t = site.locale;
    let newsletter = t.quote(&view.newsletter);
    let body = html! {
        p class="lead" { (t.fill("unsubscribed-lead", [("newsletter", newsletter.into())])) }
        p { (t.say("unsubscribed-again")) }
        (components::button_link(&view.subscribe_url, &t.say("subscribe-again")))
    };
    layout::frame(site, &Page::personal(t.say("unsubscribed-title")), &body)
}

impl Sample for UnsubscribedView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            newsletter: sample::newsletters(locale)[0].name.clone(),
            subscribe_url: "/subscribe".into(),
        };
        vec![("usual", view)]
    }
}
