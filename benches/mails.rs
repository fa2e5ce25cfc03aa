//! What a mail costs to make: a variant once, and then each reader's own. `cargo bench --bench mails`.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rundbrief::config::Config;
use rundbrief::digest::MailContext;
use rundbrief::digest::prepare::{Envelope, prepare};
use rundbrief::digest::release::Release;
use rundbrief::digest::variant::render;
use rundbrief::domain::address::Address;
use rundbrief::domain::delivery::DeliveryKey;
use rundbrief::domain::language::Language;
use rundbrief::domain::mail::{Personal, PreparedMail};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::{Keyring, Purpose, TOKEN_LEN};
use rundbrief::domain::topic::TopicSet;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

fn mail_context() -> MailContext {
    MailContext::from_config(&Config::from_defaults(|_| {}))
}

/// 40 entries, three paragraphs each: the usual length of a news item.
fn release() -> (Release, String) {
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
    let release = Release::read(&json, &hash).expect("a release");
    (release, hash)
}

fn envelope(hash: &str) -> Envelope {
    Envelope {
        newsletter_key: "region".to_owned(),
        sender_name: "Städteregion Beispiel".to_owned(),
        sender: Address::parse("region@example.org").expect("an address"),
        reply_to: None,
        number: 14,
        date: Timestamp::from_micros(1_800_000_000_000_000),
        release_hash: hash.to_owned(),
        public_url: "https://news.example.org".to_owned(),
    }
}

fn variant(
    mail_context: &MailContext,
    release: &Release,
    hash: &str,
    envelope: &Envelope,
) -> PreparedMail {
    let topics = TopicSet::from_mask(7);
    let rendered = render(mail_context, release, hash, Language::De, topics).expect("short enough");
    prepare(&rendered.variant, Language::De, envelope).expect("a mail")
}

fn a_variant(criterion: &mut Criterion) {
    let mail_context = mail_context();
    let (release, hash) = release();
    let envelope = envelope(&hash);
    criterion.bench_function("a variant of 40 entries", |bencher| {
        bencher.iter(|| variant(&mail_context, &release, &hash, &envelope));
    });
}

fn a_mail(criterion: &mut Criterion) {
    let (release, hash) = release();
    let mail = variant(&mail_context(), &release, &hash, &envelope(&hash));
    let entropy = std::array::from_fn(|at| u8::try_from(at).unwrap_or(0));
    let keyring = Keyring::parse::<&str>(&Keyring::generate(entropy), &[]).expect("a keyring");
    let leave = keyring.signer(Purpose::Unsubscribe);
    let change = keyring.signer(Purpose::Preferences);
    let to = Address::parse("erika@example.org").expect("an address");
    let mut subscriber = 0;
    let name = format!("the mail of one reader, {} bytes", mail.bytes().len());
    let mut group = criterion.benchmark_group("mails");
    group.throughput(Throughput::Elements(1));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            subscriber += 1;
            let key = DeliveryKey {
                issue: 14,
                subscriber,
            };
            let (mut unsubscribe, mut preferences) = ([0; TOKEN_LEN], [0; TOKEN_LEN]);
            leave.write(key, &mut unsubscribe);
            change.write(key, &mut preferences);
            mail.personal(&Personal {
                to: &to,
                message_id: &format!("{}@example.org", keyring.message_id(key)),
                unsubscribe: &unsubscribe,
                preferences: &preferences,
            })
        });
    });
}

criterion_group! {
    name = mails;
    // Each is measured for some five seconds.
    config = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    targets = a_variant, a_mail
}
criterion_main!(mails);
