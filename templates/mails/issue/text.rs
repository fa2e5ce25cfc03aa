//! The text of an issue: everything the HTML says but its pictures, in the same order. Every part but
//! the contents ends with an empty line.

use super::own;
use super::view::{Detail, IssueView, ItemView, PaperView, SectionKind, Texts, Told};
use super::wording;
use crate::link;
use crate::mails::frame;
use crate::plain_text::Text;
use crate::rich_text;
use crate::site::Site;

/// The whole text.
pub(super) fn document(site: &Site, view: &IssueView, told: &[Told<'_>]) -> String {
    let mut text = Text::new(site.locale);
    masthead(site, view, &mut text);
    introduction(view, &mut text);
    if own::is_long(told.iter().map(|one| one.titles.len()).sum()) {
        contents_title(site, &mut text);
        own::contents_text(site.locale, told, &mut text);
        ways_out(site, view, &mut text);
    }
    if view.detail != Detail::Full {
        shortened(site, &mut text);
    }
    for section in view.filled() {
        section_title(site, section.kind, &mut text);
        for one in &section.items {
            item(site, view.texts, view.detail, section.kind, one, &mut text);
        }
        if let Some(more) = &section.more {
            own::more_text(site.locale, section.kind, more.count, &more.url, &mut text);
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

pub(super) fn ways_out(site: &Site, view: &IssueView, text: &mut Text) {
    let t = site.locale;
    text.link(&t.say("issue-top-preferences"), &view.preferences_url);
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
    texts: Texts,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
    text: &mut Text,
) {
    let t = site.locale;
    let title = match wording::change(t, item) {
        Some(change) => format!("{change} {}", item.title),
        None => item.title.clone(),
    };
    text.indented(&title, "* ", "  ");
    let facts = wording::facts(t, detail, kind, item, false);
    for line in Some(facts)
        .filter(|facts| !facts.is_empty())
        .into_iter()
        .chain(wording::moved_from(t, item))
    {
        text.line(&line);
    }
    let tells_body = texts == Texts::Whole && !item.body.is_empty();
    let teaser = match detail {
        Detail::Full => wording::full_teaser(kind, tells_body, item).map(str::to_owned),
        Detail::Short | Detail::TitlesOnly => wording::teaser(detail, item),
    };
    if let Some(teaser) = teaser {
        text.line(&teaser);
    }
    if detail == Detail::Full {
        if tells_body {
            text.blank();
            rich_text::write(&item.body, text);
        }
        if let Some(paper) = &item.paper {
            write_paper(site, paper, text);
        }
        let contact = wording::contact(t, item);
        let contact = contact.filter(|_| wording::shows_contact(kind, tells_body, item));
        if let Some((label, contact)) = contact {
            // A number stays in one line.
            let phone = contact.phone.as_ref();
            let phone = phone.map(|number| number.replace(' ', "\u{a0}"));
            let known = [contact.name.clone(), contact.email.clone(), phone];
            let known: Vec<String> = known.into_iter().flatten().collect();
            text.line(&format!("{label} {}", known.join(" · ")));
        }
    }
    if let Some(url) = item.more_url.as_deref().and_then(link::absolute) {
        text.link(&t.say("issue-more"), url);
    }
    text.blank();
}

fn write_paper(site: &Site, paper: &PaperView, text: &mut Text) {
    let t = site.locale;
    for (label, words) in wording::paper_texts(t, paper) {
        text.line(&format!("{label} {words}"));
    }
    if paper.attachments.is_empty() {
        return;
    }
    text.line(&wording::attachments(t, paper));
    for (title, url) in paper.attachments.iter().take(wording::MOST_ATTACHMENTS) {
        text.indented(title, "- ", "  ");
        if let Some(url) = link::absolute(url) {
            text.url(url);
        }
    }
    if let Some(further) = wording::further_attachments(t, paper) {
        text.line(&further);
    }
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
