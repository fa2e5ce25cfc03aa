//! What stands in the head of an entry's page, for search engines, other sites and feed readers.

use chrono::SecondsFormat;
use maud::{Markup, PreEscaped, html};

use super::json_ld;
use super::view::{EntryView, Kind};
use crate::entry_item::feed_links;
use crate::site::Site;

pub(super) fn head(site: &Site, view: &EntryView) -> Markup {
    let addresses = &view.addresses;
    let canonical = &addresses.canonical;
    html! {
        link rel="canonical" href=(canonical);
        @for (language, address) in &addresses.alternates {
            link rel="alternate" hreflang=(language) href=(address);
        }
        link rel="alternate" hreflang="x-default" href=(addresses.plain);
        (feed_links(site.locale, &addresses.feeds))
        @if !view.description.is_empty() { meta name="description" content=(view.description); }
        (open_graph(site, view))
        // A block of data: nothing in it runs, and the policy of the page allows no script.
        script type="application/ld+json" { (PreEscaped(json_ld::json_ld(site, view))) }
    }
}

/// What sites show where somebody shares the page (ogp.me).
fn open_graph(site: &Site, view: &EntryView) -> Markup {
    let is_article = !matches!(view.kind, Kind::Event | Kind::Meeting);
    let property = |name: &str, content: &str| html! { meta property=(name) content=(content); };
    let time = |at: chrono::DateTime<_>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (published, modified): (String, String) = (time(view.published), time(view.modified));
    html! {
        (property("og:type", if is_article { "article" } else { "website" }))
        (property("og:title", &view.title))
        (property("og:url", &view.addresses.canonical))
        (property("og:site_name", &site.name))
        @if !view.description.is_empty() { (property("og:description", &view.description)) }
        @if is_article {
            (property("article:published_time", &published))
            (property("article:modified_time", &modified))
        }
        @if let Some(picture) = &view.picture {
            (property("og:image", &format!("{}{}", view.addresses.origin, picture.src)))
            (property("og:image:width", &picture.width.to_string()))
            (property("og:image:height", &picture.height.to_string()))
            @if let Some(alt) = &picture.alt { (property("og:image:alt", alt)) }
        }
    }
}
