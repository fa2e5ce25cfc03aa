//! The accessibility statement: the body's own, or a short one, with a way to report barriers.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// What the statement is made of.
#[derive(Debug, Clone)]
pub struct AccessibilityView {
    /// The body's own statement.
    pub statement_url: Option<String>,
    /// Where barriers can be reported; without one, the address of the imprint.
    pub feedback_address: Option<String>,
    /// When this version was last checked, if known.
    pub checked_on: Option<chrono::NaiveDate>,
}

/// Renders the page.
pub fn page(site: &Site, view: &AccessibilityView) -> Markup {
    let t = site.locale;
    let organisation = || ("organisation", site.organisation.as_str().into());
    let feedback = view
        .feedback_address
        .as_ref()
        .or(site.imprint.email.as_ref());
    let body = html! {
        p class="lead" { (t.fill("accessibility-lead", [organisation()])) }
        @if let Some(url) = &view.statement_url {
            h2 { (t.say("accessibility-statement")) }
            p {
                (t.say("accessibility-statement-text")) " "
                (components::paragraph_link(url, &t.fill("accessibility-statement-link", [organisation()])))
            }
        }
        h2 { (t.say("accessibility-state")) }
        p { (t.say("accessibility-state-text")) }
        p { (t.say("accessibility-known")) }
        @if let Some(day) = view.checked_on {
            p { (t.fill("accessibility-checked", [("date", t.day(day).into())])) }
        }
        h2 { (t.say("accessibility-feedback")) }
        p {
            (t.say("accessibility-feedback-text"))
            @if let Some(address) = feedback {
                " " (components::paragraph_link(&format!("mailto:{address}"), address))
            }
        }
    };
    layout::frame(site, &Page::public(t.say("accessibility-title")), &body)
}

impl Sample for AccessibilityView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let short = Self {
            statement_url: None,
            feedback_address: None,
            checked_on: None,
        };
        let full = Self {
            statement_url: Some("https://www.musterstadt.example/barrierefreiheit".into()),
            feedback_address: Some("barrierefreiheit@musterstadt.example".into()),
            checked_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 20),
        };
        vec![("short", short), ("full", full)]
    }
}
