//! Renders every page and mail from its samples.

use crate::locale::Locale;

/// A view that can show itself: what it holds when all is well, and the cases at the edges.
pub trait Sample: Sized {
    /// Named examples, at least one; names are short and fit for a file name.
    fn samples(locale: Locale) -> Vec<(&'static str, Self)>;
}

/// Every page and mail in one language: file name (`subscribe-empty.html`) and content.
pub fn render_all(locale: Locale) -> Vec<(String, String)> {
    let _ = locale;
    Vec::new()
}

/// Every page and mail in every language and the assets they use: path below a folder and content.
pub fn render_everything() -> Vec<(String, Vec<u8>)> {
    Vec::new()
}
