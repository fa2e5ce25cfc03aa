//! The cost of building a mail: the parts of a language once, then each reader's mail. `cargo bench
//! --bench mails`.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rundbrief::config::Config;
use rundbrief::digest::MailContext;
use rundbrief::digest::headers::MessageHeaders;
use rundbrief::digest::parts::LanguageParts;
use rundbrief::digest::snapshot::Snapshot;
use rundbrief::digest::variant::LanguageMails;
use rundbrief::domain::address::Address;
use rundbrief::domain::delivery::DeliveryKey;
use rundbrief::domain::language::Language;
use rundbrief::domain::mail::Personal;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::{Keyring, Purpose, TOKEN_LEN};
use rundbrief::domain::topic::TopicSet;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

fn mail_context() -> MailContext {
    MailContext::from_config(&Config::from_defaults(|_| {}))
}

/// 40 entries, three paragraphs each: the usual length of a news item.
fn snapshot() -> Snapshot {
    let paragraph = "<p>Im Rathaus beginnen die Gespräche über den neuen Radweg entlang der Wurm. Wer dort wohnt, kann die Pläne einsehen und bis zum Monatsende dazu schreiben.</p>";
    let items: Vec<Value> = (0..40)
        .map(|number| {
            json!({
                "uuid": format!("01900000-0000-7000-8000-{number:012}"),
                "kind": "news",
                "topics": 1 << (number % 3),
                "original": "de",
                "texts": { "de": {
                    "title": format!("Nachricht {number}: Radweg an der Wurm"),
                    "teaser": "Die Städteregion plant einen Radweg und lädt zum Gespräch.",
                    "body": paragraph.repeat(3),
                } },
                "url": format!("https://www.example.org/nachrichten/{number}"),
                "dated_at": "2027-01-15T08:00:00Z",
                "when": null,
                "place": null,
                "organisation": "Städteregion Beispiel",
                "contact": null,
                "reference": null,
                "cancelled": false,
            })
        })
        .collect();
    let json = json!({
        "version": 1,
        "newsletter": {
            "key": "region",
            "texts": { "de": { "name": "Region aktuell", "description": "Neues aus der Region" } },
            "sender_name": "Städteregion Beispiel",
            "sender_address": "region@example.org",
            "reply_to": null,
            "zone": "Europe/Berlin",
        },
        "number": 14,
        "date": "2027-01-15",
        "texts": {},
        "topics": [],
        "sections": [{ "kind": "news", "items": items }],
    })
    .to_string();
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&json));
    Snapshot::read(&json, &hash).expect("a snapshot")
}

fn language_mails(mail_context: &MailContext, snapshot: &Snapshot) -> LanguageMails {
    let limits = mail_context.limits();
    let date = Timestamp::from_micros(1_800_000_000_000_000);
    let headers = MessageHeaders::new(snapshot, "https://news.example.org", date);
    let parts = LanguageParts::render(mail_context, snapshot, limits, Language::De);
    let parts = parts.expect("parts");
    LanguageMails::new(snapshot, &parts, &headers, limits, Language::De).expect("mails")
}

fn parts_of_a_language(criterion: &mut Criterion) {
    let (mail_context, snapshot) = (mail_context(), snapshot());
    criterion.bench_function("the parts of 40 entries in a language", |bencher| {
        bencher.iter(|| language_mails(&mail_context, &snapshot));
    });
}

/// Each reader has another variant.
fn a_mail(criterion: &mut Criterion) {
    let mails = language_mails(&mail_context(), &snapshot());
    let entropy = std::array::from_fn(|at| u8::try_from(at).unwrap_or(0));
    let keyring = Keyring::parse::<&str>(&Keyring::generate(entropy), &[]).expect("a keyring");
    let leave = keyring.signer(Purpose::Unsubscribe);
    let change = keyring.signer(Purpose::Preferences);
    let to = Address::parse("erika@example.org").expect("an address");
    let mut subscriber = 0;
    let all = mails.variant(TopicSet::from_mask(7)).expect("a variant");
    let bytes = all.mail.shared_bytes().len();
    let mut group = criterion.benchmark_group("mails");
    group.throughput(Throughput::Elements(1));
    group.bench_function(
        format!("the mail of one reader, up to {bytes} bytes"),
        |bencher| {
            bencher.iter(|| {
                subscriber += 1;
                let key = DeliveryKey {
                    issue: 14,
                    subscriber,
                };
                let topics = TopicSet::from_mask(subscriber % 7 + 1);
                let variant = mails.variant(topics).expect("a variant");
                let (mut unsubscribe, mut preferences) = ([0; TOKEN_LEN], [0; TOKEN_LEN]);
                leave.write(key, &mut unsubscribe);
                change.write(key, &mut preferences);
                variant.mail.personal(&Personal {
                    to: &to,
                    message_id: &format!("{}@example.org", keyring.message_id(key)),
                    unsubscribe: &unsubscribe,
                    preferences: &preferences,
                })
            });
        },
    );
}

criterion_group! {
    name = mails;
    // Each is measured for some five seconds.
    config = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    targets = parts_of_a_language, a_mail
}
criterion_main!(mails);
