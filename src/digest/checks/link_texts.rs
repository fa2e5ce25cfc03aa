//! Texts of links that do not say where they lead: people who listen jump from link to link (WCAG 2.2,
//! 2.4.4). And texts that name another host than the one behind them: that is how frauds write.

use super::texts::{TextLink, links_of};
use super::{Facts, place};
use crate::digest::snapshot::Item;
use crate::domain::check::{Field, Finding, Observation, Severity};
use crate::domain::language::LanguageTag;
use crate::domain::newsletter::TextLength;

/// What says nothing, in small letters and without marks; in any language, since texts quote each other.
const VAGUE: [&str; 62] = [
    "hier",
    "hier klicken",
    "klicken sie hier",
    "klick hier",
    "bitte hier klicken",
    "mehr",
    "mehr dazu",
    "weiter",
    "weiterlesen",
    "weitere informationen",
    "weitere infos",
    "mehr informationen",
    "mehr infos",
    "mehr erfahren",
    "infos",
    "info",
    "informationen",
    "link",
    "zum link",
    "dieser link",
    "diesem link",
    "details",
    "lesen sie mehr",
    "lesen sie hier weiter",
    "siehe hier",
    "unter diesem link",
    "website",
    "webseite",
    "download",
    "here",
    "click here",
    "click",
    "more",
    "read more",
    "learn more",
    "more information",
    "more info",
    "find out more",
    "this link",
    "this page",
    "continue reading",
    "ici",
    "cliquez ici",
    "cliquer ici",
    "en savoir plus",
    "lire la suite",
    "plus d'informations",
    "plus d’informations",
    "lien",
    "ce lien",
    "voir plus",
    "suite",
    "klik hier",
    "lees meer",
    "meer lezen",
    "meer informatie",
    "meer info",
    "lees verder",
    "deze link",
    "meer",
    "verder",
    "via deze link",
];

/// An address as the text of a link may have so many characters; a host alone is a name.
const LONGEST_ADDRESS: usize = 60;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let is_whole = facts.snapshot.newsletter.digest.texts == TextLength::Whole;
    // What a mail only leads to is seen by fewer.
    let most = if is_whole {
        Severity::Warns
    } else {
        Severity::Hint
    };
    let mut links = 0;
    for item in facts.snapshot.items() {
        for (language, text) in &item.texts {
            let all = links_of(&text.body);
            links += all.len();
            let observed = all.iter().filter_map(|link| observe(language, link));
            found.extend(observed.map(|what| finding(item, what, most)));
        }
    }
    found.dedup();
    if found.is_empty() && links > 0 {
        found.push(Finding::new(Observation::LinkTextsSpeak { links }));
    }
}

fn finding(item: &Item, what: Observation, most: Severity) -> Finding {
    let misleads = matches!(what, Observation::LinkTextMisleads { .. });
    let finding = Finding::at(place(item, Field::Text), what);
    // A fraud is one on a page too.
    if misleads {
        finding
    } else {
        finding.at_most(most)
    }
}

fn observe(language: &LanguageTag, link: &TextLink) -> Option<Observation> {
    let plain = link.text.to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    if VAGUE.contains(&plain) {
        return Some(Observation::LinkTextVague {
            language: language.clone(),
            text: link.text.clone(),
        });
    }
    let named = named_host(&link.text)?;
    let target = url::Url::parse(&link.target).ok()?;
    let host = target.host_str()?;
    if !is_same_site(&named, host) {
        return Some(Observation::LinkTextMisleads {
            text: link.text.clone(),
            host: host.to_owned(),
        });
    }
    let is_long = link.text.chars().count() > LONGEST_ADDRESS;
    is_long.then(|| Observation::LinkTextIsAddress {
        language: language.clone(),
        text: crate::domain::text::truncate(&link.text, LONGEST_ADDRESS),
    })
}

/// The host that a text names which is an address and nothing else.
fn named_host(text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) || text.contains('@') {
        return None;
    }
    let is_address = text.contains("://") || text.to_lowercase().starts_with("www.");
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = url::Url::parse(&whole).ok().filter(|_| is_address)?;
    url.host_str().map(str::to_owned)
}

/// Whether two hosts belong to one site: one is the other, or lies below it.
fn is_same_site(one: &str, other: &str) -> bool {
    let bare = |host: &str| host.trim_start_matches("www.").to_lowercase();
    let (one, other) = (bare(one), bare(other));
    let below = |one: &str, other: &str| one.ends_with(&format!(".{other}"));
    one == other || below(&one, &other) || below(&other, &one)
}
