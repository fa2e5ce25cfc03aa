//! Each check over small issues; what was learned from real texts stands here as cases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::size::{Problem, Sizes, measure};
use super::{Facts, ToldBefore, run};
use crate::config::Config;
use crate::digest::MailContext;
use crate::digest::audience::{Audience, VariantReaders};
use crate::digest::parts::LanguageParts;
use crate::digest::snapshot::Snapshot;
use crate::domain::check::{CheckResult, LinkFailure, LinkOutcome, Severity};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// An issue of 30 November 2026 with these entries; each has the fields that are given.
struct Sample {
    items: Vec<Value>,
    texts: Value,
    links: BTreeMap<String, LinkOutcome>,
    readers: Vec<(Language, i64)>,
    last: Option<i64>,
    told: BTreeMap<String, ToldBefore>,
    sizes: Sizes,
    whole: bool,
    press: bool,
}

fn sample(items: &[Value]) -> Sample {
    let items = items.iter().enumerate().map(|(at, given)| {
        let mut item = json!({
            "uuid": format!("{at}"), "kind": "news", "topics": 1, "original": "de",
            "texts": { "de": { "title": "Brunnen", "teaser": "Neu.", "body": "" } },
            "url": null, "dated_at": "2026-11-29T10:00:00Z", "when": null, "place": null,
            "organisation": "Kulturbüro", "contact": null, "reference": null, "cancelled": false,
        });
        for (name, value) in given.as_object().expect("fields") {
            item[name] = value.clone();
        }
        item
    });
    Sample {
        items: items.collect(),
        texts: json!({}),
        links: BTreeMap::new(),
        readers: vec![(Language::De, 100)],
        last: Some(100),
        told: BTreeMap::new(),
        sizes: Sizes {
            largest: 52_000,
            ..Sizes::default()
        },
        whole: true,
        press: false,
    }
}

fn config() -> Config {
    Config::from_defaults(|config| {
        config.server.public_url = "https://news.example.org".parse().expect("a URL");
    })
}

fn with_body(body: &str) -> Value {
    json!({ "texts": { "de": { "title": "Brunnen", "teaser": "Neu.", "body": body } } })
}

impl Sample {
    fn snapshot(&self) -> Snapshot {
        let texts = if self.whole { "whole" } else { "teaser" };
        serde_json::from_value(json!({
            "version": 3,
            "newsletter": {
                "key": "region", "texts": { "de": { "name": "Region aktuell", "description": "" } },
                "sender_name": "Region", "sender_address": "region@example.org", "reply_to": null,
                "zone": "Europe/Berlin",
                "digest": { "texts": texts, "most_news": 9, "most_events": 9, "most_papers": 9, "name_in_subject": false },
            },
            "number": 14, "date": "2026-11-30", "texts": self.texts,
            "topics": [{ "mask": 1, "key": "culture", "names": { "de": "Kultur" } }],
            "sections": if self.items.is_empty() { json!([]) } else { json!([{ "kind": "news", "items": self.items }]) },
        }))
        .expect("a snapshot")
    }

    fn check(&self) -> CheckResult {
        let snapshot = self.snapshot();
        let config = config();
        let at: chrono::DateTime<chrono::Utc> = "2026-11-30T08:00:00Z".parse().expect("a time");
        // `app` knows the pages of the installation without asking.
        let mut links = self.links.clone();
        let ours = super::links::targets(&snapshot).into_keys();
        let ours = ours.filter(|url| url.starts_with("https://news.example.org/"));
        links.extend(ours.map(|url| (url, LinkOutcome::Reached)));
        let variants = self
            .readers
            .iter()
            .map(|(language, readers)| VariantReaders {
                language: *language,
                topics: TopicSet::from_mask(1),
                readers: *readers,
            });
        run(&Facts {
            snapshot: &snapshot,
            mail_context: &MailContext::from_config(&config),
            at: at.into(),
            audience: &Audience {
                variants: variants.collect(),
                nothing: 3,
            },
            last_readers: self.last,
            told_before: &self.told,
            sizes: &self.sizes,
            links: &links,
            are_links_tried: true,
            press_distance: self.press,
        })
    }

    /// The codes of what was found, fine findings left out; the imprint is never complete here.
    fn found(&self) -> Vec<String> {
        let result = self.check();
        let bad = result
            .findings
            .iter()
            .filter(|one| one.severity != Severity::Fine);
        let codes = bad.map(|one| {
            serde_json::to_value(one).expect("JSON")["code"]
                .as_str()
                .expect("a code")
                .to_owned()
        });
        codes.filter(|code| code != "imprint-incomplete").collect()
    }
}

fn found(items: &[Value]) -> Vec<String> {
    sample(items).found()
}

#[test]
fn an_issue_in_order_is_told_so() {
    let result = sample(&[with_body("<h3>Eins</h3><p>Am Freitag, 4. Dezember. <a href=\"https://news.example.org/news\">Alle Meldungen</a></p>")]).check();
    let fine = result
        .findings
        .iter()
        .filter(|one| one.severity == Severity::Fine);
    let codes: Vec<_> = fine
        .map(|one| {
            serde_json::to_value(one).expect("JSON")["code"]
                .as_str()
                .expect("a code")
                .to_owned()
        })
        .collect();
    assert_eq!(
        codes,
        [
            "size-good",
            "audience-usual",
            "weekdays-right",
            "links-reached",
            "link-texts-speak",
            "headings-in-order",
            "translated",
            "nothing-told-before",
            "contrast-good"
        ]
    );
    assert_eq!((result.readers, result.variants), (100, 1));
    assert_eq!(
        result.findings[0].severity,
        Severity::Blocks,
        "the imprint stands first"
    );
}

#[test]
fn pictures_say_what_they_show_and_whose_they_are() {
    let picture = |alternative: &Value, credit: &Value| {
        json!({ "picture": {
            "hash": "0123456789abcdef0123456789abcdef", "width": 80, "height": 60,
            "alternative": alternative, "credit": credit, "focus": { "x": 50, "y": 50 },
        }})
    };
    let own = json!("Foto: Region");
    let text = |text: &str| json!({ "texts": { "de": text } });
    assert_eq!(found(&[picture(&json!("decorative"), &own)]), [""; 0]);
    assert_eq!(found(&[picture(&text("Ein Brunnen"), &own)]), [""; 0]);
    assert_eq!(found(&[picture(&text(" "), &own)]), ["alternative-missing"]);
    assert_eq!(
        found(&[picture(&text("IMG_2041.JPG"), &own)]),
        ["alternative-is-file-name"]
    );
    assert_eq!(
        found(&[picture(&text("Ein Brunnen"), &json!(null))]),
        ["credit-missing"]
    );
    let mut translated = picture(&text("Ein Brunnen"), &own);
    translated["texts"] = json!({ "de": { "title": "A", "teaser": "", "body": "" }, "fr": { "title": "B", "teaser": "", "body": "" } });
    let mut sample = sample(&[translated]);
    assert_eq!(sample.found(), [""; 0], "nobody reads French");
    sample.readers.push((Language::Fr, 2));
    assert_eq!(sample.found(), ["alternative-untranslated"]);
}

#[test]
fn headings_and_link_texts_are_found_in_texts() {
    assert_eq!(
        found(&[with_body("<h4>Tief</h4><h3>Hoch</h3>")]),
        ["heading-jump"]
    );
    assert_eq!(
        found(&[with_body(
            "<h2>Hoch</h2><h4>Tief</h4><h3>Hoch</h3><h4>Tief</h4>"
        )]),
        [""; 0]
    );
    let link =
        |text: &str, to: &str| with_body(&format!("<p>Mehr: <a href=\"{to}\">{text}</a></p>"));
    let ours = "https://news.example.org/x";
    for vague in [
        "hier",
        "Hier klicken!",
        "» mehr",
        "weiterlesen …",
        "read more",
        "En savoir plus",
        "Klik hier",
    ] {
        assert_eq!(found(&[link(vague, ours)]), ["link-text-vague"], "{vague}");
    }
    for good in [
        "Zum Förderprogramm",
        "Hier die Liste der Brunnen",
        "news.example.org",
        "www.example.org",
        "mehr Radwege",
    ] {
        assert_eq!(found(&[link(good, ours)]), [""; 0], "{good}");
    }
    assert_eq!(
        found(&[link("https://bank.example", ours)]),
        ["link-text-misleads"]
    );
    assert_eq!(
        found(&[link("www.region.example", ours)]),
        ["link-text-misleads"]
    );
    let long = format!("https://news.example.org/{}", "a".repeat(60));
    assert_eq!(found(&[link(&long, &long)]), ["link-text-is-address"]);
    // What a mail only leads to is a hint.
    let mut teaser = sample(&[link("hier", ours)]);
    teaser.whole = false;
    let result = teaser.check();
    let vague = result
        .findings
        .iter()
        .find(|one| one.place.is_some() && one.severity == Severity::Hint);
    assert!(vague.is_some(), "{result:?}");
}

#[test]
fn links_are_told_by_what_came_of_asking() {
    let to = |url: &str| json!({ "url": url });
    let with = |url: &str, outcome: LinkOutcome| {
        let mut sample = sample(&[to(url), to("https://www.kiel.de/")]);
        sample.links.insert(url.to_owned(), outcome);
        sample
            .links
            .insert("https://www.kiel.de/".to_owned(), LinkOutcome::Reached);
        sample.found()
    };
    let page = "https://www.aachen.de/x";
    let status = |status| LinkOutcome::Status { status };
    assert_eq!(with(page, LinkOutcome::Reached), [""; 0]);
    assert_eq!(with(page, status(404)), ["link-broken"]);
    assert_eq!(with(page, status(410)), ["link-broken"]);
    assert_eq!(with(page, status(500)), ["link-answers-error"]);
    assert_eq!(with(page, status(403)), ["links-guarded"]);
    assert_eq!(with(page, LinkOutcome::Private), ["link-private"]);
    let why = LinkFailure::Certificate;
    assert_eq!(
        with(page, LinkOutcome::Failed { why }),
        ["link-unreachable"]
    );
    assert_eq!(
        with("http://www.aachen.de/", LinkOutcome::Reached),
        ["link-unencrypted"]
    );
    assert_eq!(
        with("HTTP://www.aachen.de/", LinkOutcome::Reached),
        ["link-unencrypted", "links-untried"]
    );
    assert_eq!(
        found(&[to("https://erika:geheim@www.aachen.de/")]),
        ["link-with-password", "links-untried"]
    );
    // Not one answers: the way out is closed, and each link is not to blame.
    let mut closed = sample(&[to("https://a.de/"), to("https://b.de/")]);
    let why = LinkFailure::NoConnection;
    for url in ["https://a.de/", "https://b.de/"] {
        closed
            .links
            .insert(url.to_owned(), LinkOutcome::Failed { why });
    }
    assert_eq!(closed.found(), ["links-not-reachable"]);
}

#[test]
fn how_one_takes_part_in_events() {
    let event = |details: Value| {
        json!({ "kind": "event", "dated_at": null, "details": details, "when": {
            "starts_at": "2026-12-05T18:00:00Z", "ends_at": null, "all_day": false, "zone": "Europe/Berlin",
        }})
    };
    for (details, wanted) in [
        (json!({}), &[][..]),
        (
            json!({ "registration_until": "2026-11-30T07:59:00Z" }),
            &["registration-closed"],
        ),
        (json!({ "registration_until": "2026-11-30T08:00:00Z" }), &[]),
        (json!({ "status": "full" }), &["event-full"]),
        (json!({ "status": "postponed" }), &["event-postponed"]),
        (
            json!({ "status": "moved-online" }),
            &["online-address-missing"],
        ),
        (
            json!({ "attendance": "online" }),
            &["online-address-missing"],
        ),
        (
            json!({ "status": "moved-online", "online_url": "https://news.example.org/live" }),
            &[],
        ),
    ] {
        assert_eq!(found(&[event(details.clone())]), wanted, "{details}");
    }
    let mut cancelled = event(json!({ "registration_until": "2026-11-29T07:00:00Z" }));
    cancelled["cancelled"] = json!(true);
    assert_eq!(found(&[cancelled]), ["event-cancelled"]);
    // Where one registers and takes part are links like others.
    let elsewhere = event(json!({ "registration_url": "http://anmeldung.example.net/" }));
    let found = found(&[elsewhere]);
    assert!(found.contains(&"link-unencrypted".to_owned()), "{found:?}");
}

#[test]
fn events_that_are_over_and_deadlines_that_have_passed() {
    let event = |starts: &str, ends: Value| {
        json!({ "kind": "event", "dated_at": null, "when": {
            "starts_at": starts, "ends_at": ends, "all_day": false, "zone": "Europe/Berlin",
        }})
    };
    assert_eq!(
        found(&[event("2026-12-02T18:00:00Z", json!(null))]),
        [""; 0]
    );
    assert_eq!(
        found(&[event("2026-11-30T06:00:00Z", json!("2026-11-30T07:00:00Z"))]),
        ["event-over"]
    );
    assert_eq!(
        found(&[event("2026-11-30T06:00:00Z", json!(null))]),
        [""; 0],
        "it may last all day"
    );
    assert_eq!(
        found(&[event("2026-11-29T18:00:00Z", json!(null))]),
        ["event-over"]
    );
    assert_eq!(
        found(&[event("2026-11-01T06:00:00Z", json!("2026-12-24T07:00:00Z"))]),
        [""; 0]
    );
    let mut cancelled = event("2026-12-02T18:00:00Z", json!(null));
    cancelled["cancelled"] = json!(true);
    assert_eq!(found(&[cancelled]), ["event-cancelled"]);
    assert_eq!(
        found(&[with_body("<p>Anmeldung bis 20. November.</p>")]),
        ["deadline-passed"]
    );
    assert_eq!(
        found(&[with_body("<p>Anmeldung bis 15. Januar.</p>")]),
        [""; 0]
    );
    assert_eq!(
        found(&[with_body("<p>Die Ausstellung lief bis 20. November.</p>")]),
        [""; 0]
    );
}

#[test]
fn a_weekday_is_read_from_every_text_of_an_issue() {
    assert_eq!(
        found(&[with_body(
            "<ul><li>Donnerstag, 4. Dezember</li><li>Freitag, 4. Dezember</li></ul>"
        )]),
        ["weekday-wrong"]
    );
    // The weekday of one line is not that of the date in the next.
    assert_eq!(
        found(&[with_body(
            "<p>Donnerstag<br>4. Dezember</p><p>Montag</p><p>8. Dezember</p>"
        )]),
        [""; 0]
    );
    assert_eq!(
        found(&[with_body("<p>Montag, 31. November 2026</p>")]),
        ["day-unknown"]
    );
    let mut introduced = sample(&[json!({})]);
    introduced.texts = json!({ "de": { "subject": "", "introduction": "Am Donnerstag, 4. Dezember, sehen wir uns." } });
    assert_eq!(introduced.found(), ["weekday-wrong"]);
}

#[test]
fn what_is_missing_in_a_language_counts_its_readers() {
    let mut sample = sample(&[json!({})]);
    sample.readers = vec![(Language::De, 90), (Language::Nl, 10)];
    sample.texts = json!({ "de": { "subject": "", "introduction": "Guten Tag." } });
    let result = sample.check();
    let missing = result.findings.iter().filter_map(|one| {
        let json = serde_json::to_value(one).expect("JSON");
        let language = json.get("language")?.as_str()?.to_owned();
        Some((
            json["code"].as_str()?.to_owned(),
            language,
            json["readers"].as_i64()?,
        ))
    });
    assert_eq!(
        missing.collect::<Vec<_>>(),
        [
            ("introduction-missing".to_owned(), "nl".to_owned(), 10),
            ("entries-untranslated".to_owned(), "nl".to_owned(), 10),
        ]
    );
}

#[test]
fn sizes_audiences_and_what_was_told() {
    let mut one = sample(&[json!({})]);
    one.sizes.shortened = 12;
    let told = ToldBefore {
        issue: "region/13".to_owned(),
        readers: 7,
    };
    one.told.insert("0".to_owned(), told);
    one.last = Some(300);
    one.press = true;
    assert_eq!(
        one.found(),
        [
            "shortened",
            "audience-changed",
            "told-before",
            "press-distance"
        ]
    );
    one.sizes.problem = Some(Problem::TooLarge(120_000));
    assert_eq!(one.found()[0], "too-large");
    one.readers = Vec::new();
    assert!(one.found().contains(&"nobody-gets-it".to_owned()));
    let empty = sample(&[]);
    assert_eq!(empty.found(), ["empty"]);
}

#[test]
fn many_findings_of_a_kind_are_counted() {
    let items: Vec<_> = (0..40).map(|_| with_body("<h4>Tief</h4>")).collect();
    let result = sample(&items).check();
    let more = result
        .findings
        .iter()
        .find(|one| serde_json::to_value(one).expect("JSON")["code"] == "more");
    let more = serde_json::to_value(more.expect("one")).expect("JSON");
    assert_eq!(
        (&more["findings"], &more["severity"]),
        (&json!(15), &json!("warns"))
    );
}

/// An approval renders an issue once: its checks measure what the release rendered.
#[test]
fn what_a_release_rendered_is_measured_and_not_rendered_again() {
    let short = sample(&[with_body("<p>Kurz.</p>")]).snapshot();
    let long = format!("<p>{}</p>", "Lang. ".repeat(2_000));
    let long = sample(&[with_body(&long)]).snapshot();
    let context = MailContext::from_config(&config());
    let audience = Audience {
        variants: vec![VariantReaders {
            language: Language::De,
            topics: TopicSet::from_mask(1),
            readers: 1,
        }],
        nothing: 0,
    };
    let at = Timestamp::from_micros(1_796_000_000_000_000);
    let largest = |rendered: &[_]| measure(&context, &short, &audience, (at, rendered)).largest;
    let parts = LanguageParts::render(&context, &long, context.limits(), Language::De);
    let rendered = [(Language::De, parts.expect("it can be rendered"))];
    assert!(largest(&rendered) > largest(&[]) + 10_000);
}
