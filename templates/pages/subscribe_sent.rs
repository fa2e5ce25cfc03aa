//! After the form: “look into your mailbox”. The same for everyone, known address or not.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// What is said to everyone who sent the form.
#[derive(Debug, Clone)]
pub struct SubscribeSentView {
    /// How many days the link in the mail works.
    pub confirm_within_days: u32,
    /// The sender of the confirmation mail, to be found in the mailbox.
    pub sender_address: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &SubscribeSentView) -> Markup {
    let t = site.locale;
    let days = t.fill("days", [("days", view.confirm_within_days.into())]);
    let body = html! {
        p class="lead" { (t.fill("sent-lead", [("address", view.sender_address.as_str().into())])) }
        ol class="numbers" { @for key in ["sent-step-1", "sent-step-2", "sent-step-3"] { li { (t.say(key)) } } }
        p { (t.fill("sent-deadline", [("days", days.into())])) }
        h2 { (t.say("sent-nothing-title")) }
        ul {
            li { (t.say("sent-nothing-spam")) }
            li {
                (t.say("sent-nothing-typo")) " "
                (components::paragraph_link(&site.links.home, &t.say("sent-again")))
            }
        }
    };
    layout::frame(site, &Page::personal(t.say("sent-title")), &body)
}

impl Sample for SubscribeSentView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            confirm_within_days: 7,
            sender_address: "rundbrief@musterstadt.example".into(),
        };
        vec![("usual", view)]
    }
}
