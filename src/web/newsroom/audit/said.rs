//! What lines of the log say of a state, in the words of whoever looks. What nobody knows, as in lines of
//! another version, stays as it is stored.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use templates::Locale;
use templates::pages::newsroom::audit::values::value;

use crate::app::audit::Line;
use crate::app::reasons;
use crate::domain::timestamp::Timestamp;

/// Says it.
pub(super) struct Said<'a> {
    /// The name of each user, and the title of each entry, by the UUID.
    pub(super) names: &'a BTreeMap<String, String>,
    pub(super) zone: Tz,
    pub(super) locale: Locale,
}

impl Said<'_> {
    /// What a line says before or after.
    pub(super) fn words(&self, line: &Line, stored: Option<&str>) -> Option<String> {
        let stored = stored?;
        let about_relay = line
            .action
            .parse()
            .ok()
            .and_then(|action| reasons::about_relay(action, stored, self.zone, self.locale));
        if about_relay.is_some() {
            return about_relay;
        }
        let kind = line.subject.as_str();
        if let Some((state, reason)) = reasons::with_reason(stored, self.locale) {
            let state = value(self.locale, kind, state).unwrap_or_else(|| state.to_owned());
            return Some(format!("{state}: {reason}"));
        }
        let words = value(self.locale, kind, stored);
        Some(self.named(words.as_deref().unwrap_or(stored)))
    }

    /// The same text with users by name and instants by the clock of the newsroom.
    fn named(&self, said: &str) -> String {
        let words = said.split(' ').map(|word| {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            let known = self.names.get(core).cloned().or_else(|| self.instant(core));
            known.map_or_else(|| word.to_owned(), |known| word.replacen(core, &known, 1))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn instant(&self, word: &str) -> Option<String> {
        let at: DateTime<Utc> = word.parse().ok()?;
        let local = Timestamp::from(at).in_zone(self.zone).naive_local();
        Some(templates::moment(self.locale, local))
    }
}

/// The entries that a line names before or after, by UUID.
pub(super) fn entries(line: &Line) -> impl Iterator<Item = &str> {
    let texts = line.before.iter().chain(&line.after);
    texts.filter_map(|said| {
        let (_, rest) = said.split_once("entry ")?;
        let uuid = rest.split([' ', ':', ',']).next()?;
        (uuid.len() == 36).then_some(uuid)
    })
}
