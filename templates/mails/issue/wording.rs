//! What HTML and text say in the same words.

use super::view::{Detail, IssueView, ItemView, SectionKind};
use crate::locale::Locale;
use crate::site::Site;

/// A mail with more items than this lists its sections at the top, and the links to leave as well.
const LONG: usize = 8;
/// Characters of a teaser in [`Detail::Short`].
const SHORT_TEASER: usize = 200;
/// Characters of a preheader.
pub(super) const PREHEADER: usize = 90;

/// Whether a mail with so many items begins with its contents and the links to leave.
pub(super) const fn is_long(items: usize) -> bool {
    items > LONG
}

/// The subject of an issue for which nobody wrote one: “Region aktuell, Ausgabe 14”.
pub fn default_subject(locale: Locale, newsletter: &str, number: u64) -> String {
    locale.fill(
        "issue-subject",
        [
            ("newsletter", newsletter.into()),
            ("number", number.to_string().into()),
        ],
    )
}

/// The subject that somebody wrote, or the default.
pub(super) fn subject(locale: Locale, view: &IssueView) -> String {
    let written = view.subject.clone();
    written.unwrap_or_else(|| default_subject(locale, &view.newsletter, view.number))
}

/// The first titles, in at most some 90 characters.
pub(super) fn preheader<'a>(titles: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    let mut length = 0;
    for title in titles {
        let more = title.chars().count();
        if length > 0 && length + 3 + more > PREHEADER {
            break;
        }
        if length > 0 {
            line.push_str(" · ");
            length += 3;
        }
        line.push_str(title);
        length += more;
    }
    cut(&line, PREHEADER)
}

/// The text, cut at a word after at most `most` characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let end = head
        .rfind(' ')
        .filter(|end| *end > head.len() / 2)
        .unwrap_or(head.len());
    format!(
        "{} …",
        head[..end].trim_end_matches([' ', ',', ';', ':', '–', '-'])
    )
}

/// As much of an item's teaser as is shown.
pub(super) fn teaser(detail: Detail, item: &ItemView) -> Option<String> {
    let teaser = Some(&item.teaser).filter(|teaser| !teaser.is_empty())?;
    match detail {
        Detail::Full => Some(teaser.clone()),
        Detail::Short => Some(cut(teaser, SHORT_TEASER)),
        Detail::TitlesOnly => None,
    }
}

/// The paragraphs of the introduction.
pub(super) fn paragraphs(view: &IssueView) -> impl Iterator<Item = &str> {
    let text = view.introduction.as_deref().unwrap_or_default();
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// “Neuigkeiten”.
pub(super) fn section_title(locale: Locale, kind: SectionKind) -> String {
    locale.say(match kind {
        SectionKind::News => "issue-news",
        SectionKind::Events => "issue-events",
        SectionKind::Council => "issue-council",
    })
}

/// “Neuigkeiten (3)”.
pub(super) fn counted(locale: Locale, kind: SectionKind, items: usize) -> String {
    format!("{} ({items})", section_title(locale, kind))
}

/// “In dieser Ausgabe:”
pub(super) fn contents(locale: Locale) -> String {
    locale.colon(&locale.say("issue-contents"))
}

/// “Ausgabe 14 · 26. November 2026”.
pub(super) fn edition(locale: Locale, view: &IssueView) -> String {
    let number = locale.fill("issue-number", [("number", view.number.to_string().into())]);
    format!("{number} · {}", locale.day(view.date))
}

/// What readers of events look for first: when and where.
pub(super) fn prominent(locale: Locale, kind: SectionKind, item: &ItemView) -> Option<String> {
    if kind == SectionKind::News {
        return None;
    }
    let when = item.when.map(|when| when.words(locale));
    let facts: Vec<String> = when.into_iter().chain(item.place.clone()).collect();
    (!facts.is_empty()).then(|| facts.join(" · "))
}

/// The small print of an item: date, file number, who tells it, topics.
pub(super) fn quiet(
    locale: Locale,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
) -> Vec<String> {
    let mut facts = Vec::new();
    if kind == SectionKind::News {
        facts.extend(item.when.map(|when| when.words(locale)));
        facts.extend(item.place.clone());
    }
    if let Some(reference) = &item.reference {
        facts.push(format!("{} {reference}", locale.say("issue-reference")));
    }
    if detail != Detail::TitlesOnly {
        facts.extend(item.organisation.clone());
        facts.extend((!item.topics.is_empty()).then(|| item.topics.join(", ")));
    }
    facts
}

/// Why the reader has it.
pub(super) fn why(site: &Site, view: &IssueView) -> String {
    let newsletter = site.locale.quote(&view.newsletter);
    site.locale.fill(
        "issue-why",
        [
            ("newsletter", newsletter.into()),
            ("organisation", site.organisation.as_str().into()),
        ],
    )
}
