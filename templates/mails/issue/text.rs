//! The text of an issue: everything the HTML says, in the same order. Every part but the contents
//! ends with an empty line.

use super::view::{Detail, IssueView, ItemView, SectionKind};
use super::wording;
use crate::link;
use crate::locale::Locale;
use crate::mails::frame;
use crate::plain_text::Text;
use crate::rich_text;
use crate::site::Site;

/// The whole text.
pub(super) fn document(site: &Site, view: &IssueView) -> String {
    let mut text = Text::new(site.locale);
    masthead(site, view, &mut text);
    let filled = || {
        let sections = view.sections.iter();
        sections.filter(|section| !section.items.is_empty())
    };
    let counts: Vec<_> = filled()
        .map(|section| (section.kind, section.items.len()))
        .collect();
    if wording::is_long(counts.iter().map(|(_, items)| items).sum()) {
        contents_title(site, &mut text);
        contents(site.locale, &counts, &mut text);
        ways_out(site, view, &mut text);
    }
    introduction(view, &mut text);
    if view.detail != Detail::Full {
        shortened(site, &mut text);
    }
    for section in filled() {
        section_title(site, section.kind, &mut text);
        for one in &section.items {
            item(site, view.detail, section.kind, one, &mut text);
        }
    }
    foot(site, view, &mut text);
    text.into_string()
}

pub(super) fn masthead(site: &Site, view: &IssueView, text: &mut Text) {
    text.line(&site.organisation);
    text.heading(&view.newsletter, '=');
    text.paragraph(&wording::edition(site.locale, view));
}

pub(super) fn contents_title(site: &Site, text: &mut Text) {
    text.line(&wording::contents(site.locale));
}

pub(super) fn contents(locale: Locale, counts: &[(SectionKind, usize)], text: &mut Text) {
    for (kind, items) in counts {
        text.indented(&wording::counted(locale, *kind, *items), "- ", "  ");
    }
    text.blank();
}

pub(super) fn ways_out(site: &Site, view: &IssueView, text: &mut Text) {
    let t = site.locale;
    text.link(&t.say("issue-top-unsubscribe"), &view.unsubscribe_url);
    text.link(&t.say("issue-top-imprint"), &site.links.imprint);
    text.blank();
}

pub(super) fn introduction(view: &IssueView, text: &mut Text) {
    wording::paragraphs(view).for_each(|paragraph| text.paragraph(paragraph));
}

pub(super) fn shortened(site: &Site, text: &mut Text) {
    text.paragraph(&site.locale.say("issue-shortened"));
}

pub(super) fn section_title(site: &Site, kind: SectionKind, text: &mut Text) {
    text.heading(&wording::section_title(site.locale, kind), '-');
}

pub(super) fn item(
    site: &Site,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
    text: &mut Text,
) {
    let t = site.locale;
    let title = if item.cancelled {
        format!("{} {}", t.colon(&t.say("issue-cancelled")), item.title)
    } else {
        item.title.clone()
    };
    text.indented(&title, "* ", "  ");
    for facts in wording::prominent(t, kind, item)
        .into_iter()
        .chain([wording::quiet(t, detail, kind, item).join(" · ")])
    {
        if !facts.is_empty() {
            text.line(&facts);
        }
    }
    if let Some(teaser) = wording::teaser(detail, item) {
        text.paragraph(&teaser);
    }
    let full = detail == Detail::Full;
    if full && !item.body.is_empty() {
        text.blank();
        rich_text::write(&item.body, text);
    }
    if let Some(contact) = item.contact.as_deref().filter(|_| full) {
        text.line(&format!("{} {contact}", t.colon(&t.say("issue-contact"))));
    }
    if let Some(url) = item.url.as_deref().and_then(link::absolute) {
        text.link(&t.say("issue-more"), url);
    }
    text.blank();
}

pub(super) fn foot(site: &Site, view: &IssueView, text: &mut Text) {
    let t = site.locale;
    text.paragraph(&wording::why(site, view));
    text.link(&t.say("issue-preferences"), &view.preferences_url);
    text.blank();
    text.link(&t.say("issue-unsubscribe"), &view.unsubscribe_url);
    text.blank();
    text.paragraph(&t.say("issue-no-tracking"));
    frame::foot_text(site, text);
}
