//! Who else has an entry open.

use maud::{Markup, html};

use crate::locale::Locale;

/// A sentence that names them; nothing where there is nobody.
pub fn others(t: Locale, names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() {
            div class="alert" {
                p { (t.fill("editor-others", [("who", t.list(names).into()), ("count", names.len().into())])) }
            }
        }
    }
}
