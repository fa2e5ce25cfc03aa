//! What HTML and text say in the same words.

use super::own::cut;
use super::view::{
    Change, ContactView, Detail, EventNote, IssueView, ItemView, PaperView, SectionKind,
};
use crate::date::When;
use crate::locale::Locale;
use crate::site::Site;

/// Characters of a teaser in [`Detail::Short`].
const SHORT_TEASER: usize = 200;
/// Characters of what a paper asks to decide, and of its effects.
const PAPER_TEXT: usize = 160;
/// As many attachments of a paper as are linked.
pub(super) const MOST_ATTACHMENTS: usize = 6;

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

/// As much of an item's teaser as is shown.
pub(super) fn teaser(detail: Detail, item: &ItemView) -> Option<String> {
    let teaser = Some(&item.teaser).filter(|teaser| !teaser.is_empty())?;
    match detail {
        Detail::Full => Some(teaser.clone()),
        Detail::Short => Some(cut(teaser, SHORT_TEASER)),
        Detail::TitlesOnly => None,
    }
}

/// The teaser of an item that is shown in full. Events are scanned for what, when and where: theirs is
/// behind the link, where there is one and the newsletter does not tell whole texts.
pub(super) fn full_teaser(kind: SectionKind, tells_body: bool, item: &ItemView) -> Option<&str> {
    let behind_link = has_date_block(kind, item) && !tells_body && item.more_url.is_some();
    Some(item.teaser.as_str()).filter(|teaser| !teaser.is_empty() && !behind_link)
}

/// The paragraphs of the introduction.
pub(super) fn paragraphs(view: &IssueView) -> impl Iterator<Item = &str> {
    let text = view.introduction.as_deref().unwrap_or_default();
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// “Meldungen”.
pub(super) fn section_title(locale: Locale, kind: SectionKind) -> String {
    locale.say(match kind {
        SectionKind::News => "issue-news",
        SectionKind::Events => "issue-events",
        SectionKind::Council => "issue-council",
    })
}

/// “In dieser Ausgabe:”
pub(super) fn contents(locale: Locale) -> String {
    locale.colon(&locale.say("issue-contents"))
}

/// “Ausgabe 14 · Donnerstag, 26. November 2026”.
pub(super) fn edition(locale: Locale, view: &IssueView) -> String {
    let number = locale.fill("issue-number", [("number", view.number.to_string().into())]);
    format!("{number} · {}", locale.long_day(view.date))
}

/// “Mehr dazu: Neue Trinkwasserbrunnen”: what a link says by itself.
pub(super) fn more_about(locale: Locale, item: &ItemView) -> String {
    let more = locale.colon(&locale.say("issue-more"));
    format!("{more} {}", item.title)
}

/// “Abgesagt:”, “Neuer Termin:”.
pub(super) fn change(locale: Locale, item: &ItemView) -> Option<String> {
    let key = match item.change? {
        Change::Cancelled => "issue-cancelled",
        Change::Moved { from } if item.when.map(When::first_day) == Some(from.first_day()) => {
            "issue-new-time"
        }
        Change::Moved { .. } => "issue-new-date",
    };
    Some(locale.colon(&locale.say(key)))
}

/// “bisher Freitag, 27. November 2026, 19:00 Uhr”.
pub(super) fn moved_from(locale: Locale, item: &ItemView) -> Option<String> {
    let Some(Change::Moved { from }) = item.change else {
        return None;
    };
    let when = from.words(locale);
    Some(locale.fill("issue-moved-from", [("when", when.into())]))
}

/// Whether the item is shown with the block of its day: events, and meetings of the council. Papers
/// of the council only have a date.
pub(super) fn has_date_block(kind: SectionKind, item: &ItemView) -> bool {
    match kind {
        SectionKind::News => false,
        SectionKind::Events => item.when.is_some(),
        SectionKind::Council => {
            item.paper.is_none() && matches!(item.when, Some(When::Time { .. } | When::Days { .. }))
        }
    }
}

/// The facts of an item in a line: when, where, who, about what. With `beside_block` the day stands
/// in the block already.
pub(super) fn facts(
    locale: Locale,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
    beside_block: bool,
) -> String {
    let mut facts = Vec::new();
    if let Some(reference) = &item.reference {
        facts.push(format!("{} {reference}", locale.say("issue-reference")));
    }
    facts.extend(
        item.paper
            .as_ref()
            .and_then(|paper| paper.committee.clone()),
    );
    facts.extend(item.when.map(|when| match when {
        when if beside_block => when.beside_block(locale),
        When::Day(day) if kind != SectionKind::Events && item.this_year => {
            locale.day_and_month(day)
        }
        When::Day(day) if kind != SectionKind::Events => locale.day(day),
        when => when.words(locale),
    }));
    facts.extend(item.place.clone());
    facts.extend(item.notes.iter().map(|note| self::note(locale, *note)));
    if detail != Detail::TitlesOnly {
        facts.extend(organisation(item));
        if kind == SectionKind::News && !item.topics.is_empty() {
            facts.push(item.topics.join(", "));
        }
    }
    let facts = facts.join(" · ");
    match item.change {
        Some(Change::Cancelled) if !facts.is_empty() => {
            locale.fill("issue-was-planned", [("facts", facts.into())])
        }
        _ => facts,
    }
}

/// “ausgebucht”, “Anmeldung bis 24. November”.
fn note(locale: Locale, note: EventNote) -> String {
    let key = match note {
        EventNote::Full => "issue-note-full",
        EventNote::Postponed => "issue-note-postponed",
        EventNote::MovedOnline => "issue-note-moved-online",
        EventNote::Online => "issue-note-online",
        EventNote::RegisterBy(day) => {
            let when = locale.day_and_month(day);
            return locale.fill("issue-note-register-by", [("when", when.into())]);
        }
    };
    locale.say(key)
}

/// Who tells or holds it, unless the place names them: “Stadtarchiv, Lesesaal · Stadtarchiv”.
fn organisation(item: &ItemView) -> Option<String> {
    let named = |place: &String| {
        item.organisation
            .as_ref()
            .is_some_and(|organisation| place.contains(organisation.as_str()))
    };
    let organisation = item.organisation.clone();
    organisation.filter(|_| !item.place.as_ref().is_some_and(named))
}

/// “Bild: Stadtarchiv”; a credit that says itself what it is stays as it is: “Grafik: Stadtarchiv”.
pub(super) fn credit(locale: Locale, item: &ItemView) -> Option<String> {
    let credit = item.picture.as_ref()?.credit.as_deref()?;
    if credit.contains(':') {
        return Some(credit.to_owned());
    }
    Some(locale.fill("issue-credit", [("credit", credit.into())]))
}

/// What a paper says, each with its label: what is to be decided, and the effects.
pub(super) fn paper_texts(locale: Locale, paper: &PaperView) -> Vec<(String, String)> {
    [
        ("issue-decision", &paper.decision),
        ("issue-effects", &paper.effects),
    ]
    .into_iter()
    .filter_map(|(key, text)| {
        let text = text
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())?;
        Some((locale.colon(&locale.say(key)), cut(text, PAPER_TEXT)))
    })
    .collect()
}

/// “Anlagen:”
pub(super) fn attachments(locale: Locale, paper: &PaperView) -> String {
    let count = paper.attachments.len();
    locale.colon(&locale.fill("issue-attachments", [("count", count.into())]))
}

/// “und 3 weitere”, where not all attachments are linked.
pub(super) fn further_attachments(locale: Locale, paper: &PaperView) -> Option<String> {
    let count = paper.attachments.len().saturating_sub(MOST_ATTACHMENTS);
    (count > 0).then(|| locale.fill("issue-further-attachments", [("count", count.into())]))
}

/// “Kontakt:”, if there is one.
pub(super) fn contact(locale: Locale, item: &ItemView) -> Option<(String, &ContactView)> {
    let contact = item.contact.as_ref()?;
    let known = [&contact.name, &contact.email, &contact.phone];
    known
        .iter()
        .any(|one| one.is_some())
        .then(|| (locale.colon(&locale.say("issue-contact")), contact))
}

/// Whether an item that is shown in full says whom to ask. People call about an event; for everything
/// else the contact is behind the link, where there is one and the newsletter does not tell whole texts.
pub(super) fn shows_contact(kind: SectionKind, tells_body: bool, item: &ItemView) -> bool {
    has_date_block(kind, item) || tells_body || item.more_url.is_none()
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
