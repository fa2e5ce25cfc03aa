//! What went wrong with a request to the newsroom.

use maud::{Markup, html};

use super::frame::door;
use crate::locale::Locale;
use crate::pages::error::{ErrorKind, words};
use crate::sample::Sample;
use crate::site::Site;

/// A request to the newsroom that was not carried out.
#[derive(Debug, Clone)]
pub struct FailureView {
    /// What went wrong.
    pub kind: ErrorKind,
}

/// Renders the page.
pub fn page(site: &Site, view: &FailureView) -> Markup {
    let t = site.locale;
    let (title, text) = words(view.kind);
    let status = view.kind.status().to_string();
    let body = html! {
        p class="lead" { (t.say(text)) }
        p { a class="button quiet" href="/newsroom" { (t.say("newsroom-failure-back")) } }
        p class="small muted" { (t.fill("error-status", [("status", status.into())])) }
    };
    door(site, &t.say(title), false, &body)
}

impl Sample for FailureView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let all = [
            ("right", ErrorKind::NotAllowed),
            ("missing", ErrorKind::NotFound),
        ];
        all.map(|(name, kind)| (name, Self { kind })).into()
    }
}
