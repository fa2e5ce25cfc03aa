//! The texts of an issue as checks read them: line by line, each with its language and its place.

use chrono::NaiveDate;

use super::{Facts, place};
use crate::digest::mail_context::wall_clock;
use crate::digest::snapshot::Item;
use crate::domain::check::{Field, Place};
use crate::domain::language::LanguageTag;
use crate::domain::text::{Block, Inline, Level, read_html};

/// A line of text, and where it stands.
pub(super) struct Line {
    pub(super) place: Place,
    pub(super) language: LanguageTag,
    /// The day from which a date without a year is read.
    pub(super) told: NaiveDate,
    /// The days of the event, if it is one's.
    pub(super) event: Option<(NaiveDate, NaiveDate)>,
    pub(super) text: String,
}

/// Every line that readers may see: of the issue's own texts, and of its entries.
pub(super) fn lines(facts: &Facts<'_>) -> Vec<Line> {
    let snapshot = facts.snapshot;
    let mut lines = Vec::new();
    for (language, text) in &snapshot.texts {
        let own = std::iter::once(text.subject.as_str()).chain(text.introduction.lines());
        for text in own.filter(|text| !text.trim().is_empty()) {
            lines.push(Line {
                place: Place::IssueTexts,
                language: (*language).into(),
                told: snapshot.date,
                event: None,
                text: text.to_owned(),
            });
        }
    }
    for item in snapshot.items() {
        let told = told_on(item, snapshot.newsletter.zone, snapshot.date);
        let event = event_days(item);
        for (language, text) in &item.texts {
            let short = [&text.title, &text.teaser, &text.decision, &text.effects];
            let mut own: Vec<String> = short.into_iter().cloned().collect();
            lines_of(&read_html(&text.body), &mut own);
            // A teaser is often the beginning of the text.
            own.dedup();
            for text in own.into_iter().filter(|text| !text.trim().is_empty()) {
                lines.push(Line {
                    place: place(item, Field::Text),
                    language: language.clone(),
                    told,
                    event,
                    text,
                });
            }
        }
    }
    lines
}

/// The day on which an entry was written, as far as it is known.
fn told_on(item: &Item, zone: chrono_tz::Tz, issue: NaiveDate) -> NaiveDate {
    item.dated_at
        .map_or(issue, |at| wall_clock(at, zone).date())
}

/// The first and the last day of an event.
pub(super) fn event_days(item: &Item) -> Option<(NaiveDate, NaiveDate)> {
    let when = item.when.as_ref()?;
    match crate::digest::when(when) {
        templates::When::Day(day) => Some((day, day)),
        templates::When::Days { first, last } => Some((first, last)),
        templates::When::Time { starts, ends } => {
            let last = ends.unwrap_or(starts);
            Some((starts.date(), last.date()))
        }
    }
}

fn lines_of(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                let mut text = String::new();
                push_text(content, &mut text);
                lines.extend(text.split('\n').map(str::to_owned));
            }
            Block::List { items, .. } => items.iter().for_each(|item| lines_of(item, lines)),
            Block::Quote(blocks) => lines_of(blocks, lines),
            Block::Table(table) => {
                for row in table.labelled() {
                    let mut text = String::new();
                    for (head, cell) in row {
                        let gap = if text.is_empty() { "" } else { " " };
                        text.push_str(gap);
                        push_text(head, &mut text);
                        text.push(' ');
                        push_text(cell, &mut text);
                    }
                    lines.push(text.trim().replace('\n', " "));
                }
            }
        }
    }
}

fn push_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(own) => text.push_str(own),
            Inline::Break => text.push('\n'),
            // It no longer holds.
            Inline::Deleted(_) => {}
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => {
                push_text(content, text);
            }
        }
    }
}

/// A link in a text.
#[derive(Debug)]
pub(super) struct TextLink {
    pub(super) target: String,
    pub(super) text: String,
}

/// The links of a text, in order.
pub(super) fn links_of(html: &str) -> Vec<TextLink> {
    let mut links = Vec::new();
    for_each_line(&read_html(html), &mut |content, _| {
        push_links(content, &mut links);
    });
    links
}

/// The headings of a text: how deep, and what they say.
pub(super) fn headings_of(html: &str) -> Vec<(Level, String)> {
    let mut headings = Vec::new();
    for_each_line(&read_html(html), &mut |content, level| {
        if let Some(level) = level {
            let mut text = String::new();
            push_text(content, &mut text);
            headings.push((level, text.replace('\n', " ")));
        }
    });
    headings
}

fn for_each_line(blocks: &[Block], see: &mut impl FnMut(&[Inline], Option<Level>)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => see(content, None),
            Block::Heading(level, content) => see(content, Some(*level)),
            Block::List { items, .. } => {
                for item in items {
                    for_each_line(item, see);
                }
            }
            Block::Quote(blocks) => for_each_line(blocks, see),
            Block::Table(table) => table.cells().for_each(|cell| see(cell, None)),
        }
    }
}

fn push_links(content: &[Inline], links: &mut Vec<TextLink>) {
    for inline in content {
        match inline {
            Inline::Text(_) | Inline::Break => {}
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Deleted(content) => {
                push_links(content, links);
            }
            Inline::Link { target, content } => {
                let mut text = String::new();
                push_text(content, &mut text);
                links.push(TextLink {
                    target: target.clone(),
                    text: text.replace('\n', " ").trim().to_owned(),
                });
            }
        }
    }
}
