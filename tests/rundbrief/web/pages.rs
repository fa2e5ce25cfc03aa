//! What the pages say: in which language, with whose words, and never more than they should.

use rundbrief::domain::language::Language;
use rundbrief::domain::token::Purpose;
use rundbrief::store;

use super::Service;
use crate::harness::{Database, Reply, exchange, form, get, post};
use crate::store::{address, subscribed, topics};

const LANGUAGES: [&str; 4] = ["de", "en", "fr", "nl"];
const MASKED: &str = "e•••@t•••.example";

/// The text between two marks.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(begin).expect(begin);
    rest.split_once(end).expect(end).0
}

/// What a browser makes of text in HTML.
fn unescaped(html: &str) -> String {
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    marks.iter().fold(html.to_owned(), |text, (name, mark)| {
        text.replace(name, mark)
    })
}

fn heading(page: &Reply) -> &str {
    between(&page.body, "<h1>", "</h1>")
}

/// Every link within the page leads to an element of it.
fn assert_links_lead_somewhere(page: &str) {
    let targets: Vec<_> = page
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next())
        .collect();
    assert!(!targets.is_empty());
    for target in targets.into_iter().flatten() {
        assert!(
            page.contains(&format!("id=\"{target}\"")),
            "nothing has the id {target}"
        );
    }
}

/// The headers of every answer, and nothing of our insides in any.
fn assert_protected(answer: &Reply) {
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    let content = answer.header("content-security-policy").expect("a policy");
    assert!(content.contains("default-src 'none'") && content.contains("frame-ancestors 'none'"));
    assert!(
        answer.header("referrer-policy").is_some() && answer.header("permissions-policy").is_some()
    );
    assert!(answer.header("set-cookie").is_none() && answer.header("server").is_none());
    for inside in ["panicked", "stack", "backtrace", ".rs", "sqlx", "SELECT"] {
        assert!(
            !answer.body.contains(inside),
            "“{inside}” is nobody's business"
        );
    }
}

on_both_databases! {
    /// Whoever makes one mistake does not fill in everything again, and is led to the mistake.
    async fn what_was_typed_comes_back_filled_in(database: &Database) {
        let service = Service::start(database).await;
        let answer = service.sign_up(&[
            ("address", "\"><b>erika</b>&@town.example"),
            ("newsletter", "council"),
            ("topic", "region.culture"),
            ("language", "fr"),
        ]).await;
        assert_eq!(answer.status, 422);
        assert_protected(&answer);
        assert!(answer.body.contains("value=\"&quot;&gt;&lt;b&gt;erika&lt;/b&gt;&amp;@town.example\""));
        for ticked in ["council", "region", "region.culture", "fr"] {
            assert!(answer.body.contains(&format!("value=\"{ticked}\" checked")), "{ticked}");
        }
        for other in ["region.climate", "de", "en", "nl"] {
            assert!(answer.body.contains(&format!("value=\"{other}\"")), "{other}");
            assert!(!answer.body.contains(&format!("value=\"{other}\" checked")), "{other}");
        }
        let summary = between(&answer.body, "role=\"alert\"", "</div>");
        assert!(summary.contains("href=\"#address\""));
        assert!(answer.body.contains("aria-describedby=\"address-hint address-error\""));
        assert!(between(&answer.body, "<title>", "</title>").starts_with("Fehler: "));
        assert_links_lead_somewhere(&answer.body);
    }

    /// Each mistake has a link to where it is put right; the empty form has none ticked.
    async fn every_mistake_has_its_place(database: &Database) {
        let service = Service::start(database).await;
        let fresh = get(service.at, "/subscribe", &[]).await;
        assert!(!fresh.body.contains("role=\"alert\""));
        assert_eq!(fresh.body.matches(" checked").count(), 1, "only the language");
        let good = ("address", "erika@town.example");
        for (fields, place) in [
            (vec![("topic", "region.climate")], "address"),
            (vec![good], "newsletters"),
            (vec![good, ("newsletter", "region")], "topics-region"),
            (vec![good, ("topic", "region.climate"), ("language", "xx")], "language"),
            (vec![good, ("topic", "region.climate"), ("topic", "region.other")], "subscribe"),
        ] {
            let answer = service.sign_up(&fields).await;
            assert_eq!(answer.status, 422);
            let summary = between(&answer.body, "role=\"alert\"", "</div>");
            assert_eq!(summary.matches("href=").count(), 1, "{fields:?}");
            assert!(summary.contains(&format!("href=\"#{place}\"")), "{fields:?}");
            assert_links_lead_somewhere(&answer.body);
        }
    }

    /// The words that are kept as proof are those the form showed, to the letter.
    async fn the_words_kept_are_the_words_shown(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.organisation.name = String::from("Stadt „Maas“ <Rat & Tat>");
        }).await;
        for language in LANGUAGES {
            let page = get(service.at, "/subscribe", &[&format!("Accept-Language: {language}")]).await;
            let shown = unescaped(between(&page.body, "<blockquote><p>", "</p></blockquote>"));
            assert!(shown.contains("Stadt „Maas“ <Rat & Tat>"));
            let who = format!("{language}@town.example");
            let stamp = between(&page.body, "name=\"form\" value=\"", "\"");
            let body = form([("address", who.as_str()), ("topic", "region.climate"), ("form", stamp)]);
            let action = format!("/subscribe?lang={language}");
            assert_eq!(post(service.at, &action, &[], &body).await.status, 303);
            let mut conn = service.db.read().await.expect("read");
            let row = store::subscriber::by_address(&mut conn, &address(&who)).await.expect("read").expect("one");
            let proof = store::consent::of_subscriber(&mut conn, row.id).await.expect("read");
            let hash = proof[0].wording_hash.as_deref().expect("a wording");
            let kept = store::consent::wording(&mut conn, hash).await.expect("read").expect("it is kept");
            assert_eq!((kept.wording, kept.language.as_str()), (shown, language));
        }
    }

    /// Pages behind a link of a mail show the address masked, whatever becomes of them.
    async fn addresses_are_masked_everywhere(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let confirm = service.confirmation(7).await;
        let page = get(service.at, &confirm, &[]).await;
        assert!(page.body.contains(MASKED));
        let confirmed = post(service.at, &confirm, &[], "").await;
        let mut seen = vec![page, confirmed];
        let mut conn = service.db.read().await.expect("read");
        let row = store::subscriber::by_address(&mut conn, &address("erika@town.example")).await.expect("read").expect("one").id;
        let change = format!("/preferences/{}", service.token(Purpose::Preferences, 0, row));
        let leave = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, 0, row));
        for link in [&change, &leave] {
            let page = get(service.at, link, &[]).await;
            assert!(page.body.contains(MASKED), "{link}");
            seen.push(page);
        }
        seen.push(post(service.at, &change, &[], &form([("topic", "region.culture"), ("language", "de")])).await);
        seen.push(post(service.at, &change, &[], &form([("language", "xx")])).await);
        seen.push(post(service.at, &leave, &[], "").await);
        seen.push(get(service.at, &confirm, &[]).await);
        for page in &seen {
            assert_protected(page);
            assert!(!page.body.contains("erika") && !page.body.contains("town.example"));
            assert!(!page.headers.iter().any(|(_, value)| value.contains("erika")));
        }
    }

    /// The preferences say what is chosen now, and again after a mistake.
    async fn preferences_show_what_is_chosen(database: &Database) {
        let service = Service::start(database).await;
        let reader = subscribed(&service.db, service.region.id, "erika@town.example", Language::Nl, topics(&[1])).await;
        let link = format!("/preferences/{}?lang=fr", service.token(Purpose::Preferences, 0, reader));
        let page = get(service.at, &link, &[]).await;
        assert!(page.body.contains("<html lang=\"fr\">") && page.body.contains("La région"));
        assert!(page.body.contains("Parution\u{a0}: chaque jeudi à 7\u{a0}h\u{a0}30"));
        assert!(page.body.contains("value=\"region.culture\" checked") && page.body.contains("value=\"nl\" checked"));
        assert!(!page.body.contains("value=\"region.climate\" checked"));
        let wish = form([("topic", "region.climate"), ("language", "en")]);
        let saved = post(service.at, &link, &[], &wish).await;
        assert!(saved.body.contains("role=\"status\"") && saved.body.contains("value=\"region.climate\" checked"));
        assert!(!saved.body.contains("value=\"region.culture\" checked") && saved.body.contains("value=\"en\" checked"));
        let refused = post(service.at, &link, &[], &form([("language", "de")])).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.body.contains("role=\"status\"") && refused.body.contains("value=\"de\" checked"));
        assert!(between(&refused.body, "role=\"alert\"", "</div>").contains("href=\"#topics-region\""));
        assert_links_lead_somewhere(&refused.body);
    }
}

/// Each page speaks the language asked for, and its switcher stays on the page.
#[tokio::test]
async fn the_switcher_keeps_the_page() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    service.sign_up_for_climate("erika@town.example").await;
    let confirm = service.confirmation(7).await;
    let reader = service.row_of("erika@town.example").await;
    let change = service.token(Purpose::Preferences, 0, reader);
    let change = format!("/preferences/{change}");
    let leave = service.token(Purpose::Unsubscribe, 0, reader);
    let leave = format!("/unsubscribe/{leave}");
    for path in [
        "/subscribe",
        "/subscribe/sent",
        "/imprint",
        "/privacy",
        "/accessibility",
        &confirm,
        &change,
        &leave,
    ] {
        let mut headings = Vec::new();
        for language in LANGUAGES {
            let page = get(
                service.at,
                &format!("{path}?lang={language}"),
                &["Accept-Language: pl"],
            )
            .await;
            assert_eq!(page.status, 200, "{path}");
            assert_protected(&page);
            assert!(
                page.body.contains(&format!("<html lang=\"{language}\">")),
                "{path}"
            );
            for other in LANGUAGES {
                assert!(
                    page.body
                        .contains(&format!("href=\"{path}?lang={other}\" lang=\"{other}\"")),
                    "{path} in {other}"
                );
            }
            assert!(
                page.body
                    .contains(&format!("href=\"/privacy?lang={language}\"")),
                "links keep the language"
            );
            headings.push(heading(&page).to_owned());
        }
        headings.dedup();
        assert!(headings.len() > 1, "{path} is translated: {headings:?}");
    }
    let page = get(service.at, "/subscribe?from=poster&lang=de", &[]).await;
    assert!(
        page.body
            .contains("href=\"/subscribe?from=poster&amp;lang=nl\"")
    );
}

/// How often a newsletter appears is said in the language of the page.
#[tokio::test]
async fn the_schedule_is_told_in_words() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    for (language, words) in [
        ("de", "Erscheint jeden Donnerstag um 7:30 Uhr"),
        ("en", "Published every Thursday at 7:30"),
        ("fr", "Parution\u{a0}: chaque jeudi à 7\u{a0}h\u{a0}30"),
        ("nl", "Verschijnt elke donderdag om 7.30 uur"),
    ] {
        let page = get(service.at, &format!("/subscribe?lang={language}"), &[]).await;
        assert!(page.body.contains(words), "{words}");
    }
    service
        .execute("UPDATE newsletter SET schedule = '*/5 * * * *'")
        .await;
    let page = get(service.at, "/subscribe", &[]).await;
    assert!(
        !page.body.contains("Erscheint"),
        "better nothing than a riddle"
    );
}

/// What the notice says follows the configuration.
#[tokio::test]
async fn the_privacy_notice_is_made_of_the_configuration() {
    let database = Database::sqlite().await;
    let service = Service::start_with(&database, |config| {
        config.subscribing.confirm_within = std::time::Duration::from_hours(72);
        config.organisation.authority = Some("Landesbeauftragte & Co".to_owned());
    })
    .await;
    for (language, law, days) in [
        ("de", "Art. 77 DSGVO", "nach 3 Tagen"),
        ("en", "Art. 77 GDPR", "after 3 days"),
        ("fr", "article 77 du RGPD", "après 3 jours"),
        ("nl", "art. 77 AVG", "na 3 dagen"),
    ] {
        let page = get(service.at, &format!("/privacy?lang={language}"), &[]).await;
        for part in [law, days, "Landesbeauftragte &amp; Co", "IP"] {
            assert!(page.body.contains(part), "{part}");
        }
    }
}

/// The heading of each failure, in the order of [`LANGUAGES`].
const TITLES: [(u16, [&str; 4]); 9] = [
    (
        400,
        [
            "Die Anfrage ist nicht lesbar",
            "We cannot read this request",
            "La demande est illisible",
            "Het verzoek is niet leesbaar",
        ],
    ),
    (
        404,
        [
            "Diese Seite gibt es nicht",
            "Page not found",
            "Cette page n’existe pas",
            "Deze pagina bestaat niet",
        ],
    ),
    (
        405,
        [
            "So lässt sich diese Seite nicht aufrufen",
            "This page cannot be opened in this way",
            "Cette page ne peut pas être appelée ainsi",
            "Zo kunt u deze pagina niet openen",
        ],
    ),
    (
        413,
        [
            "Das war zu viel auf einmal",
            "That was too much at once",
            "L’envoi est trop volumineux",
            "Dat was te veel in één keer",
        ],
    ),
    (
        415,
        [
            "Das war kein Formular",
            "That was not a form",
            "Ce n’était pas un formulaire",
            "Dat was geen formulier",
        ],
    ),
    (
        422,
        [
            "Das Formular ist nicht vollständig angekommen",
            "The form did not reach us in full",
            "Le formulaire n’est pas arrivé complet",
            "Het formulier is niet volledig aangekomen",
        ],
    ),
    (
        429,
        [
            "Zu viele Anfragen",
            "Too many requests",
            "Trop de demandes",
            "Te veel verzoeken",
        ],
    ),
    (
        500,
        [
            "Bei uns ist etwas schiefgegangen",
            "Sorry, something went wrong on our side",
            "Un problème est survenu de notre côté",
            "Er is bij ons iets misgegaan",
        ],
    ),
    (
        503,
        [
            "Der Dienst ist gerade nicht erreichbar",
            "Sorry, the service is unavailable at the moment",
            "Le service est momentanément indisponible",
            "De dienst is op dit moment niet bereikbaar",
        ],
    ),
];

/// Every failure has a page in the visitor's language, under the same headers as the others.
#[tokio::test]
async fn failures_are_told_in_four_languages() {
    let database = Database::sqlite().await;
    let service = Service::start_with(&database, |config| {
        config.server.request_timeout = std::time::Duration::from_millis(300);
        config.subscribing.requests_per_client = 1;
    })
    .await;
    let (at, far) = (service.at, "X-Forwarded-For: 198.51.100.9");
    let json = "Content-Type: application/json";
    post(at, "/subscribe", &[far], "").await;
    for (status, titles) in TITLES {
        for ((language, title), client) in LANGUAGES.iter().zip(titles).zip(status / 100 * 10..) {
            let accept = format!("Accept-Language: {language}");
            // Somebody else each time, or all would be told to wait.
            let from = format!("X-Forwarded-For: 192.0.{}.{client}", status % 100);
            let headers = [accept.as_str(), &from];
            let answer = match status {
                400 => post(at, "/subscribe", &headers, "address=%ff").await,
                404 => get(at, "/no/such/page", &headers).await,
                405 => post(at, "/imprint", &headers, "").await,
                413 => post(at, "/subscribe", &headers, &"a=b&".repeat(300)).await,
                415 => post(at, "/subscribe", &[&accept, &from, json], "{}").await,
                422 => post(at, "/subscribe", &headers, "address=a&address=b").await,
                429 => post(at, "/subscribe", &[&accept, far], "").await,
                500 => get(at, "/test/panic", &headers).await,
                _ => get(at, "/test/slow", &headers).await,
            };
            assert_eq!(
                (answer.status, heading(&answer)),
                (status, title),
                "{language}"
            );
            assert!(answer.body.contains(&format!("<html lang=\"{language}\">")));
            assert!(
                !answer.body.contains("?lang="),
                "there is nothing to switch"
            );
            assert!(
                answer
                    .header("content-type")
                    .is_some_and(|it| it.starts_with("text/html"))
            );
            assert_protected(&answer);
        }
    }
    let head = exchange(
        at,
        b"HEAD /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert_eq!((head.status, head.body.as_str()), (404, ""));
}
