//! The pages of entries and their lists.

use std::collections::BTreeMap;
use std::time::Duration;

use rundbrief::domain::contact::Contact;
use rundbrief::domain::entry::{
    Attachment, EntryContent, EntryKind, EntryState, EntryText, EventTime,
};
use rundbrief::domain::language::LanguageTag;
use rundbrief::domain::permalink;
use rundbrief::domain::picture::{Alternative, EntryPicture, FocusPoint, PictureHash, PictureUse};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store;
use serde_json::{Value, json};

use super::{Service, visible};
use crate::harness::{Database, Reply, exchange, get};
use crate::store::{DAY, HOUR, event, monday, news, topics};

const HOSTILE: &str = "</script><script>alert(1)</script>\"><img src=x onerror=y> & ]]>";

/// Stores an entry that was published, and moves it on; gives its row and the path of its page.
pub async fn add(service: &Service, content: &EntryContent, state: EntryState) -> (i64, String) {
    let at = service.clock.now();
    let mut tx = service.db.begin().await.expect("begin");
    let office = store::organisation::ensure(&mut tx, "Presseamt", at)
        .await
        .expect("ensure")
        .id;
    let first = if matches!(state, EntryState::Withdrawn | EntryState::Cancelled) {
        EntryState::Published
    } else {
        state
    };
    let id = store::entry::add(&mut tx, office, content, first, at)
        .await
        .expect("add");
    if first != state {
        assert!(
            store::entry::set_state(&mut tx, id, first, state, at)
                .await
                .expect("set")
        );
    }
    let entry = store::entry::by_id(&mut tx, id)
        .await
        .expect("by id")
        .expect("there");
    tx.commit().await.expect("commit");
    (
        id,
        permalink::of(content, entry.published_at.unwrap_or(at), &entry.uuid),
    )
}

/// The data for machines in a page.
fn json_ld(page: &Reply) -> Value {
    let begin = "<script type=\"application/ld+json\">";
    assert_eq!(
        page.body.matches("<script").count(),
        1,
        "one block of data, and no script"
    );
    let (_, rest) = page.body.split_once(begin).expect("data");
    let (text, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(text).expect("JSON")
}

fn text(title: &str, body: &str) -> EntryText {
    EntryText {
        title: title.to_owned(),
        teaser: String::new(),
        body: body.to_owned(),
        ..EntryText::default()
    }
}

fn with_text(language: &str, text: EntryText) -> EntryContent {
    let tag = LanguageTag::parse(language).expect("a tag");
    EntryContent {
        original: tag.clone(),
        texts: BTreeMap::from([(tag, text)]),
        ..news("", TopicSet::EMPTY)
    }
}

on_both_databases! {
    /// What was published has a page, which says to people and machines what it is.
    async fn a_published_entry_has_a_page(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.server.public_url = "https://news.town.example".parse().expect("a URL");
            "Stadt Musterstadt".clone_into(&mut config.organisation.name);
        }).await;
        let (_, path) = add(&service, &news("Neue Trinkwasserbrunnen", topics(&[0])), EntryState::Published).await;
        assert!(path.starts_with("/news/2027-01-04-neue-trinkwasserbrunnen-"), "{path}");
        let (_, other) = add(&service, &news("Zweite Meldung", topics(&[0])), EntryState::Published).await;
        let page = get(service.at, &path, &[]).await;
        assert_eq!(page.status, 200);
        let address = format!("https://news.town.example{path}");
        for wanted in [
            "<h1>Neue Trinkwasserbrunnen</h1>", "Kurz gesagt.", "<p>Lang.</p>", "4. Januar 2027", "Presseamt", "Kulturbüro",
            "href=\"/subscribe?topic=region.climate\"", "href=\"/news?topic=climate\"", &format!("href=\"{other}\""),
            "Mehr dazu bei region.example",
            &format!("<link rel=\"canonical\" href=\"{address}\">"),
            &format!("<meta property=\"og:url\" content=\"{address}\">"),
            "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/news.atom\"",
        ] {
            assert!(page.body.contains(wanted), "no {wanted} in {}", page.body);
        }
        assert_eq!(page.header("cache-control"), Some("public, max-age=60"));
        assert_eq!(page.header("vary"), Some("accept-language"));
        assert!(page.header("set-cookie").is_none() && page.header("x-robots-tag").is_none());
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("script"), "{policy}");
        assert_eq!(json_ld(&page), json!({
            "@context": "https://schema.org", "@type": "NewsArticle",
            "headline": "Neue Trinkwasserbrunnen", "description": "Kurz gesagt.", "inLanguage": "de",
            "url": address, "mainEntityOfPage": address, "keywords": ["Klima"],
            "datePublished": "2027-01-04T10:00:00+01:00", "dateModified": "2027-01-04T10:00:00+01:00",
            "author": { "@type": "Organization", "name": "Presseamt" },
            "publisher": { "@type": "GovernmentOrganization", "name": "Stadt Musterstadt", "url": "https://news.town.example" },
        }));
    }

    /// Nobody learns from an answer what is being written; what was public and is withdrawn is gone.
    async fn what_is_not_public_looks_like_nothing(database: &Database) {
        let service = Service::start(database).await;
        let unknown = visible(&get(service.at, "/news/2027-01-04-geheim-0123456789ab", &[]).await);
        assert_eq!(unknown.0, 404);
        for state in [EntryState::Draft, EntryState::Submitted, EntryState::Approved, EntryState::Rejected] {
            let (_, path) = add(&service, &news("Geheim", topics(&[0])), state).await;
            assert_eq!(visible(&get(service.at, &path, &[]).await), unknown, "{state}");
        }
        let (id, path) = add(&service, &news("Geheim", topics(&[0])), EntryState::Draft).await;
        let mut tx = service.db.begin().await.expect("begin");
        store::entry::set_state(&mut tx, id, EntryState::Draft, EntryState::Withdrawn, monday()).await.expect("set");
        tx.commit().await.expect("commit");
        assert_eq!(visible(&get(service.at, &path, &[]).await), unknown, "it never was public");
        for name in ["/news/x", "/news/", "/news/%ff", "/news/2027-01-04-x-0123456789abcdef", "/news/0123456789ag"] {
            assert_eq!(get(service.at, name, &[]).await.status, 404, "{name}");
        }

        let (_, path) = add(&service, &news("Überholt", topics(&[0])), EntryState::Withdrawn).await;
        let gone = get(service.at, &path, &[]).await;
        assert_eq!((gone.status, gone.header("cache-control")), (410, Some("no-store")));
        assert!(gone.body.contains("Dieser Beitrag wurde zurückgezogen") && gone.body.contains("noindex"));
        assert!(!gone.body.contains("Überholt"), "what was withdrawn is not repeated");
        let list = get(service.at, "/news", &[]).await;
        assert!(list.status == 200 && !list.body.contains("Überholt") && !list.body.contains("Geheim"));
    }

    /// The id finds the entry; whatever else has changed leads to the right address.
    async fn a_changed_address_redirects(database: &Database) {
        let service = Service::start(database).await;
        let (_, path) = add(&service, &news("Neuer Titel", TopicSet::EMPTY), EntryState::Published).await;
        let id = permalink::short_id(&path);
        for other in [
            format!("/news/2027-01-04-alter-titel-{id}"), format!("/news/2026-12-31-neuer-titel-{id}"),
            format!("/events/2027-01-04-neuer-titel-{id}"), format!("/news/{id}"), format!("{path}."),
            format!("/news/2027-01-04-neuer-titel-{}", id.to_uppercase()),
        ] {
            let moved = get(service.at, &other, &[]).await;
            assert_eq!((moved.status, moved.header("location")), (301, Some(path.as_str())), "{other}");
        }
        let moved = get(service.at, &format!("/news/{id}?lang=fr&utm_source=x"), &[]).await;
        assert_eq!(moved.header("location"), Some(format!("{path}?lang=fr").as_str()));
        assert_eq!(get(service.at, &path, &[]).await.status, 200);
    }

    /// Caches ask, and are told that nothing has changed, until something has; looking changes nothing.
    async fn what_a_cache_has_is_not_sent_again(database: &Database) {
        let service = Service::start(database).await;
        let (id, path) = add(&service, &news("Erste Fassung", topics(&[0])), EntryState::Published).await;
        let before = service.rows().await;
        for page in [&path, "/news", "/events", "/papers", "/news?topic=climate&month=2027-01", "/news.atom", "/events.json"] {
            let first = get(service.at, page, &[]).await;
            let tag = first.header("etag").expect("a tag").to_owned();
            assert_eq!(first.header("cache-control"), Some("public, max-age=60"), "{page}");
            let again = get(service.at, page, &[&format!("If-None-Match: {tag}")]).await;
            assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", Some(tag.as_str())), "{page}");
            assert!(again.header("vary").is_some() && again.header("cache-control").is_some());
            let head = format!("HEAD {page} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let head = exchange(service.at, head.as_bytes()).await;
            assert_eq!((head.status, head.body.as_str(), head.header("etag")), (200, "", Some(tag.as_str())), "{page}");
            let other = get(service.at, page, &["Accept-Language: nl"]).await;
            assert_ne!(other.header("etag"), Some(tag.as_str()), "{page}");
        }
        assert_eq!(service.rows().await, before);
        let tag = get(service.at, &path, &[]).await.header("etag").expect("a tag").to_owned();
        let mut tx = service.db.begin().await.expect("begin");
        store::entry::set_state(&mut tx, id, EntryState::Published, EntryState::Cancelled, monday()).await.expect("set");
        tx.commit().await.expect("commit");
        let changed = get(service.at, &path, &[&format!("If-None-Match: {tag}")]).await;
        assert_eq!(changed.status, 200);
        assert!(changed.body.contains("Abgesagt"));
    }

    /// The page speaks the reader's language, the text is in it or marked as another one, and search
    /// engines find each.
    async fn an_entry_has_a_page_in_each_of_its_languages(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.server.public_url = "https://news.town.example".parse().expect("a URL");
        }).await;
        let mut content = with_text("de", text("Wasser", "<p>Deutsch.</p>"));
        content.texts.insert(LanguageTag::parse("nl-be").expect("a tag"), text("Water", "<p>Vlaams.</p>"));
        content.texts.insert(LanguageTag::parse("pl").expect("a tag"), text("Woda", "<p>Polski.</p>"));
        let (_, path) = add(&service, &content, EntryState::Published).await;
        let address = format!("https://news.town.example{path}");
        let alternates = [
            format!("<link rel=\"alternate\" hreflang=\"de\" href=\"{address}\">"),
            format!("<link rel=\"alternate\" hreflang=\"nl\" href=\"{address}?lang=nl\">"),
            format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{address}\">"),
        ];
        for (query, language, heading, canonical) in [
            ("", "de", "<h1>Wasser</h1>", address.clone()),
            ("?lang=nl", "nl", "<h1>Water</h1>", format!("{address}?lang=nl")),
            ("?lang=fr", "fr", "<h1 lang=\"de\">Wasser</h1>", address.clone()),
        ] {
            let page = get(service.at, &format!("{path}{query}"), &[]).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")), "{language}");
            assert!(page.body.contains(heading), "{language}: {}", page.body);
            assert!(page.body.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{language}");
            for alternate in &alternates {
                assert!(page.body.contains(alternate), "{language}: {alternate}");
            }
            assert_eq!(page.body.matches("hreflang=\"").count(), 3 + 4, "its languages, and the switcher");
            assert_eq!(page.body.contains("Vous lisez l’original"), language == "fr");
        }
        // Written in Polish only: the page is the original, whoever reads it.
        let (_, path) = add(&service, &with_text("pl", text("Woda", "<p>Polski.</p>")), EntryState::Published).await;
        let page = get(service.at, &path, &[]).await;
        assert!(page.body.contains("<h1 lang=\"pl\">Woda</h1>") && page.body.contains("<div lang=\"pl\"><p>Polski.</p></div>"));
        assert_eq!(json_ld(&page)["inLanguage"], "pl");
    }

    /// What a stranger wrote is text, in HTML and in the data.
    async fn foreign_text_stays_text_on_the_pages(database: &Database) {
        let service = Service::start(database).await;
        let hostile = EntryText { title: HOSTILE.to_owned(), teaser: HOSTILE.to_owned(), body: format!("<p onclick=\"x()\">a</p>{HOSTILE}<script>x()</script>"), decision: HOSTILE.to_owned(), effects: HOSTILE.to_owned(), translated_from: None };
        let content = EntryContent {
            url: Some("javascript:alert(1)".to_owned()), contact: rundbrief::domain::contact::Contact::from_text(HOSTILE), topics: topics(&[0]),
            place: Some(HOSTILE.to_owned()), reference: Some(HOSTILE.to_owned()), kind: EntryKind::Meeting,
            when: event("", monday().plus(DAY), None).when, ..with_text("de", hostile)
        };
        let (_, path) = add(&service, &content, EntryState::Published).await;
        let page = get(service.at, &path, &[]).await;
        assert_eq!(page.status, 200);
        assert_eq!(json_ld(&page)["name"], HOSTILE, "whole, for machines");
        for page in [&page, &get(service.at, "/papers", &[]).await] {
            for forbidden in ["<script>", "alert(1)</script>", "<img src=x", "onclick", "javascript:"] {
                assert!(!page.body.contains(forbidden), "{forbidden}: {}", page.body);
            }
        }
    }

    /// Times are told by the clock of the place: days without hours, several days, what was called off.
    async fn events_are_told_rightly(database: &Database) {
        let service = Service::start(database).await;
        let at = |text: &str| Timestamp::from(text.parse::<chrono::DateTime<chrono::Utc>>().expect("a time"));
        let with = |starts: &str, ends: Option<&str>, all_day, zone| EntryContent {
            when: Some(EventTime { starts_at: at(starts), ends_at: ends.map(at), all_day, zone }),
            ..event("Orgelnacht", monday(), None)
        };
        let berlin = chrono_tz::Europe::Berlin;
        for (content, state, words, start, end, status) in [
            (with("2027-01-07T18:30:00Z", Some("2027-01-07T20:00:00Z"), false, berlin), EntryState::Published,
                "Donnerstag, 7. Januar 2027, 19:30 bis 21:00 Uhr", "2027-01-07T19:30:00+01:00", json!("2027-01-07T21:00:00+01:00"), "EventScheduled"),
            (with("2027-01-07T18:30:00Z", None, false, chrono_tz::Europe::London), EntryState::Published,
                "Ortszeit (Europe/London)", "2027-01-07T18:30:00Z", Value::Null, "EventScheduled"),
            (with("2027-01-07T23:00:00Z", Some("2027-01-10T23:00:00Z"), true, berlin), EntryState::Published,
                "8. bis 10. Januar 2027", "2027-01-08", json!("2027-01-10"), "EventScheduled"),
            (with("2027-01-07T23:00:00Z", Some("2027-01-08T23:00:00Z"), true, berlin), EntryState::Cancelled,
                "Diese Veranstaltung findet nicht statt.", "2027-01-08", json!("2027-01-08"), "EventCancelled"),
        ] {
            let (_, path) = add(&service, &content, state).await;
            let page = get(service.at, &path, &[]).await;
            assert!(page.body.contains(words), "{words}: {}", page.body);
            let data = json_ld(&page);
            assert_eq!((&data["startDate"], &data["endDate"]), (&json!(start), &end), "{words}");
            assert_eq!(data["eventStatus"], format!("https://schema.org/{status}"));
            assert_eq!(data["location"], json!({ "@type": "Place", "name": "Altes Kurhaus", "address": "Altes Kurhaus" }));
            assert_eq!(data["organizer"], json!({ "@type": "Organization", "name": "Presseamt" }));
        }
    }

    /// A paper says what is to be decided, a contact can be written to and called, a picture has its
    /// alternative text and its credit, and what was moved says from when.
    async fn what_belongs_to_an_entry_is_shown(database: &Database) {
        let service = Service::start(database).await;
        let mut paper = EntryContent { kind: EntryKind::Paper, reference: Some("2026/125".to_owned()), ..with_text("de", EntryText {
            title: "Leitlinie".to_owned(), decision: "Sie gilt.".to_owned(), effects: "Keine.".to_owned(), ..EntryText::default()
        }) };
        paper.paper.committee = Some("Umweltausschuss".to_owned());
        paper.paper.attachments = vec![Attachment { title: "Anlage 1".to_owned(), url: "https://ris.example/1.pdf".to_owned() }];
        paper.contact = Contact::from_text("Simone Beispiel, kultur@region.example, +49 (0)241 123-45");
        let (id, path) = add(&service, &paper, EntryState::Published).await;
        let picture = EntryPicture {
            hash: PictureHash::of(b"a picture"), width: 3000, height: 2000, credit: Some("Foto: Kim Muster".to_owned()), focus: FocusPoint::default(),
            alternative: Alternative::Texts(BTreeMap::from([(LanguageTag::parse("de").expect("a tag"), "Ein \"Brunnen\"".to_owned())])),
        };
        let mut tx = service.db.begin().await.expect("begin");
        let new = store::picture::NewPicture { hash: &picture.hash, size: (3000, 2000), format: "jpeg" };
        store::picture::ensure(&mut tx, new, monday()).await.expect("ensure");
        store::picture::show(&mut tx, id, PictureUse::Lead, &picture, monday()).await.expect("show");
        tx.commit().await.expect("commit");
        let page = get(service.at, &path, &[]).await;
        let file = |variant| format!("/pictures/{}-{variant}.jpg", picture.hash);
        for wanted in [
            "2026/125", "Umweltausschuss", "Sie gilt.", "Keine.", "<a href=\"https://ris.example/1.pdf\">Anlage 1</a>",
            "href=\"mailto:kultur@region.example\"", "href=\"tel:+4924112345\"", "alt=\"Ein &quot;Brunnen&quot;\"",
            "<figcaption>Foto: Kim Muster</figcaption>", &format!("src=\"{}\"", file("800")), &format!("{} 1600w", file("1600")),
            "width=\"800\" height=\"533\"",
        ] {
            assert!(page.body.contains(wanted), "no {wanted} in {}", page.body);
        }
        let data = json_ld(&page);
        assert_eq!((&data["@type"], &data["reportNumber"]), (&json!("Report"), &json!("2026/125")));
        assert_eq!((&data["image"]["creditText"], &data["image"]["width"]), (&json!("Foto: Kim Muster"), &json!(800)));
        assert!(get(service.at, "/papers", &[]).await.body.contains(&file("400")));

        let (_, path) = add(&service, &event("Orgelnacht", monday().plus(DAY), None), EntryState::Published).await;
        service.execute("UPDATE entry SET moved_from = starts_at - 86400000000 WHERE kind = 'event'").await;
        let page = get(service.at, &path, &[]).await;
        assert!(page.body.contains("Verlegt") && page.body.contains("Montag, 4. Januar 2027, 10:00 Uhr"), "{}", page.body);
        assert_eq!(json_ld(&page)["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(json_ld(&page)["previousStartDate"], "2027-01-04T10:00");
        assert!(get(service.at, "/events", &[]).await.body.contains("<strong>Verlegt</strong>"));
    }

    /// Twenty on a page, and on; by topic and month; nothing else is a list.
    async fn lists_are_found_by_topic_and_month(database: &Database) {
        let service = Service::start(database).await;
        for number in 1..=25_u32 {
            let about = if number % 5 == 0 { topics(&[1]) } else { topics(&[0]) };
            let content = EntryContent { dated_at: Some(monday().minus(number * DAY)), ..news(&format!("Meldung-{number:02}."), about) };
            add(&service, &content, EntryState::Published).await;
        }
        let numbers = |page: &Reply| -> Vec<u32> {
            assert_eq!(page.status, 200);
            let titles = page.body.split("Meldung-").skip(1);
            titles.map(|rest| rest.split('.').next().expect("a number").parse().expect("a number")).collect()
        };
        let first = get(service.at, "/news?lang=nl", &[]).await;
        assert_eq!(numbers(&first), (1..=20).collect::<Vec<_>>());
        let (_, rest) = first.body.split_once("<a href=\"/news?after=").expect("it goes on");
        let next = format!("/news?after={}", rest.split('"').next().expect("a link").replace("&amp;", "&"));
        assert!(next.ends_with("&lang=nl"), "{next}");
        let second = get(service.at, &next, &[]).await;
        assert_eq!(numbers(&second), (21..=25).collect::<Vec<_>>());
        assert!(second.body.contains("noindex") && second.body.contains("<a href=\"/news?lang=nl\""));
        let culture = get(service.at, "/news?topic=culture", &[]).await;
        assert_eq!(numbers(&culture), [5, 10, 15, 20, 25]);
        assert!(culture.body.contains("href=\"/news.atom?topic=culture\"") && culture.body.contains("href=\"/subscribe?topic=region.culture\""));
        assert!(culture.body.contains("<option value=\"culture\" selected>"));
        let january = get(service.at, "/news?month=2027-01", &[]).await;
        assert_eq!(numbers(&january), [1, 2, 3]);
        assert!(january.body.contains("<option value=\"2027-01\" selected>Januar 2027"));
        assert_eq!(numbers(&get(service.at, "/news?month=2026-12&topic=culture", &[]).await), [5, 10, 15, 20, 25]);
        assert_eq!(numbers(&get(service.at, "/news?month=2026-11", &[]).await), Vec::<u32>::new());
        assert_eq!(numbers(&get(service.at, "/news?topic=&month=&x=1", &[]).await).len(), 20);
        for none in ["topic=none", "month=2027-13", "month=x", "after=0123456789ab", "after=x", "month=2027-01-01"] {
            assert_eq!(get(service.at, &format!("/news?{none}"), &[]).await.status, 404, "{none}");
        }
    }

    /// What lies ahead, what is under way, and months that are over.
    async fn events_are_listed_from_today_on(database: &Database) {
        let service = Service::start(database).await;
        let now = service.clock.now();
        for (title, starts, ends) in [
            ("Vorbei", now.minus(2 * DAY), Some(now.minus(2 * DAY).plus(HOUR))),
            ("Ausstellung", now.minus(20 * DAY), Some(now.plus(DAY))),
            ("Heute früh", now.minus(2 * HOUR), None),
            ("Morgen", now.plus(DAY), None),
        ] {
            add(&service, &event(title, starts, ends), EntryState::Published).await;
        }
        add(&service, &event("Fällt aus", now.plus(2 * DAY), None), EntryState::Cancelled).await;
        let page = get(service.at, "/events", &[]).await;
        let place = |title: &str| page.body.find(title);
        assert_eq!(place("Vorbei"), None);
        let order: Vec<_> = ["Läuft bereits", "Ausstellung", "Kommende Termine", "Heute früh", "Morgen", "Fällt aus"].map(place).into();
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
        assert!(page.body.contains("<strong class=\"off\">Abgesagt</strong>"));
        let past = get(service.at, "/events?month=2027-01", &[]).await;
        assert!(past.body.contains("Vorbei") && !past.body.contains("Ausstellung"));
        assert!(get(service.at, "/events?month=2026-12", &[]).await.body.contains("Ausstellung"));
    }

    /// A link chooses a topic in the form, visibly, and nothing that is not there.
    async fn a_link_chooses_a_topic_in_the_form(database: &Database) {
        let service = Service::start(database).await;
        let page = get(service.at, "/subscribe?topic=region.climate&topic=region.none&newsletter=nothing", &[]).await;
        assert!(page.body.contains("value=\"region.climate\" checked") && page.body.contains("value=\"region\" checked"));
        assert!(!page.body.contains("value=\"region.culture\" checked") && !page.body.contains("value=\"council\" checked"));
        let page = get(service.at, "/subscribe?newsletter=council", &[]).await;
        assert!(page.body.contains("value=\"council\" checked") && !page.body.contains("value=\"region\" checked"));
    }
}

/// Every page stays within what a browser is sent at once.
#[tokio::test]
async fn pages_are_of_bounded_size() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    let long = "Donaudampfschifffahrt ".repeat(400);
    let body = format!("<p>{}</p>", long.repeat(10));
    for _ in 0..45 {
        let text = EntryText {
            title: long.clone(),
            teaser: long.clone(),
            body: body.clone(),
            ..EntryText::default()
        };
        add(&service, &with_text("de", text), EntryState::Published).await;
        service.clock.advance(Duration::from_secs(1));
    }
    for path in ["/news", "/news.atom", "/news.json"] {
        let page = get(service.at, path, &[]).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.len() < 4_000_000,
            "{path}: {} bytes",
            page.body.len()
        );
    }
}
