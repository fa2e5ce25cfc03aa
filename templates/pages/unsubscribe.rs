//! Behind the unsubscribe link of a mail: the button that ends a subscription.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// What is to be ended. GET changes nothing; the button POSTs.
#[derive(Debug, Clone)]
pub struct UnsubscribeView {
    /// Where the button posts to (the same URL as the page).
    pub action: String,
    /// The newsletter's name.
    pub newsletter: String,
    /// The address, masked; `None` when it is not known any more.
    pub masked_address: Option<String>,
    /// The reader's preferences page.
    pub preferences_url: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &UnsubscribeView) -> Markup {
    let t = site.locale;
    let newsletter = t.quote(&view.newsletter);
    let body = html! {
        p class="lead" { (t.fill("unsubscribe-lead", [("newsletter", newsletter.into())])) }
        p {
            @if let Some(address) = &view.masked_address {
                (t.fill("unsubscribe-address", [("address", address.as_str().into())])) " "
            }
            (t.say("unsubscribe-at-once"))
        }
        (components::button_form(&view.action, &t.say("unsubscribe-button")))
        @if let Some(url) = &view.preferences_url {
            h2 { (t.say("unsubscribe-rather-title")) }
            p {
                (t.say("unsubscribe-rather")) " "
                (components::paragraph_link(url, &t.say("unsubscribe-preferences")))
            }
        }
    };
    layout::frame(site, &Page::personal(t.say("unsubscribe-title")), &body)
}

impl Sample for UnsubscribeView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            action: "/unsubscribe/AQEAAAAAAAAADgAAAAAAAAAq".into(),
            newsletter: sample::newsletters(locale)[0].name.clone(),
            masked_address: Some("e•••@e•••.org".into()),
            preferences_url: Some("/preferences/AQEAAAAAAAAADgAAAAAAAAAq".into()),
        };
        let gone = Self {
            masked_address: None,
            preferences_url: None,
            ..view.clone()
        };
        vec![("usual", view), ("address-gone", gone)]
    }
}
