//! In place of an entry that was published and taken back.

use maud::{Markup, html};

use crate::components::button_link;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// An entry that is no longer shown. Nothing of it is said.
#[derive(Debug, Clone)]
pub struct EntryWithdrawnView {
    /// Path of the list it stood in.
    pub list: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &EntryWithdrawnView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("withdrawn-text")) }
        (button_link(&view.list, &t.say("withdrawn-list")))
    };
    layout::frame(site, &Page::personal(t.say("withdrawn-title")), &body)
}

impl Sample for EntryWithdrawnView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let list = "/news".to_owned();
        vec![("usual", Self { list })]
    }
}
