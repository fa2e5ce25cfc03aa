//! The HTML of an issue. Parts are separated by line ends, in places where these mean nothing to a
//! mail program.

use maud::{Markup, PreEscaped, html};

use super::item::item;
use super::own;
use super::view::{Detail, IssueView, SectionKind, SectionView, Told};
use super::wording;
use crate::colour::mail as colour;
use crate::mails::frame;
use crate::site::Site;

/// Where a part ends. Whatever people typed is escaped, so it cannot hold this.
const MARK: PreEscaped<&str> = PreEscaped("<!--|-->");

/// The whole document.
pub(super) fn document(
    site: &Site,
    view: &IssueView,
    told: &[Told<'_>],
    [subject, preheader]: [&str; 2],
) -> String {
    let items = told.iter().map(|one| one.titles.len()).sum();
    let contents = || own::contents(site.locale, told);
    let body = html! {
        (masthead(site, view))
        (introduction(view))
        @if own::is_long(items) { (overview(site, view, &contents())) }
        @if view.detail != Detail::Full { (shortened(site)) }
        @for section in view.filled() { (whole_section(site, view, section)) }
    };
    let document = frame::document(
        site,
        &html! { "\n" (line(subject)) },
        &html! { "\n" (line(preheader)) },
        &body,
        &foot(site, view),
    );
    document + "\n"
}

fn whole_section(site: &Site, view: &IssueView, section: &SectionView) -> Markup {
    html! {
        (section_title(site, section.kind))
        @for one in &section.items { (item(site, view.texts, view.detail, section.kind, one)) }
        @if let Some(more) = &section.more {
            (own::more(site.locale, section.kind, more.count, &more.url))
        }
    }
}

/// What surrounds the title of the document, the preheader, the contents of the sheet and the foot: up
/// to the title, from there to the preheader, from there to the end of the masthead, and from the last
/// item to the end.
pub(super) fn around(site: &Site, view: &IssueView) -> [String; 4] {
    let document = frame::document(
        site,
        &html! { "\n" (MARK) },
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

/// A text as a line.
pub(super) fn line(text: &str) -> Markup {
    html! { (text) "\n" }
}

fn masthead(site: &Site, view: &IssueView) -> Markup {
    html! {
        (frame::masthead(site))
        h1 style="margin:0 0 4px;font-size:28px;line-height:1.2" { (view.newsletter) }
        p class="quiet" style={ "margin:0 0 16px;font-size:14px;color:" (colour::MUTED) } { (wording::edition(site.locale, view)) }
        "\n"
    }
}

/// What is in a long mail, and the links to leave: its end may be cut off, and they with it.
fn overview(site: &Site, view: &IssueView, contents: &Markup) -> Markup {
    let t = site.locale;
    html! {
        div role="navigation" aria-label=(t.say("issue-contents")) {
            p style="margin:0 0 4px;font-size:15px" { (wording::contents(t)) "\n" (contents) }
        }
        p class="quiet" style={ "margin:0;font-size:14px;color:" (colour::MUTED) } {
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
            @for paragraph in paragraphs { p style="margin:0 0 10px" { (paragraph) } }
            "\n"
        }
    }
}

/// The notice that the items are shortened.
pub(super) fn shortened(site: &Site) -> Markup {
    html! {
        p style="margin:16px 0 0" { (site.locale.say("issue-shortened")) }
        "\n"
    }
}

/// The title of a section.
pub(super) fn section_title(site: &Site, kind: SectionKind) -> Markup {
    html! {
        h2 class="head" id=(own::anchor(kind)) style={ "margin:22px 0 0;padding:0 0 5px;border-bottom:2px solid " (colour::TEXT) ";font-size:20px;line-height:1.3" } {
            (wording::section_title(site.locale, kind))
        }
        "\n"
    }
}

fn foot(site: &Site, view: &IssueView) -> Markup {
    let t = site.locale;
    html! {
        p style="margin:0 0 8px" { (wording::why(site, view)) }
        p style="margin:0 0 8px;font-size:16px" {
            (frame::anchor(site, &view.preferences_url, &t.say("issue-preferences"))) " · "
            (frame::anchor(site, &view.unsubscribe_url, &t.say("issue-unsubscribe")))
        }
        p style="margin:0 0 12px" { (t.say("issue-no-tracking")) }
        (frame::foot(site))
    }
}
