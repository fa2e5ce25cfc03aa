//! The layout of every page: header, main part, footer.

use maud::{DOCTYPE, Markup, html};

use crate::components::paragraph_link;
use crate::link;
use crate::locale::Locale;
use crate::site::Site;

/// What the layout needs to know of a page.
pub(crate) struct Page {
    /// The page's heading; the document's title is made of it.
    pub title: String,
    /// Whether something has to be corrected; screen readers read the title first.
    pub has_errors: bool,
    /// Whether the page is for one reader only and must not be indexed.
    pub personal: bool,
    /// The language of the heading, where it is not the page's.
    pub lang: Option<String>,
    /// What else stands in the head of the document.
    pub head: Markup,
    /// The section it stands in, if any.
    pub section: Option<Section>,
}

/// A section that every page links to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Subscribing.
    Subscribe,
    /// News.
    News,
    /// Events.
    Events,
    /// Council papers and meetings.
    Papers,
}

impl Section {
    /// The key of its name.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Subscribe => "section-subscribe",
            Self::News => "section-news",
            Self::Events => "section-events",
            Self::Papers => "section-papers",
        }
    }
}

impl Page {
    /// A page for everyone.
    pub(crate) fn public(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            has_errors: false,
            personal: false,
            lang: None,
            head: html! {},
            section: None,
        }
    }

    /// A page behind somebody's link.
    pub(crate) fn personal(title: impl Into<String>) -> Self {
        Self {
            personal: true,
            ..Self::public(title)
        }
    }

    /// The page, marked where it has errors.
    pub(crate) fn with_errors(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }
}

/// The whole document with the page's heading and `body` below it.
pub(crate) fn frame(site: &Site, page: &Page, body: &Markup) -> Markup {
    let t = site.locale;
    let title = if page.has_errors {
        t.fill("title-with-error", [("title", page.title.as_str().into())])
    } else {
        page.title.clone()
    };
    html! {
        (DOCTYPE)
        html lang=(t.code()) {
            (head(site, &format!("{title} · {}", site.name), &html! {
                @if page.personal { meta name="robots" content="noindex, nofollow"; }
                (page.head)
            }))
            body {
                (skip_link(t))
                (head_line(site, page))
                (demo_notice(site, Some("wrap")))
                main id="content" tabindex="-1" {
                    div class="wrap" {
                        h1 lang=[page.lang.as_deref()] { (page.title) }
                        (body)
                    }
                }
                (foot(site))
            }
        }
    }
}

/// The head of a document with this title, and what else stands in it.
pub(crate) fn head(site: &Site, title: &str, extra: &Markup) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            // No meta element names a referrer policy: it would override the header, which is
            // stricter for pages behind a link with a token.
            title { (title) }
            // An empty icon, so that browsers do not request one.
            link rel="icon" href="data:,";
            @for href in &site.stylesheets { link rel="stylesheet" href=(href); }
            (extra)
        }
    }
}

/// The first link of a page: past the navigation.
pub(crate) fn skip_link(t: Locale) -> Markup {
    html! { a class="skip" href="#content" { (t.say("skip-to-content")) } }
}

fn head_line(site: &Site, page: &Page) -> Markup {
    html! {
        header class="head" {
            div class="wrap head-row" {
                @match link::on_page(&site.links.home) {
                    Some(home) => { a class="brand" href=(home) { (brand(site)) } }
                    None => { div class="brand" { (brand(site)) } }
                }
                (languages(site, Locale::own_name))
            }
            (sections(site, page))
        }
    }
}

/// The way to the other sections.
fn sections(site: &Site, page: &Page) -> Markup {
    let t = site.locale;
    let links = &site.links;
    let all = [
        (Section::News, &links.news),
        (Section::Events, &links.events),
        (Section::Papers, &links.papers),
        (Section::Subscribe, &links.home),
    ];
    html! {
        nav class="sections" aria-label=(t.say("section-navigation")) {
            ul class="wrap" {
                @for (section, href) in all {
                    @if let Some(href) = link::on_page(href) {
                        li { a href=(href) aria-current=[(page.section == Some(section)).then_some("true")] { (t.say(section.key())) } }
                    }
                }
            }
        }
    }
}

fn brand(site: &Site) -> Markup {
    html! {
        @if let Some(logo) = site.logo.as_deref().and_then(link::on_page) {
            img class="logo" src=(logo) alt="";
        }
        span class="brand-text" {
            span class="organisation" { (site.organisation) }
            @if site.name != site.organisation { span class="service" { (site.name) } }
        }
    }
}

/// The links to this page in other languages; `name` is what a language is called there.
pub(crate) fn languages(site: &Site, name: fn(Locale) -> &'static str) -> Markup {
    let Some(here) = site.here.as_deref().and_then(link::on_page) else {
        return html! {};
    };
    if site.offered.len() < 2 {
        return html! {};
    }
    html! {
        nav class="languages" aria-label=(site.locale.say("language-switch")) {
            ul {
                @for locale in &site.offered {
                    li {
                        a href=(link::with_language(here, locale.code())) lang=(locale.code()) hreflang=(locale.code())
                            title=[(name(*locale) != locale.own_name()).then(|| locale.own_name())]
                            aria-current=[(*locale == site.locale).then_some("true")]
                        { (name(*locale)) }
                    }
                }
            }
        }
    }
}

/// Says that this is a demonstration, with the way to its mailbox.
pub(crate) fn demo_notice(site: &Site, class: Option<&str>) -> Markup {
    let t = site.locale;
    let Some(mailbox) = site.demo_mailbox.as_deref().and_then(link::on_page) else {
        return html! {};
    };
    html! {
        aside class="demo" aria-label=(t.say("demo-title")) {
            p class=[class] {
                strong { (t.say("demo-title")) }
                " "
                span { (t.say("demo-text")) }
                " "
                a href=(mailbox) { (t.say("demo-link")) }
                @if let Some(newsroom) = site.demo_newsroom.as_deref().and_then(link::on_page) {
                    " "
                    a href=(newsroom) { (t.say("demo-newsroom")) }
                }
            }
        }
    }
}

fn foot(site: &Site) -> Markup {
    let t = site.locale;
    let links = [
        ("footer-imprint", &site.links.imprint),
        ("footer-privacy", &site.links.privacy),
        ("footer-accessibility", &site.links.accessibility),
    ];
    html! {
        footer class="foot" {
            div class="wrap foot-row" {
                address {
                    strong { (site.imprint.organisation) }
                    @for line in &site.imprint.address { br; (line) }
                    @if let Some(email) = &site.imprint.email { br; (paragraph_link(&format!("mailto:{email}"), email)) }
                }
                nav aria-label=(t.say("footer-navigation")) {
                    ul {
                        @for (key, href) in links {
                            @if let Some(href) = link::on_page(href) { li { a href=(href) { (t.say(key)) } } }
                        }
                    }
                }
            }
        }
    }
}
