//! The digest: an issue of a newsletter for one language and one set of topics.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::palette::Palette;
use super::{Mail, frame, issue_text};
use crate::When;
use crate::colour::mail as colour;
use crate::link;
use crate::rich_text::{self, Block};
use crate::site::Site;

/// One variant of an issue. The two personal URLs may end in placeholders; they stand in HTML and
/// text exactly as given, as long as they are made of URL characters that need no escaping.
#[derive(Debug, Clone)]
pub struct IssueView {
    /// The newsletter's name.
    pub newsletter: String,
    /// The issue's number.
    pub number: u64,
    /// The day it goes out.
    pub date: NaiveDate,
    /// The subject; without one it is made of newsletter, number and date.
    pub subject: Option<String>,
    /// What mail programs show beside the subject; without one it is made of the first titles.
    pub preheader: Option<String>,
    /// Words of the editors before the first section: plain text; an empty line begins a new
    /// paragraph.
    pub introduction: Option<String>,
    /// The sections, in order; empty ones are not shown.
    pub sections: Vec<SectionView>,
    /// How much of each item is shown.
    pub detail: Detail,
    /// The page that ends this subscription.
    pub unsubscribe_url: String,
    /// The reader's preferences page.
    pub preferences_url: String,
}

/// How much of each item an issue shows, so that a long one stays below what receivers cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Teaser and body.
    Full,
    /// The teaser, cut at a word after some 200 characters; no body.
    Short,
    /// Title, date and link.
    TitlesOnly,
}

/// The items of one kind.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// What they are.
    pub kind: SectionKind,
    /// The items, in order.
    pub items: Vec<ItemView>,
}

/// The sections of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// News.
    News,
    /// Events ahead.
    Events,
    /// Papers and meetings of the council.
    Council,
}

/// An entry as the issue shows it.
#[derive(Debug, Clone, Default)]
pub struct ItemView {
    /// The title, plain text.
    pub title: String,
    /// The BCP 47 tag of title, teaser and body, if it is not the mail's language.
    pub lang: Option<String>,
    /// A paragraph of plain text; may be empty.
    pub teaser: String,
    /// The text below the teaser; may be empty.
    pub body: Vec<Block>,
    /// Where to read more.
    pub url: Option<String>,
    /// The names of its topics in the mail's language.
    pub topics: Vec<String>,
    /// News: the day it is dated. Events and meetings: when it takes place.
    pub when: Option<When>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Who tells it or holds it, if not the sender of the newsletter.
    pub organisation: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The council's file number.
    pub reference: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// From how many items on a mail is long: its sections are listed at the top, and the ways out too.
const LONG: usize = 8;
/// Characters of a teaser in [`Detail::Short`].
const SHORT_TEASER: usize = 200;

/// Writes the mail.
pub fn mail(site: &Site, view: &IssueView) -> Mail {
    let t = site.locale;
    let made = t.fill(
        "issue-subject",
        [
            ("newsletter", view.newsletter.as_str().into()),
            ("number", view.number.to_string().into()),
        ],
    );
    let subject = view.subject.clone().unwrap_or(made);
    let preheader = view.preheader.clone().unwrap_or_else(|| first_titles(view));
    Mail {
        html: frame::document(
            site,
            &subject,
            &preheader,
            &body(site, view),
            &foot(site, view),
        ),
        text: issue_text::write(site, view),
        subject,
    }
}

/// What is in it, in at most some 90 characters.
fn first_titles(view: &IssueView) -> String {
    const MOST: usize = 90;
    let mut line = String::new();
    for item in view.sections.iter().flat_map(|section| &section.items) {
        let length = line.chars().count() + 3 + item.title.chars().count();
        if !line.is_empty() && length > MOST {
            break;
        }
        if !line.is_empty() {
            line.push_str(" · ");
        }
        line.push_str(&item.title);
    }
    cut(&line, MOST)
}

/// The text, cut at a word after at most `most` characters.
pub(super) fn cut(text: &str, most: usize) -> String {
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

/// How many items the mail has.
pub(super) fn count(view: &IssueView) -> usize {
    view.sections
        .iter()
        .map(|section| section.items.len())
        .sum()
}

/// Whether the ways out stand at the top too.
pub(super) fn is_long(view: &IssueView) -> bool {
    count(view) > LONG
}

/// “Neuigkeiten”.
pub(super) fn section_title(site: &Site, kind: SectionKind) -> String {
    site.locale.say(match kind {
        SectionKind::News => "issue-news",
        SectionKind::Events => "issue-events",
        SectionKind::Council => "issue-council",
    })
}

/// “Ausgabe 14 · 26. November 2026”.
pub(super) fn edition(site: &Site, view: &IssueView) -> String {
    let t = site.locale;
    let number = t.fill("issue-number", [("number", view.number.to_string().into())]);
    format!("{number} · {}", t.day(view.date))
}

fn body(site: &Site, view: &IssueView) -> Markup {
    let palette = Palette::new(site.action_colour.as_deref());
    html! {
        (frame::masthead(site))
        h1 style="margin:0 0 4px;font-size:28px;line-height:1.2" { (view.newsletter) }
        p class="quiet" style={ "margin:0 0 24px;color:" (colour::MUTED) } { (edition(site, view)) }
        @if is_long(view) { (overview(site, view)) }
        @for paragraph in paragraphs(view) { (frame::paragraph(paragraph)) }
        @if view.detail != Detail::Full { (frame::paragraph(site.locale.say("issue-shortened"))) }
        @for section in view.sections.iter().filter(|section| !section.items.is_empty()) {
            h2 class="line" style={ "margin:32px 0 0;padding:16px 0 0;border-top:2px solid " (colour::LINE) ";font-size:22px;line-height:1.3" } {
                (section_title(site, section.kind))
            }
            @for item in &section.items { (shown(site, view, section.kind, item, &palette)) }
        }
    }
}

/// The paragraphs of the introduction.
pub(super) fn paragraphs(view: &IssueView) -> impl Iterator<Item = &str> {
    let text = view.introduction.as_deref().unwrap_or_default();
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// What is in a long mail, and the ways out, which its end may be cut off with.
fn overview(site: &Site, view: &IssueView) -> Markup {
    let t = site.locale;
    let parts: Vec<String> = view
        .sections
        .iter()
        .filter(|section| !section.items.is_empty())
        .map(|section| {
            format!(
                "{} ({})",
                section_title(site, section.kind),
                section.items.len()
            )
        })
        .collect();
    html! {
        p style="margin:0 0 8px" { (t.colon(&t.say("issue-contents"))) " " (t.list(&parts)) }
        p style="margin:0 0 24px;font-size:14px" {
            (frame::anchor(site, &view.preferences_url, &t.say("issue-top-preferences"))) " · "
            (frame::anchor(site, &view.unsubscribe_url, &t.say("issue-top-unsubscribe"))) " · "
            (frame::anchor(site, &site.links.imprint, &t.say("issue-top-imprint")))
        }
    }
}

/// One item. A mail may have a hundred: styles stand on as few elements as will do.
fn shown(
    site: &Site,
    view: &IssueView,
    kind: SectionKind,
    item: &ItemView,
    palette: &Palette,
) -> Markup {
    let t = site.locale;
    let full = view.detail == Detail::Full;
    html! {
        h3 style="margin:24px 0 2px;font-size:18px;line-height:1.35" lang=[item.lang.as_deref()] {
            @if item.cancelled { span class="off" lang=(t.code()) style={ "color:" (colour::DANGER) } { (t.colon(&t.say("issue-cancelled"))) } " " }
            @match item.url.as_deref().and_then(link::absolute) {
                Some(url) => { a href=(url) style={ "color:" (palette.action) } { (item.title) } }
                None => { (item.title) }
            }
        }
        @if let Some(facts) = prominent(site, kind, item) { p style="margin:0 0 2px" { strong { (facts) } } }
        @let facts = quiet(site, view.detail, kind, item);
        @if !facts.is_empty() {
            p class="quiet" style={ "margin:0 0 6px;font-size:14px;color:" (colour::MUTED) } { (facts.join(" · ")) }
        }
        @match view.detail {
            Detail::Full => {
                @if !item.teaser.is_empty() { p style="margin:0 0 8px" lang=[item.lang.as_deref()] { (item.teaser) } }
            }
            Detail::Short => {
                @if !item.teaser.is_empty() { p style="margin:0 0 8px" lang=[item.lang.as_deref()] { (cut(&item.teaser, SHORT_TEASER)) } }
            }
            Detail::TitlesOnly => {}
        }
        @if full && !item.body.is_empty() {
            div lang=[item.lang.as_deref()] { (rich_text::styled(&item.body, palette)) }
        }
        @if let Some(contact) = item.contact.as_deref().filter(|_| full) {
            p class="quiet" style={ "margin:0 0 8px;font-size:14px;color:" (colour::MUTED) } { (t.colon(&t.say("issue-contact"))) " " (contact) }
        }
    }
}

/// What readers of events look for first: when and where.
pub(super) fn prominent(site: &Site, kind: SectionKind, item: &ItemView) -> Option<String> {
    if kind == SectionKind::News {
        return None;
    }
    let when = item.when.map(|when| when.words(site.locale));
    let parts: Vec<String> = when.into_iter().chain(item.place.clone()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The small print of an item: date, file number, who tells it, topics.
pub(super) fn quiet(
    site: &Site,
    detail: Detail,
    kind: SectionKind,
    item: &ItemView,
) -> Vec<String> {
    let t = site.locale;
    let mut facts = Vec::new();
    if kind == SectionKind::News {
        facts.extend(item.when.map(|when| when.words(t)));
        facts.extend(item.place.clone());
    }
    if let Some(reference) = &item.reference {
        facts.push(format!("{} {reference}", t.say("issue-reference")));
    }
    if detail != Detail::TitlesOnly {
        facts.extend(item.organisation.clone());
        facts.extend((!item.topics.is_empty()).then(|| item.topics.join(", ")));
    }
    facts
}

fn foot(site: &Site, view: &IssueView) -> Markup {
    let t = site.locale;
    html! {
        p style="margin:0 0 8px" { (why(site, view)) }
        p style="margin:0 0 16px;font-size:16px" {
            (frame::anchor(site, &view.preferences_url, &t.say("issue-preferences"))) " · "
            (frame::anchor(site, &view.unsubscribe_url, &t.say("issue-unsubscribe")))
        }
        p style="margin:0 0 24px" { (t.say("issue-no-tracking")) }
        (frame::foot(site))
    }
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
