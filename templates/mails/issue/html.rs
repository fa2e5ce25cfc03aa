//! The HTML of an issue. Parts are separated by line ends, in places where these mean nothing to a
//! mail program.

use maud::{Markup, PreEscaped, html};

use super::view::{Detail, IssueView, ItemView, SectionKind, SectionView};
use super::wording;
use crate::colour::mail as colour;
use crate::link;
use crate::locale::Locale;
use crate::mails::frame;
use crate::palette::Palette;
use crate::rich_text;
use crate::site::Site;

/// Where a part ends. Whatever people typed is escaped, so it cannot hold this.
const MARK: PreEscaped<&str> = PreEscaped("<!--|-->");

/// The whole document.
pub(super) fn document(site: &Site, view: &IssueView, subject: &str) -> String {
    let filled = || {
        let sections = view.sections.iter();
        sections.filter(|section| !section.items.is_empty())
    };
    let titles = filled().flat_map(|section| &section.items);
    let counts: Vec<_> = filled()
        .map(|section| (section.kind, section.items.len()))
        .collect();
    let items = counts.iter().map(|(_, items)| items).sum();
    let preheader = preheader(titles.map(|item| item.title.as_str()));
    let body = html! {
        (masthead(site, view))
        @if wording::is_long(items) { (overview(site, view, &html! { (contents(site.locale, &counts)) })) }
        (introduction(view))
        @if view.detail != Detail::Full { (shortened(site)) }
        @for section in filled() { (whole_section(site, view.detail, section)) }
    };
    let document = frame::document(
        site,
        subject,
        &html! { "\n" (preheader) },
        &body,
        &foot(site, view),
    );
    document + "\n"
}

fn whole_section(site: &Site, detail: Detail, section: &SectionView) -> Markup {
    html! {
        (section_title(site, section.kind))
        @for one in &section.items { (item(site, detail, section.kind, one)) }
    }
}

/// What surrounds the preheader, the contents of the sheet and the foot: up to the preheader, from
/// there to the end of the masthead, and from the last item to the end.
pub(super) fn around(site: &Site, view: &IssueView, subject: &str) -> [String; 3] {
    let document = frame::document(
        site,
        subject,
        &html! { "\n" (MARK) },
        &html! { (masthead(site, view)) (MARK) },
        &foot(site, view),
    );
    split(&(document + "\n"))
}

/// What surrounds the contents of a long mail.
pub(super) fn around_contents(site: &Site, view: &IssueView) -> [String; 2] {
    split(&overview(site, view, &html! { (MARK) }).into_string())
}

fn split<const N: usize>(marked: &str) -> [String; N] {
    let mut parts = marked.split(MARK.0);
    std::array::from_fn(|_| parts.next().unwrap_or_default().to_owned())
}

/// The first titles, as a line.
pub(super) fn preheader<'a>(titles: impl IntoIterator<Item = &'a str>) -> Markup {
    html! { (wording::preheader(titles)) "\n" }
}

/// “Neuigkeiten (3) und Termine (2)”, as a line.
pub(super) fn contents(locale: Locale, counts: &[(SectionKind, usize)]) -> Markup {
    let sections: Vec<String> = counts
        .iter()
        .map(|(kind, items)| wording::counted(locale, *kind, *items))
        .collect();
    html! { (locale.list(&sections)) "\n" }
}

fn masthead(site: &Site, view: &IssueView) -> Markup {
    html! {
        (frame::masthead(site))
        h1 style="margin:0 0 4px;font-size:28px;line-height:1.2" { (view.newsletter) }
        p class="quiet" style={ "margin:0 0 24px;color:" (colour::MUTED) } { (wording::edition(site.locale, view)) }
        "\n"
    }
}

/// What is in a long mail, and the links to leave: its end may be cut off, and they with it.
fn overview(site: &Site, view: &IssueView, contents: &Markup) -> Markup {
    let t = site.locale;
    html! {
        p style="margin:0 0 8px" { (wording::contents(t)) "\n" (contents) }
        p style="margin:0 0 24px;font-size:14px" {
            (frame::anchor(site, &view.preferences_url, &t.say("issue-top-preferences"))) " · "
            (frame::anchor(site, &view.unsubscribe_url, &t.say("issue-top-unsubscribe"))) " · "
            (frame::anchor(site, &site.links.imprint, &t.say("issue-top-imprint")))
        }
        "\n"
    }
}

/// The words of the editors; nothing where there are none.
pub(super) fn introduction(view: &IssueView) -> Markup {
    let mut paragraphs = wording::paragraphs(view).peekable();
    html! {
        @if paragraphs.peek().is_some() {
            @for paragraph in paragraphs { (frame::paragraph(paragraph)) }
            "\n"
        }
    }
}

/// The notice that the items are shortened.
pub(super) fn shortened(site: &Site) -> Markup {
    html! { (frame::paragraph(site.locale.say("issue-shortened"))) "\n" }
}

/// The title of a section.
pub(super) fn section_title(site: &Site, kind: SectionKind) -> Markup {
    html! {
        h2 class="line" style={ "margin:32px 0 0;padding:16px 0 0;border-top:2px solid " (colour::LINE) ";font-size:22px;line-height:1.3" } {
            (wording::section_title(site.locale, kind))
        }
        "\n"
    }
}

/// One item. A mail may have a hundred, so as few elements as possible have styles.
pub(super) fn item(site: &Site, detail: Detail, kind: SectionKind, item: &ItemView) -> Markup {
    let t = site.locale;
    let palette = Palette::new(site.action_colour.as_deref());
    let full = detail == Detail::Full;
    let lang = item.lang.as_deref();
    html! {
        h3 style="margin:24px 0 2px;font-size:18px;line-height:1.35" lang=[lang] {
            @if item.cancelled { span class="off" lang=(t.code()) style={ "color:" (colour::DANGER) } { (t.colon(&t.say("issue-cancelled"))) } " " }
            @match item.url.as_deref().and_then(link::absolute) {
                Some(url) => { a href=(url) style={ "color:" (palette.action) } { (item.title) } }
                None => { (item.title) }
            }
        }
        @if let Some(facts) = wording::prominent(t, kind, item) { p style="margin:0 0 2px" { strong { (facts) } } }
        @let facts = wording::quiet(t, detail, kind, item);
        @if !facts.is_empty() {
            p class="quiet" style={ "margin:0 0 6px;font-size:14px;color:" (colour::MUTED) } { (facts.join(" · ")) }
        }
        @if let Some(teaser) = wording::teaser(detail, item) { p style="margin:0 0 8px" lang=[lang] { (teaser) } }
        @if full && !item.body.is_empty() {
            div lang=[lang] { (rich_text::styled(&item.body, &palette)) }
        }
        @if let Some(contact) = item.contact.as_deref().filter(|_| full) {
            p class="quiet" style={ "margin:0 0 8px;font-size:14px;color:" (colour::MUTED) } { (t.colon(&t.say("issue-contact"))) " " (contact) }
        }
        "\n"
    }
}

fn foot(site: &Site, view: &IssueView) -> Markup {
    let t = site.locale;
    html! {
        p style="margin:0 0 8px" { (wording::why(site, view)) }
        p style="margin:0 0 16px;font-size:16px" {
            (frame::anchor(site, &view.preferences_url, &t.say("issue-preferences"))) " · "
            (frame::anchor(site, &view.unsubscribe_url, &t.say("issue-unsubscribe")))
        }
        p style="margin:0 0 24px" { (t.say("issue-no-tracking")) }
        (frame::foot(site))
    }
}
