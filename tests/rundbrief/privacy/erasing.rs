//! Erasing a person, and handing out what is kept about them before.

use rundbrief::app::privacy::{self, Error};
use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store;
use rundbrief::store::delivery_report::{self, Counts};

use super::{after, app, confirms, count, files_with, operator, readers, sends, signs_up};
use crate::harness::Installation;
use crate::store::{HOUR, address, monday, newsletter, open, topics};
use crate::web::key_text;

const WHO: &str = "Erika.Mustermann@town.example";
/// Neither as it was typed nor in lower case.
const TEXTS: [&str; 2] = [WHO, "erika.mustermann"];

on_both_databases! {
    /// Everything is handed out before; nothing is left after: no row, no byte of any file, nothing in
    /// the log. The figures of the ledger stay.
    async fn a_person_is_erased_to_the_last_byte(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        readers(&db, region, &[("mail.example", 30)]).await;
        let erika = signs_up(&db, region, WHO, monday()).await;
        confirms(&db, region, erika, WHO, monday().plus(HOUR)).await;
        let issue = sends(&db, region, &[(erika.0, WHO)], after(1)).await;
        // One that waits.
        signs_up(&db, region, WHO, after(2)).await;
        let before: Counts = delivery_report::counts(&mut db.read().await.expect("read"), issue).await.expect("counts");
        assert_eq!((before.of(DeliveryState::Sent), before.of(DeliveryState::Failed)), (30, 1));
        if let store::Db::Postgres(pool) = &db {
            // The planner's statistics would keep addresses.
            sqlx::query("ANALYZE").execute(pool).await.expect("analyze");
        }
        assert_ne!(files_with(database, &db, &TEXTS).await, [""; 0], "the search finds what is there");

        let app = app(&db, after(2));
        let data = privacy::export(&app, &operator(), &address(WHO)).await.expect("export");
        let json = serde_json::to_value(&data).expect("JSON");
        assert_eq!(json["address"], WHO);
        assert_eq!(json["language"], "fr");
        assert_eq!(json["state"], "active");
        assert_eq!(json["subscriptions"][0]["newsletter"], "La région");
        assert_eq!(json["sign_ups"].as_array().map(Vec::len), Some(2));
        assert_eq!(json["consent"][0]["wording"], "Oui, je souhaite recevoir la lettre.");
        assert_eq!(json["consent"][1]["kind"], "confirmed");
        assert_eq!(json["issues"][0]["reply"], format!("<{WHO}>: Recipient address rejected"));
        assert_eq!(json["notices"][0]["reply"], format!("2.1.5 <{WHO}> ok"));
        let page = privacy::page(&app, &data, chrono_tz::Europe::Brussels);
        for said in ["lang=\"fr\"", WHO, "La région", "Oui, je souhaite", "Recipient address rejected", "abonnement en cours"] {
            assert!(page.contains(said), "{said}");
        }
        for outside in ["<link", "<script", "<img", "url("] {
            assert!(!page.contains(outside), "the page stands by itself: {outside}");
        }

        let erased = privacy::erase(&app, &operator(), &address(WHO)).await.expect("erase");
        assert_eq!(erased.subscriber, erika.0);
        assert!(erased.log_emptied);
        if matches!(db, store::Db::Postgres(_)) {
            // The server's own analysis of a table may keep removed rows for a moment.
            for _ in 0..5 {
                db.rewrite().await.expect("VACUUM");
                if files_with(database, &db, &TEXTS).await.is_empty() {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            }
        }
        assert_eq!(files_with(database, &db, &TEXTS).await, [""; 0]);
        let again = privacy::erase(&app, &operator(), &address(WHO)).await;
        assert!(matches!(again, Err(Error::Unknown)), "{again:?}");
        let nothing = privacy::export(&app, &operator(), &address(WHO)).await;
        assert!(matches!(nothing, Err(Error::Unknown)), "{nothing:?}");
        let mut conn = db.read().await.expect("read");
        let now = delivery_report::counts(&mut conn, issue).await.expect("counts");
        assert_eq!(now, before);
        let shell = store::subscriber::by_id(&mut conn, erika.0).await.expect("row").expect("a shell");
        assert_eq!((shell.state, shell.address), (SubscriberState::Erased, None));
        for empty in [
            "SELECT COUNT(*) FROM outbox",
            "SELECT COUNT(*) FROM signup",
            "SELECT COUNT(*) FROM consent_event",
            "SELECT COUNT(*) FROM delivery WHERE reply LIKE '%Recipient address rejected%'",
        ] {
            assert_eq!(count(&db, empty).await, 0, "{empty}");
        }
    }

    /// The command line: asked first, then done, and no word of the address in what is logged.
    async fn the_command_asks_first_and_logs_no_address(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let erika = signs_up(&db, region, WHO, monday()).await;
        confirms(&db, region, erika, WHO, monday().plus(HOUR)).await;
        let installation = Installation::new(database)
            .with("security.key", key_text(1))
            .with("log.level", "trace")
            .with("retention.journal_file", "promises.journal");
        let asked = installation.run(["subscriber", "erase", WHO]);
        assert!(asked.stdout.contains("--yes"), "{}", asked.stdout);
        let export = installation.folder().join("erika.html");
        let written = installation.run(["subscriber", "export", WHO, "--output", &export.to_string_lossy()]);
        written.success();
        let page = std::fs::read_to_string(&export).expect("the page");
        assert!(page.contains(WHO));
        let done = installation.run(["subscriber", "erase", WHO, "--yes"]);
        let (stdout, stderr) = (done.stdout.clone(), done.stderr.clone());
        done.success();
        for said in [stdout, stderr] {
            assert!(!said.to_lowercase().contains("mustermann"), "{said}");
        }
        let journal = std::fs::read_to_string(installation.folder().join("promises.journal")).expect("the journal");
        assert_eq!(journal.lines().count(), 1, "{journal}");
        assert!(journal.contains("\"what\":\"erased\"") && !journal.contains("town.example"), "{journal}");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM audit WHERE action = 'subscriber.erase' AND after = 'erased'").await, 1);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM audit WHERE before LIKE '%@%' OR after LIKE '%@%' OR subject_id LIKE '%@%'").await, 0);
        let unknown = installation.run(["subscriber", "erase", WHO, "--yes"]).refusal();
        assert!(unknown.contains("nobody with this address"), "{unknown}");
    }

    /// What a relay says about a mail that was on its way is cleared away later.
    async fn a_late_answer_leaves_no_address(database: &Database) {
        use crate::store::ledger::{approved, finish, frozen, lease, outcome, start};
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let erika = signs_up(&db, region, WHO, monday()).await;
        confirms(&db, region, erika, WHO, monday().plus(HOUR)).await;
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", after(1)).await;
        start(&db, &keys, "w").await;
        let app = app(&db, after(1));
        privacy::erase(&app, &operator(), &address(WHO)).await.expect("erase");
        let late = store::ledger::Outcome { reply: format!("250 <{WHO}> ok"), ..outcome(keys[0], DeliveryState::Sent) };
        assert_eq!(finish(&db, &[late], "w").await, 1, "the result is a figure, and kept");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM delivery WHERE reply LIKE '%rika%'").await, 1);
        rundbrief::app::retention::erased(&app, &operator()).await.expect("tidy");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM delivery WHERE reply LIKE '%rika%'").await, 0);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM delivery WHERE state = 'sent'").await, 1);
    }
}

/// Another process that reads keeps SQLite's log from being emptied; the next run does it.
#[tokio::test]
async fn a_reader_delays_the_last_byte_only() {
    let database = crate::harness::Database::sqlite().await;
    let db = open(&database).await;
    let region = newsletter(&db, "region", topics(&[1])).await.id;
    signs_up(&db, region, WHO, monday()).await;
    let other = open(&database).await;
    let store::Db::Sqlite { readers, .. } = &other else {
        panic!("SQLite")
    };
    let mut reading = readers.begin().await.expect("begin");
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM subscriber")
        .fetch_one(&mut *reading)
        .await
        .expect("read");
    assert_eq!(rows, 1);
    // A test must not wait for thirty seconds.
    if let store::Db::Sqlite { writer, .. } = &db {
        sqlx::query("PRAGMA busy_timeout = 100")
            .execute(writer)
            .await
            .expect("pragma");
    }
    let app = app(&db, after(1));
    let erased = privacy::erase(&app, &operator(), &address(WHO))
        .await
        .expect("erase");
    assert!(!erased.log_emptied);
    reading.rollback().await.expect("rollback");
    assert!(
        rundbrief::app::retention::give_back(&app)
            .await
            .expect("give back")
            .log_emptied
    );
    assert_eq!(files_with(&database, &db, &TEXTS).await, [""; 0]);
}
