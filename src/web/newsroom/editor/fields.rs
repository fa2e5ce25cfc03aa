//! The fields of the editor: what an entry says as texts by name, and back.
//!
//! Everything that is done with a text somebody is writing (kept as a draft, shown again, merged with
//! what somebody else wrote) is done with these, whatever they mean.

use std::collections::{BTreeMap, BTreeSet};

use templates::pages::newsroom::editor::is_field;

use crate::domain::entry::EntryContent;
use crate::domain::language::LanguageTag;
use crate::domain::merge::merge;
use crate::domain::text::html_to_markdown;
use crate::domain::topic::Topic;
use crate::web::{Failure, Form};

/// What the name of a mark begins with: the translation into the language that follows was found right.
const REVIEWED: &str = "reviewed-";

/// Texts by the names of their fields; an empty one is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// What was sent.
    pub(super) fn read(form: &Form) -> Result<Self, Failure> {
        let mut fields = Self::default();
        for (name, value) in form.pairs() {
            if !is_field(name) && !name.starts_with(REVIEWED) {
                continue;
            }
            if fields.0.contains_key(name) {
                return Err(Failure::Unprocessable);
            }
            fields.set(name, value.replace("\r\n", "\n").trim_end());
        }
        Ok(fields)
    }

    /// What an entry says.
    pub(super) fn of(content: &EntryContent, topics: &[Topic]) -> Self {
        let mut fields = Self::default();
        for (language, text) in &content.texts {
            fields.set(&format!("title-{language}"), &text.title);
            fields.set(&format!("teaser-{language}"), &text.teaser);
            let body = html_to_markdown(&text.body);
            fields.set(&format!("body-{language}"), body.trim_end());
        }
        fields.set("original", content.original.as_str());
        fields.set_some("url", content.url.as_deref());
        if let Some(contact) = &content.contact {
            fields.set_some("contact-name", contact.name.as_deref());
            let email = contact
                .email
                .as_ref()
                .map(crate::domain::address::Address::display);
            fields.set_some("contact-email", email.as_deref());
            fields.set_some("contact-phone", contact.phone.as_deref());
        }
        for topic in topics.iter().filter(|one| content.topics.contains(one.bit)) {
            fields.set(&format!("topic-{}", topic.key), "on");
        }
        super::event::show(content, &mut fields);
        fields
    }

    /// What stands in a field.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The same without the space around it; none where nothing stands in it.
    pub(super) fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(super) fn set_some(&mut self, name: &str, value: Option<&str>) {
        self.set(name, value.unwrap_or_default());
    }

    /// The languages in which something is written.
    pub(super) fn languages(&self) -> BTreeSet<LanguageTag> {
        let names = self.0.keys();
        let tags = names.filter_map(|name| {
            let stems = ["title-", "teaser-", "body-"];
            let tag = stems.iter().find_map(|stem| name.strip_prefix(stem))?;
            LanguageTag::parse(tag).ok()
        });
        tags.collect()
    }

    /// The translations that somebody found right.
    pub(super) fn reviewed(&self) -> BTreeSet<LanguageTag> {
        let names = self.0.keys();
        names
            .filter_map(|name| LanguageTag::parse(name.strip_prefix(REVIEWED)?).ok())
            .collect()
    }

    /// The same without the marks that are no part of an entry.
    pub(super) fn without_marks(&self) -> Self {
        let said = self
            .0
            .iter()
            .filter(|(name, _)| !name.starts_with(REVIEWED));
        Self(
            said.map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }

    pub(super) fn into_values(self) -> BTreeMap<String, String> {
        self.0
    }

    /// What two people made of the same fields: those that one of them changed as that one has them,
    /// texts word by word. Names the fields where both changed the same place.
    pub(super) fn merge(base: &Self, mine: &Self, theirs: &Self) -> (Self, Vec<String>) {
        let names: BTreeSet<&String> = mine.0.keys().chain(theirs.0.keys()).collect();
        let mut merged = Self::default();
        let mut conflicts = Vec::new();
        for name in names {
            let (base, mine, theirs) = (base.get(name), mine.get(name), theirs.get(name));
            let is_text = ["title-", "teaser-", "body-"]
                .iter()
                .any(|stem| name.starts_with(stem));
            let one = merge(base, mine, theirs);
            if one.is_conflict {
                conflicts.push(name.clone());
            }
            let both_changed = mine != base && theirs != base && mine != theirs;
            if is_text || !both_changed {
                merged.set(name, &one.text);
            } else {
                // Half a date of each would be none.
                merged.set(name, mine);
                if !one.is_conflict {
                    conflicts.push(name.clone());
                }
            }
        }
        (merged, conflicts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in pairs {
            fields.set(name, value);
        }
        fields
    }

    #[test]
    fn fields_that_one_side_changed_merge_by_themselves() {
        let base = fields(&[("title-de", "Eins"), ("place", "Markt"), ("topic-a", "on")]);
        let mine = fields(&[
            ("title-de", "Eins neu"),
            ("place", "Markt"),
            ("topic-a", "on"),
            ("topic-b", "on"),
        ]);
        let theirs = fields(&[("title-de", "Eins"), ("place", "Rathaus")]);
        let (merged, conflicts) = Fields::merge(&base, &mine, &theirs);
        assert!(conflicts.is_empty(), "{conflicts:?}");
        let wanted = [
            ("title-de", "Eins neu"),
            ("place", "Rathaus"),
            ("topic-b", "on"),
        ];
        assert_eq!(merged, fields(&wanted));
    }

    #[test]
    fn a_field_that_both_changed_is_for_a_person() {
        let base = fields(&[("start-day", "2027-01-01"), ("title-de", "a")]);
        let mine = fields(&[("start-day", "2027-01-02"), ("title-de", "a b")]);
        let theirs = fields(&[("start-day", "2027-01-03"), ("title-de", "a c")]);
        let (merged, conflicts) = Fields::merge(&base, &mine, &theirs);
        assert_eq!(conflicts, ["start-day", "title-de"]);
        assert_eq!(merged.get("start-day"), "2027-01-02");
        assert_eq!(merged.get("title-de"), "a c b");
    }
}
