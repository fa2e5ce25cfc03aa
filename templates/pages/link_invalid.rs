//! Behind a personal link (unsubscribe, preferences) that is incomplete or not one of ours.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// A personal link that cannot be read.
#[derive(Debug, Clone)]
pub struct LinkInvalidView {
    /// The address to write to for help, e.g. the organisation's.
    pub contact: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &LinkInvalidView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("link-invalid")) }
        @if let Some(contact) = &view.contact {
            p {
                (t.say("link-invalid-contact")) " "
                (components::paragraph_link(&format!("mailto:{contact}"), contact))
            }
        }
    };
    layout::frame(site, &Page::personal(t.say("link-invalid-title")), &body)
}

impl Sample for LinkInvalidView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        vec![(
            "usual",
            Self {
                contact: Some("rundbrief@musterstadt.example".into()),
            },
        )]
    }
}
