//! The start page of the newsroom: what needs somebody now.

use maud::{Markup, html};

use super::frame::{Desk, DeskPage, frame};
use crate::locale::Locale;
use crate::sample::Sample;

/// The start page.
#[derive(Debug, Clone)]
pub struct StartView {}

/// Renders the page.
pub fn page(desk: &Desk, _: &StartView) -> Markup {
    let t = desk.site.locale;
    let page = DeskPage::new(t.say("newsroom-start-title"));
    frame(desk, &page, &html! {})
}

impl Sample for StartView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        vec![("usual", Self {})]
    }
}
