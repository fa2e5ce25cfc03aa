//! What differs between two contents of an entry, as the pages show it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use templates::pages::newsroom::editor;
use templates::pages::newsroom::entries::difference::{Fate, Field, FieldDifference};
use templates::pages::newsroom::entries::words as view_words;

use super::words;
use crate::digest::when;
use crate::domain::contact::Contact;
use crate::domain::difference::{self, difference};
use crate::domain::entry::{EntryContent, EntryState, EntryText, EventTime};
use crate::domain::language::LanguageTag;
use crate::domain::proposal::{Change, Proposal};
use crate::domain::text::{Block, Inline, read_html};
use crate::domain::topic::Topic;
use crate::store::entry::Entry;
use crate::web::kind::kind;
use crate::web::newsroom::Staff;

/// What differs from one content to another.
pub(super) fn of(
    staff: &Staff,
    topics: &[Topic],
    old: &EntryContent,
    new: &EntryContent,
) -> Vec<FieldDifference> {
    let languages: BTreeSet<&LanguageTag> = old.texts.keys().chain(new.texts.keys()).collect();
    between(staff, topics, (old, new), languages)
}

/// What a proposal changes: a source speaks only for the languages it brings, and adds topics.
pub(super) fn of_proposal(
    staff: &Staff,
    topics: &[Topic],
    entry: &Entry,
    proposal: &Proposal,
) -> Vec<FieldDifference> {
    let mut new = proposal.content.clone();
    new.topics = entry.content.topics.or(new.topics);
    let languages = proposal.content.texts.keys().collect();
    let mut all = between(staff, topics, (&entry.content, &new), languages);
    let was_cancelled = entry.state == EntryState::Cancelled;
    if was_cancelled != proposal.cancelled {
        let word = |cancelled: bool| view_words::takes_place(staff.locale(), !cancelled);
        let told = (word(was_cancelled), word(proposal.cancelled));
        all.insert(0, told_apart(Field::Cancelled, None, &told.0, &told.1));
    }
    all
}

/// The parts that a proposal changes.
pub(super) fn fields(changes: &[Change]) -> Vec<Field> {
    let field = |change: &Change| match change {
        Change::Cancelled | Change::Reinstated => Field::Cancelled,
        Change::Time => Field::When,
        Change::Place => Field::Place,
        Change::Title => Field::Title,
        Change::Text => Field::Body,
        Change::Link => Field::Link,
        Change::Date => Field::Date,
        Change::Contact => Field::Contact,
        Change::Reference => Field::Reference,
        Change::Paper => Field::Paper,
        Change::Topics => Field::Topics,
        Change::Kind => Field::Kind,
        Change::Details => Field::Details,
    };
    changes.iter().map(field).collect()
}

fn between(
    staff: &Staff,
    topics: &[Topic],
    (old, new): (&EntryContent, &EntryContent),
    languages: BTreeSet<&LanguageTag>,
) -> Vec<FieldDifference> {
    let mut all = Vec::new();
    let facts = facts(staff, topics, old)
        .into_iter()
        .zip(facts(staff, topics, new));
    for ((field, old), (_, new)) in facts {
        if old != new {
            all.push(told_apart(field, None, &old, &new));
        }
    }
    for tag in languages {
        let nothing = EntryText::default();
        let text = |content: &EntryContent| texts(content.texts.get(tag).unwrap_or(&nothing));
        for ((field, old), (_, new)) in text(old).into_iter().zip(text(new)) {
            if old != new {
                all.push(told_apart(field, Some(tag), &old, &new));
            }
        }
    }
    all
}

pub(super) fn told_apart(
    field: Field,
    tag: Option<&LanguageTag>,
    old: &str,
    new: &str,
) -> FieldDifference {
    let pieces = difference(old, new).into_iter().map(|piece| {
        let fate = match piece.fate {
            difference::Fate::Kept => Fate::Kept,
            difference::Fate::Removed => Fate::Removed,
            difference::Fate::Added => Fate::Added,
        };
        (fate, piece.text)
    });
    FieldDifference {
        field,
        language: tag.map(|tag| (tag.as_str().to_owned(), words::language_name(tag))),
        pieces: pieces.collect(),
    }
}

/// What an entry says in one language.
fn texts(text: &EntryText) -> [(Field, String); 5] {
    [
        (Field::Title, text.title.clone()),
        (Field::Teaser, text.teaser.clone()),
        (Field::Body, lines_of(&text.body)),
        (Field::Decision, text.decision.clone()),
        (Field::Effects, text.effects.clone()),
    ]
}

/// What an entry says in all languages, as words.
fn facts(staff: &Staff, topics: &[Topic], content: &EntryContent) -> Vec<(Field, String)> {
    let t = staff.locale();
    let kind = view_words::kind(t, kind(content.kind));
    let language = words::language_name(&content.original);
    let when = content.when.as_ref();
    let dated = content.dated_at.map(|at| at.utc().date_naive().to_string());
    let names = topics
        .iter()
        .filter(|topic| content.topics.contains(topic.bit))
        .map(|topic| topic.name(staff.language));
    let paper = content.paper.committee.iter().cloned().chain(
        content
            .paper
            .attachments
            .iter()
            .map(|one| format!("{} ({})", one.title, one.url)),
    );
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        (Field::Kind, format!("{kind}, {language}")),
        (
            Field::When,
            when.map(|time| format!("{} ({})", when_words(t, time), time.zone.name()))
                .unwrap_or_default(),
        ),
        (Field::Place, text(&content.place)),
        (Field::Link, text(&content.url)),
        (Field::Date, dated.unwrap_or_default()),
        (
            Field::Contact,
            content
                .contact
                .as_ref()
                .map(Contact::line)
                .unwrap_or_default(),
        ),
        (Field::Reference, text(&content.reference)),
        (Field::Paper, paper.collect::<Vec<_>>().join("\n")),
        (Field::Topics, names.collect::<Vec<_>>().join(", ")),
        (Field::Details, details(t, content)),
    ]
}

fn when_words(t: templates::Locale, time: &EventTime) -> String {
    when(time).words(t)
}

/// Everything else, a line each, in the words of the editor's field of that name: what is added to the
/// details is told without a word here.
fn details(t: templates::Locale, content: &EntryContent) -> String {
    let until = content.details.registration_until;
    let until = until.zip(content.when.as_ref()).map(|(until, event)| {
        let time = EventTime {
            starts_at: until,
            ends_at: None,
            all_day: false,
            zone: event.zone,
        };
        editor::said(t, "registration-until", &[&when_words(t, &time)])
    });
    let stored = serde_json::to_value(&content.details).unwrap_or_default();
    let stored = stored.as_object().into_iter().flatten();
    let others = stored.filter(|(name, _)| *name != "registration_until");
    let lines = others.map(|(name, value)| {
        let values = match value {
            Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
            value => value.as_str().into_iter().collect::<Vec<_>>(),
        };
        editor::said(t, &name.replace('_', "-"), &values)
    });
    lines.chain(until).collect::<Vec<_>>().join("\n")
}

/// A text as lines to be read and compared: a block begins a line, links have their address behind them.
fn lines_of(html: &str) -> String {
    let mut lines = String::new();
    write_blocks(&read_html(html), "", &mut lines);
    lines.truncate(lines.trim_end().len());
    lines
}

fn write_blocks(blocks: &[Block], indent: &str, lines: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                lines.push_str(indent);
                write_inlines(content, lines);
                lines.push('\n');
            }
            Block::List { ordered, items } => {
                for (at, item) in items.iter().enumerate() {
                    let mark = if *ordered {
                        format!("{indent}{}. ", at + 1)
                    } else {
                        format!("{indent}• ")
                    };
                    lines.push_str(&mark);
                    // The first block stands behind the mark.
                    write_blocks(item, "", lines);
                }
            }
            Block::Quote(blocks) => write_blocks(blocks, "> ", lines),
            Block::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    lines.push_str(indent);
                    for (at, cell) in row.iter().enumerate() {
                        lines.push_str(if at > 0 { " | " } else { "" });
                        write_inlines(cell, lines);
                    }
                    lines.push('\n');
                }
            }
        }
    }
}

fn write_inlines(content: &[Inline], lines: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) => lines.push_str(text),
            Inline::Break => lines.push('\n'),
            Inline::Strong(content) | Inline::Emphasis(content) => write_inlines(content, lines),
            Inline::Deleted(content) => {
                lines.push_str("~~");
                write_inlines(content, lines);
                lines.push_str("~~");
            }
            Inline::Link { target, content } => {
                write_inlines(content, lines);
                // Writing into a String cannot fail.
                let _ = write!(lines, " ({target})");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_compared_line_by_line() {
        let html = "<p>Der <b>Rat</b> tagt.<br>Heute.</p><h3>Orte</h3><ul><li>Markt</li><li><p>Rathaus</p></li></ul>\
            <p><a href=\"https://stadt.example/karte\">Karte</a></p>";
        assert_eq!(
            lines_of(html),
            "Der Rat tagt.\nHeute.\nOrte\n• Markt\n• Rathaus\nKarte (https://stadt.example/karte)"
        );
        assert_eq!(lines_of(""), "");
    }
}
