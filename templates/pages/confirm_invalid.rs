//! Behind a confirmation link that no longer works: why, and what to do.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// A confirmation link that cannot be followed.
#[derive(Debug, Clone)]
pub struct ConfirmInvalidView {
    /// Why.
    pub reason: ConfirmInvalidReason,
    /// How many days such a link works.
    pub confirm_within_days: u32,
}

/// Why a confirmation link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmInvalidReason {
    /// It was not followed in time; the request has been deleted.
    Expired,
    /// It was used already.
    Used,
    /// It is incomplete, or not one of ours.
    Unknown,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmInvalidView) -> Markup {
    let t = site.locale;
    let days = t.fill("days", [("days", view.confirm_within_days.into())]);
    let after = t.fill("days-after", [("days", view.confirm_within_days.into())]);
    let (title, text) = match view.reason {
        ConfirmInvalidReason::Expired => (
            t.say("confirm-invalid-expired-title"),
            t.fill("confirm-invalid-expired", [("days", days.into())]),
        ),
        ConfirmInvalidReason::Used => (
            t.say("confirm-invalid-used-title"),
            t.say("confirm-invalid-used"),
        ),
        ConfirmInvalidReason::Unknown => (
            t.say("confirm-invalid-unknown-title"),
            t.fill("confirm-invalid-unknown", [("days", after.into())]),
        ),
    };
    let body = html! {
        p class="lead" { (text) }
        (components::button_link(&site.links.home, &t.say("subscribe-again")))
    };
    layout::frame(site, &Page::personal(title), &body)
}

impl Sample for ConfirmInvalidView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let view = |reason| Self {
            reason,
            confirm_within_days: 7,
        };
        vec![
            ("expired", view(ConfirmInvalidReason::Expired)),
            ("used", view(ConfirmInvalidReason::Used)),
            ("unknown", view(ConfirmInvalidReason::Unknown)),
        ]
    }
}
