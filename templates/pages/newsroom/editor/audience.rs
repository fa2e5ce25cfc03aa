//! For how many readers an entry is.

use maud::{Markup, html};

use super::view::AudienceView;
use crate::locale::Locale;
use crate::pages::newsroom::components::FEWEST_SHOWN;

/// A sentence for each newsletter that carries it. Fewer than five people are no number.
pub fn audience(t: Locale, audience: &[AudienceView]) -> Markup {
    html! {
        @if audience.is_empty() {
            p { (t.say("editor-audience-nowhere")) }
        } @else {
            ul class="plain-list" {
                @for one in audience { li { (one.newsletter) ": " b { (readers(t, one)) } } }
            }
        }
    }
}

fn readers(t: Locale, one: &AudienceView) -> String {
    match one.readers {
        0 => t.say("editor-audience-none"),
        1..FEWEST_SHOWN => t.say("editor-audience-few"),
        readers => t.fill(
            "editor-audience-many",
            [
                ("readers", t.number(readers).into()),
                ("count", one.variants.into()),
                ("variants", t.number(one.variants).into()),
            ],
        ),
    }
}
