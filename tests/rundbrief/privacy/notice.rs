//! The privacy notice says what the jobs do: each number on the page is held against the job that
//! keeps it.

use std::sync::Arc;
use std::time::Duration;

use rundbrief::app::App;
use rundbrief::app::retention::{self, Class};
use rundbrief::config::Config;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::store;
use rundbrief::store::privacy_journal::Promise;

use super::{confirms, count, operator, readers, sends, signs_up};
use crate::harness::get;
use crate::store::{DAY, HOUR, address, monday, subscribed, topics};
use crate::web::Service;

fn configured(config: &mut Config) {
    config.subscribing.confirm_within = 5 * DAY;
    config.retention.deliveries = 41 * DAY;
    config.retention.notices = 23 * DAY;
    config.retention.audit = 77 * DAY;
    config.retention.journal = 99 * DAY;
    config.retention.proof_years = 2;
}

/// The first number in the sentence of the page that has these words.
fn stated(page: &str, words: &str) -> u32 {
    let sentences = page
        .split("<li>")
        .filter(|sentence| sentence.contains(words));
    let all: Vec<&str> = sentences.collect();
    assert_eq!(all.len(), 1, "{words}");
    let digits: String = all[0]
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no number: {}", all[0]))
}

async fn removed(app: &App, class: Class, at: Timestamp) -> u64 {
    app.clock.set(at);
    let removed = retention::remove(app, &operator(), class).await;
    removed.expect("retention")
}

/// Nothing goes an hour early, and something an hour late.
async fn held(app: &App, class: Class, from: Timestamp, days: u32) {
    let end = from.plus(days * DAY);
    assert_eq!(
        removed(app, class, end.minus(HOUR)).await,
        0,
        "{class} went early"
    );
    assert!(
        removed(app, class, end.plus(HOUR)).await > 0,
        "{class} stayed"
    );
}

on_both_databases! {
    async fn every_number_is_held_by_its_job(database: &Database) {
        let service = Service::start_with(database, configured).await;
        let (db, region) = (service.db.clone(), service.region.id);
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = crate::installation::config();
        configured(&mut config);
        config.security.set_keyring(service.keyring.clone());
        config.retention.journal_file = Some(folder.path().join("promises.journal"));
        let app = App::new(db.clone(), rundbrief::clock::Clock::set_at(monday()), Arc::new(config));
        let page = get(service.at, "/privacy?lang=de", &[]).await.body;

        // A sign-up through the form, which waits as long as the page says.
        service.sign_up_for_climate("silent@town.example").await;
        held(&app, Class::Unconfirmed, monday(), stated(&page, "nicht bestätigt werden")).await;

        let all = readers(&db, region, &[("mail.example", 2)]).await;
        sends(&db, region, &[(all[0].0, &all[0].1)], monday()).await;
        held(&app, Class::Deliveries, monday(), stated(&page, "welche Ausgabe erhalten")).await;

        let one = signs_up(&db, region, "erika@town.example", monday()).await;
        confirms(&db, region, one, "erika@town.example", monday()).await;
        held(&app, Class::Notices, monday(), stated(&page, "einzelner E-Mails")).await;

        app.clock.set(monday().plus(200 * DAY));
        rundbrief::app::privacy::suspend(&app, &operator(), &address(&all[1].1), None).await.expect("suspend");
        let from = app.clock.now();
        // What the steps above have left is older.
        removed(&app, Class::Audit, from.plus(Duration::from_secs(1))).await;
        let lines = count(&db, "SELECT COUNT(*) FROM audit").await;
        let until = from.plus(stated(&page, "protokollieren wir") * DAY);
        removed(&app, Class::Audit, until.minus(HOUR)).await;
        assert!(lines > 0 && count(&db, "SELECT COUNT(*) FROM audit WHERE action = 'subscriber.suspend'").await == 1);
        assert!(removed(&app, Class::Audit, until.plus(HOUR)).await > 0);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM audit WHERE action = 'subscriber.suspend'").await, 0);

        app.clock.set(monday());
        let who = address("max@town.example");
        subscribed(&db, region, "max@town.example", rundbrief::domain::language::Language::De, topics(&[0])).await;
        rundbrief::app::privacy::suppress(&app, &operator(), &who, "on request").await.expect("suppress");
        let kept = app.privacy_journal().read().await.expect("journal").lines;
        assert!(matches!(&kept[..], [line] if matches!(line.what, Promise::Suppressed { .. })), "{kept:?}");
        held(&app, Class::Journal, monday(), stated(&page, "verschlüsselten Prüfwert Ihrer Adresse auf")).await;
        assert_eq!(count(&db, "SELECT COUNT(*) FROM suppression").await, 1, "which is kept for good, as the page says");

        // Max's subscription ended with the suppression, in 2027: kept through 2029.
        let years = stated(&page, "Nachweis der Einwilligung bewahren wir nach");
        let year = 2027 + i32::try_from(years).expect("few") + 1;
        let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
        // Berlin is an hour ahead of UTC.
        let first: Timestamp = first.expect("a date").and_utc().into();
        let midnight = first.minus(HOUR);
        assert_eq!(removed(&app, Class::Proofs, midnight.minus(HOUR)).await, 0);
        assert_eq!(removed(&app, Class::Proofs, midnight.plus(HOUR)).await, 1);
        assert!(store::subscriber::by_address(&mut db.read().await.expect("read"), &who).await.expect("row").is_none());
    }
}
