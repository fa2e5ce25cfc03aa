//! `[languages]`: the languages readers can choose.

use super::keys::Keys;
use crate::domain::language::Language;

/// `[languages]`.
#[derive(Debug, Clone)]
pub struct Languages {
    /// The default language of pages and mails.
    pub default: Language,
    /// The languages that readers may choose, in this order; the default is among them.
    pub offered: Vec<Language>,
}

impl Languages {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let default = keys.parsed("default", "de, en, fr or nl", str::parse::<Language>);
        let mut offered = Vec::new();
        for name in keys.list("offered") {
            match name.parse::<Language>() {
                Ok(language) if !offered.contains(&language) => offered.push(language),
                Ok(_) => keys.error(
                    "offered",
                    format!("“{name}” is listed twice"),
                    "list each language once",
                ),
                Err(error) => {
                    keys.error("offered", error.to_string(), "choose from de, en, fr, nl");
                }
            }
        }
        if !offered.contains(&default) {
            keys.error(
                "offered",
                format!("the default language “{default}” is not among them"),
                format!("add \"{default}\""),
            );
            offered.insert(0, default);
        }
        Self { default, offered }
    }
}
