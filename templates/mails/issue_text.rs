//! The text part of an issue: everything the HTML part says, in the same order.

use super::frame;
use super::issue::{self, Detail, IssueView, ItemView, SectionKind};
use super::text::Text;
use crate::link;
use crate::rich_text;
use crate::site::Site;

/// Writes it.
pub(super) fn write(site: &Site, view: &IssueView) -> String {
    let t = site.locale;
    let mut text = Text::new(t);
    text.line(&site.organisation);
    text.heading(&view.newsletter, '=');
    text.paragraph(&issue::edition(site, view));
    if issue::is_long(view) {
        text.line(&t.colon(&t.say("issue-contents")));
        for section in view
            .sections
            .iter()
            .filter(|section| !section.items.is_empty())
        {
            text.indented(
                &format!(
                    "{} ({})",
                    issue::section_title(site, section.kind),
                    section.items.len()
                ),
                "- ",
                "  ",
            );
        }
        text.blank();
        text.link(&t.say("issue-top-unsubscribe"), &view.unsubscribe_url);
        text.link(&t.say("issue-top-imprint"), &site.links.imprint);
        text.blank();
    }
    issue::paragraphs(view).for_each(|part| text.paragraph(part));
    if view.detail != Detail::Full {
        text.paragraph(&t.say("issue-shortened"));
    }
    for section in view
        .sections
        .iter()
        .filter(|section| !section.items.is_empty())
    {
        text.heading(&issue::section_title(site, section.kind), '-');
        for one in &section.items {
            item(site, view, section.kind, one, &mut text);
        }
    }
    text.blank();
    foot(site, view, &mut text);
    text.into_string()
}

fn item(site: &Site, view: &IssueView, kind: SectionKind, item: &ItemView, text: &mut Text) {
    let t = site.locale;
    let title = if item.cancelled {
        format!("{} {}", t.colon(&t.say("issue-cancelled")), item.title)
    } else {
        item.title.clone()
    };
    text.indented(&title, "* ", "  ");
    for facts in issue::prominent(site, kind, item)
        .into_iter()
        .chain([issue::quiet(site, view.detail, kind, item).join(" · ")])
    {
        if !facts.is_empty() {
            text.line(&facts);
        }
    }
    let full = view.detail == Detail::Full;
    match view.detail {
        Detail::Full if !item.teaser.is_empty() => text.paragraph(&item.teaser),
        Detail::Short if !item.teaser.is_empty() => text.paragraph(&issue::cut(&item.teaser, 200)),
        _ => {}
    }
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

fn foot(site: &Site, view: &IssueView, text: &mut Text) {
    let t = site.locale;
    text.paragraph(&issue::why(site, view));
    text.link(&t.say("issue-preferences"), &view.preferences_url);
    text.blank();
    text.link(&t.say("issue-unsubscribe"), &view.unsubscribe_url);
    text.blank();
    text.paragraph(&t.say("issue-no-tracking"));
    frame::foot_text(site, text);
}
