//! From the fields of the editor to what an entry says.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use templates::pages::newsroom::editor::Problem;

use super::fields::Fields;
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{EntryContent, EntryKind, EntryText};
use crate::domain::language::LanguageTag;
use crate::domain::text::{html_to_markdown, markdown_to_html, single_line, web_address};
use crate::domain::topic::Topic;

/// The most characters of a title.
const TITLE: usize = 200;
/// The most characters of a teaser.
const TEASER: usize = 800;
/// The most characters of the parts of a contact.
const CONTACT: usize = 200;

/// What fields are read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct With<'a> {
    /// What the entry said; none of a new one.
    pub(super) was: Option<&'a EntryContent>,
    /// What it is.
    pub(super) kind: EntryKind,
    /// The topics of the installation.
    pub(super) topics: &'a [Topic],
    /// The zone of new events.
    pub(super) zone: Tz,
    /// The language of new entries.
    pub(super) language: &'a LanguageTag,
}

/// What is wrong: the names of fields.
pub(super) type Problems = Vec<(String, Problem)>;

/// Reads fields and notes what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) fields: &'a Fields,
    pub(super) zone: Tz,
    problems: Problems,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, name: &str, problem: Problem) {
        if !self.problems.iter().any(|(known, _)| known == name) {
            self.problems.push((name.to_owned(), problem));
        }
    }

    /// The address of a page.
    pub(super) fn url(&mut self, name: &str) -> Option<String> {
        let written = self.fields.some(name)?;
        let url = web_address(written);
        if url.is_none() {
            self.problem(name, Problem::NoUrl);
        }
        url
    }
}

/// A line of plain text; one that is too long is a problem.
pub(super) fn line(reader: &mut Reader<'_>, name: &str, most: usize) -> Option<String> {
    let text = single_line(reader.fields.some(name)?, usize::MAX);
    if text.chars().count() > most {
        reader.problem(name, Problem::TooLong);
    }
    Some(text).filter(|text| !text.is_empty())
}

/// What the fields say. What they say nothing of (the documents of a paper) stays as it was.
pub(super) fn content(fields: &Fields, with: With<'_>) -> (EntryContent, Problems) {
    let mut reader = Reader {
        fields,
        zone: with.zone,
        problems: Vec::new(),
    };
    let original = original(fields, with);
    let texts = texts(&mut reader, with, &original);
    let mut content = with
        .was
        .cloned()
        .unwrap_or_else(|| EntryContent::new(with.kind, original.clone()));
    content.texts = texts;
    content.original = original;
    content.url = reader.url("url");
    content.contact = contact(&mut reader);
    content.topics = super::audience::ticked(fields, with.topics);
    if with.kind == EntryKind::Event || with.kind == EntryKind::Meeting {
        super::event::read(&mut reader, &mut content);
    }
    (content, reader.problems)
}

/// Whether the fields say what the entry says already, so that nothing would be lost without them.
pub(super) fn says_nothing_new(fields: &Fields, with: With<'_>) -> bool {
    let (content, problems) = content(fields, with);
    problems.is_empty() && fields.reviewed().is_empty() && with.was == Some(&content)
}

/// The language it was written in: the one that was chosen, where something is written in it.
pub(super) fn original(fields: &Fields, with: With<'_>) -> LanguageTag {
    let written = fields.languages();
    let chosen = fields
        .some("original")
        .and_then(|tag| LanguageTag::parse(tag).ok());
    let usual = with.was.map_or(with.language, |was| &was.original);
    let chosen = chosen.unwrap_or_else(|| usual.clone());
    if written.contains(&chosen) || written.is_empty() || written.contains(usual) {
        return chosen;
    }
    written.into_iter().next().unwrap_or(chosen)
}

fn texts(
    reader: &mut Reader<'_>,
    with: With<'_>,
    original: &LanguageTag,
) -> BTreeMap<LanguageTag, EntryText> {
    let mut texts = BTreeMap::new();
    let mut languages = reader.fields.languages();
    languages.insert(original.clone());
    for language in languages {
        let was = with.was.and_then(|was| was.texts.get(&language));
        let text = text(reader, &language, was);
        texts.insert(language, text);
    }
    texts
}

fn text(reader: &mut Reader<'_>, language: &LanguageTag, was: Option<&EntryText>) -> EntryText {
    let title = format!("title-{language}");
    let teaser = format!("teaser-{language}");
    let name = format!("body-{language}");
    let written = reader.fields.get(&name);
    // Who does not touch a text does not change it by way of Markdown.
    let untouched = was.filter(|was| html_to_markdown(&was.body).trim_end() == written);
    let body = untouched.map_or_else(
        || {
            markdown_to_html(written).unwrap_or_else(|_| {
                reader.problem(&name, Problem::TooLong);
                String::new()
            })
        },
        |was| was.body.clone(),
    );
    let own_title = line(reader, &title, TITLE).unwrap_or_default();
    if own_title.is_empty() {
        reader.problem(&title, Problem::NoTitle);
    }
    EntryText {
        title: own_title,
        teaser: line(reader, &teaser, TEASER).unwrap_or_default(),
        body,
        ..was.cloned().unwrap_or_default()
    }
}

fn contact(reader: &mut Reader<'_>) -> Option<Contact> {
    let written = reader.fields.some("contact-email");
    let email = written.and_then(|email| Address::parse(email).ok());
    if written.is_some() && email.is_none() {
        reader.problem("contact-email", Problem::NoEmail);
    }
    let contact = Contact {
        name: line(reader, "contact-name", CONTACT),
        email,
        phone: line(reader, "contact-phone", CONTACT),
    };
    (contact != Contact::default()).then_some(contact)
}
