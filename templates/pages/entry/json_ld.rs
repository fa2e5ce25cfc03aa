//! An entry in the words of schema.org.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

use super::taking_part::Status;
use super::view::{EntryView, Kind, Occasion};
use crate::date::When;
use crate::site::Site;

/// The data as JSON that may stand in a `script` element: no text in it can end that element.
pub(super) fn json_ld(site: &Site, view: &EntryView) -> String {
    let json = Value::Object(thing(site, view)).to_string();
    json.replace('&', "\\u0026")
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn thing(site: &Site, view: &EntryView) -> Map<String, Value> {
    let language = view.lang.as_deref().unwrap_or(site.locale.code());
    let mut thing = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            thing.insert(name.to_owned(), value);
        }
    };
    set("@context", json!("https://schema.org"));
    set("url", json!(view.addresses.canonical));
    set("inLanguage", json!(language));
    set("description", some(&view.description));
    set("image", picture(view));
    match (view.kind, &view.occasion) {
        (Kind::Event | Kind::Meeting, Some(occasion)) => {
            set("@type", json!("Event"));
            set("name", json!(view.title));
            set("organizer", organisation(view, site));
            set("eventStatus", json!(status(view, occasion)));
            set("startDate", json!(start(occasion)));
            set("endDate", json!(end(occasion)));
            set("eventAttendanceMode", json!(attendance(occasion)));
            set("location", location(occasion));
            if let Some(before) = occasion.moved_from {
                set("previousStartDate", json!(first_moment(before)));
            }
        }
        (kind, _) => {
            let is_paper = kind == Kind::Paper;
            set(
                "@type",
                json!(if is_paper { "Report" } else { "NewsArticle" }),
            );
            set("headline", json!(view.title));
            set("datePublished", json!(time(view.published)));
            set("dateModified", json!(time(view.modified)));
            set("author", organisation(view, site));
            set(
                "publisher",
                json!({ "@type": "GovernmentOrganization", "name": site.organisation, "url": view.addresses.origin }),
            );
            set("mainEntityOfPage", json!(view.addresses.canonical));
            let reference = view
                .paper
                .as_ref()
                .and_then(|paper| paper.reference.as_ref());
            set("reportNumber", json!(reference));
            if !view.topics.is_empty() {
                let names: Vec<&str> = view
                    .topics
                    .iter()
                    .map(|topic| topic.name.as_str())
                    .collect();
                set("keywords", json!(names));
            }
        }
    }
    thing
}

/// Where one takes part, as far as that is known.
fn attendance(occasion: &Occasion) -> Option<&'static str> {
    match (&occasion.place, occasion.taking_part.online) {
        (Some(_), false) => Some("https://schema.org/OfflineEventAttendanceMode"),
        (Some(_), true) => Some("https://schema.org/MixedEventAttendanceMode"),
        (None, true) => Some("https://schema.org/OnlineEventAttendanceMode"),
        (None, false) => None,
    }
}

fn location(occasion: &Occasion) -> Value {
    let place = occasion
        .place
        .as_ref()
        .map(|place| json!({ "@type": "Place", "name": place, "address": place }));
    let url = occasion
        .taking_part
        .online_url
        .as_ref()
        .filter(|_| occasion.taking_part.online);
    let online = url.map(|url| json!({ "@type": "VirtualLocation", "url": url }));
    match (place, online) {
        (Some(place), Some(online)) => json!([place, online]),
        (place, online) => json!(place.or(online)),
    }
}

fn some(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        json!(text)
    }
}

fn organisation(view: &EntryView, site: &Site) -> Value {
    let organiser = view
        .occasion
        .as_ref()
        .and_then(|one| one.taking_part.organiser.as_ref());
    if let Some(organiser) = organiser {
        return json!({ "@type": "Organization", "name": organiser });
    }
    let kind = if view.organisation == site.organisation {
        "GovernmentOrganization"
    } else {
        "Organization"
    };
    json!({ "@type": kind, "name": view.organisation })
}

fn picture(view: &EntryView) -> Value {
    view.picture.as_ref().map_or(Value::Null, |picture| {
        let mut image = json!({
            "@type": "ImageObject",
            "url": format!("{}{}", view.addresses.origin, picture.src),
            "width": picture.width,
            "height": picture.height,
        });
        if let Some(credit) = &picture.credit {
            image["creditText"] = json!(credit);
        }
        image
    })
}

fn status(view: &EntryView, occasion: &Occasion) -> &'static str {
    if view.cancelled {
        "https://schema.org/EventCancelled"
    } else if occasion.taking_part.status == Some(Status::Postponed) {
        "https://schema.org/EventPostponed"
    } else if occasion.taking_part.status == Some(Status::MovedOnline) {
        "https://schema.org/EventMovedOnline"
    } else if occasion.moved_from.is_some() {
        "https://schema.org/EventRescheduled"
    } else {
        "https://schema.org/EventScheduled"
    }
}

/// A day where it has no hours.
fn start(occasion: &Occasion) -> String {
    match occasion.when {
        When::Day(first) | When::Days { first, .. } => first.to_string(),
        When::Time { .. } => time(occasion.starts),
    }
}

/// The last day where it has no hours.
fn end(occasion: &Occasion) -> Option<String> {
    match occasion.when {
        When::Day(day) | When::Days { last: day, .. } => Some(day.to_string()),
        When::Time { .. } => occasion.ends.map(time),
    }
}

fn first_moment(when: When) -> String {
    match when {
        When::Day(first) | When::Days { first, .. } => first.to_string(),
        When::Time { starts, .. } => starts.format("%Y-%m-%dT%H:%M").to_string(),
    }
}

fn time(at: chrono::DateTime<chrono::FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
