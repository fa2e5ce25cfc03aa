//! The page of an entry: to be read, linked and shared.

mod facts;
mod head;
mod json_ld;
mod sample;
mod taking_part;
mod view;

use maud::{Markup, html};

pub use self::taking_part::{Accessibility, Status, TakingPart};
pub use self::view::{Addresses, ContactView, EntryView, Kind, Occasion, PaperView, TopicLink};
use crate::entry_item::{short_list, subscribe_panel};
use crate::layout::{self, Page, Section};
use crate::link;
use crate::locale::Locale;
use crate::page_text::page_text;
use crate::picture::PictureView;
use crate::site::Site;

/// Renders the page.
pub fn page(site: &Site, view: &EntryView) -> Markup {
    let t = site.locale;
    let body = html! {
        div class="beside reading" {
            (article(t, view))
            (aside(t, view))
        }
    };
    let page = Page {
        lang: view.lang.clone(),
        head: head::head(site, view),
        section: Some(section(view.kind)),
        ..Page::public(view.title.clone())
    };
    layout::frame(site, &page, &body)
}

/// What the page says of the entry, below its title.
pub(crate) fn article(t: Locale, view: &EntryView) -> Markup {
    let lang = view.lang.as_deref();
    html! {
        article {
            (meta(t, view))
            (facts::status(t, view))
            @if let Some(picture) = &view.picture { (figure(t, picture, &view.picture_files, lang)) }
            (facts::occasion(t, view))
            @if lang.is_some() { p class="small muted" { (t.say("entry-original")) } }
            div lang=[lang] {
                @if !view.teaser.is_empty() { p class="lead" { (view.teaser) } }
                (page_text(&view.body))
            }
            @if let Some(url) = view.url.as_deref().and_then(link::absolute) {
                p { a href=(url) { (t.fill("entry-source", [("host", host(url).into())])) } }
            }
            (facts::list(t, view))
        }
    }
}

/// The section that an entry stands in.
const fn section(kind: Kind) -> Section {
    match kind {
        Kind::News => Section::News,
        Kind::Event => Section::Events,
        Kind::Paper | Kind::Meeting => Section::Papers,
    }
}

/// Date and author, in one line; what takes place has its date below.
fn meta(t: Locale, view: &EntryView) -> Markup {
    html! {
        @if view.occasion.is_none() {
            p class="meta" {
                time datetime=(view.date.format("%Y-%m-%d")) { (t.day(view.date)) } " · " (view.organisation)
            }
        }
    }
}

fn figure(t: Locale, picture: &PictureView, files: &[(String, u32)], lang: Option<&str>) -> Markup {
    let choice: Vec<String> = files
        .iter()
        .filter(|(path, _)| link::on_page(path).is_some())
        .map(|(path, width)| format!("{path} {width}w"))
        .collect();
    let several = choice.len() > 1;
    html! {
        @if let Some(src) = link::on_page(&picture.src) {
            figure {
                img src=(src) srcset=[several.then(|| choice.join(", "))] sizes=[several.then_some("(max-width: 40rem) 100vw, 38rem")]
                    width=(picture.width) height=(picture.height)
                    alt=(picture.alt()) lang=[lang];
                @if let Some(credit) = &picture.credit {
                    figcaption { (self::credit(t, credit)) }
                }
            }
        }
    }
}

/// “Bild: Stadtarchiv”, in the words of the mails; a credit that says itself what it is stays as it is.
fn credit(t: Locale, credit: &str) -> String {
    if credit.contains(':') {
        credit.to_owned()
    } else {
        t.fill("issue-credit", [("credit", credit.into())])
    }
}

/// What stands beside the entry: a way to subscribe, and more to read.
fn aside(t: Locale, view: &EntryView) -> Markup {
    let names: Vec<String> = view.topics.iter().map(|topic| topic.name.clone()).collect();
    let topics: Vec<String> = names.iter().map(|name| t.quote(name)).collect();
    html! {
        div class="side" {
            (subscribe_panel(t, &view.newsletters, &names))
            @if !view.more.is_empty() {
                section class="more" {
                    h2 {
                        @if topics.is_empty() { (t.say("entry-more")) }
                        @else { (t.fill("entry-more-topics", [("topics", t.list(&topics).into())])) }
                    }
                    (short_list(t, &view.more))
                    p { a href=(view.addresses.list) { (t.say(all(view.kind))) } }
                }
            }
        }
    }
}

const fn all(kind: Kind) -> &'static str {
    match section(kind) {
        Section::News | Section::Subscribe => "entry-all-news",
        Section::Events => "entry-all-events",
        Section::Papers => "entry-all-papers",
    }
}

/// The host of an address, as people say it.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
