//! A database that was restored from a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rundbrief::app::privacy::{self, Reapplied};
use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;

use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::token::Purpose;
use rundbrief::store::issue::NewIssue;
use rundbrief::store::privacy_journal::{Line, PrivacyJournal, Promise};
use rundbrief::store::{self, Db};

use super::{after, confirms, operator, signs_up};
use crate::harness::{Installation, get, post};
use crate::store::ledger::{approved, frozen};
use crate::store::{HOUR, address, monday, newsletter, open, subscribed, topics};
use crate::web::{Service, key_text, keyring};

async fn issue_of(db: &Db, newsletter: i64) -> i64 {
    let new = NewIssue {
        newsletter,
        slot: None,
        send_at: None,
        state: IssueState::Draft,
        reason: None,
        window_from: None,
        entries: Vec::new(),
        texts: BTreeMap::new(),
    };
    let mut tx = db.begin().await.expect("begin");
    let issue = store::issue::add(&mut tx, &new, monday())
        .await
        .expect("add");
    tx.commit().await.expect("commit");
    issue.expect("an issue").id
}

on_both_databases! {
    /// Links name rows. After a restore, rows that were lost are not given again to others: a link
    /// from before the restore leads nowhere, and no Message-ID is used for two mails.
    async fn ids_in_links_are_not_given_twice(database: &Database) {
        let service = Service::start(database).await;
        let (before, region) = (service.db.clone(), service.region.id);
        before.close().await;
        drop(service);
        let backup = database.copy().await;

        // What happened after the backup, and is lost with the restore.
        let lost = open(database).await;
        let erika = subscribed(&lost, region, "erika@town.example", Language::De, topics(&[0])).await;
        let issue = issue_of(&lost, region).await;
        let letter = newsletter(&lost, "culture", topics(&[])).await.id;
        lost.close().await;

        // Others come after the restore.
        let restored = open(&backup).await;
        let max = subscribed(&restored, region, "max@town.example", Language::De, topics(&[0])).await;
        let again = issue_of(&restored, region).await;
        let other = newsletter(&restored, "sports", topics(&[])).await.id;
        assert_ne!((erika, issue, letter), (max, again, other));
        assert!(erika != max && issue != again && letter != other);

        let service = Service::start_restored(restored).await;
        let leave = service.token(Purpose::Unsubscribe, issue, erika);
        let change = service.token(Purpose::Preferences, issue, erika);
        let asked = get(service.at, &format!("/preferences/{change}"), &[]).await;
        assert_eq!(asked.status, 404, "{}", asked.body);
        post(service.at, &format!("/unsubscribe/{leave}"), &[], "List-Unsubscribe=One-Click").await;
        assert_eq!(service.running(max).await, [(region, 1)], "Max stays subscribed");
        service.db.close().await;
        backup.remove().await;
    }

    /// A month: a backup, a hundred join, fifty leave, ten are erased, three are never to be written to
    /// again; then the backup is restored. Nobody who left is written to, no link reaches another person,
    /// and whoever comes back stays.
    async fn a_month_after_the_backup_holds(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("promises.journal");
        let service = Service::start(database).await;
        let (region, council) = (service.region.id, service.council.id);
        let mut old = Vec::new();
        for n in 0..100 {
            let who = format!("old{n}@town.example");
            let row = subscribed(&service.db, region, &who, Language::De, topics(&[1])).await;
            subscribed(&service.db, council, &who, Language::De, topics(&[])).await;
            old.push((row, who));
        }
        let issue = issue_of(&service.db, region).await;
        service.db.close().await;
        drop(service);
        let backup = database.copy().await;

        // The month.
        let db = open(database).await;
        let lost = Service::start_kept(db, &file).await;
        let mut joined = Vec::new();
        for n in 0..100 {
            let who = format!("new{n}@town.example");
            let one = signs_up(&lost.db, region, &who, after(5)).await;
            confirms(&lost.db, region, one, &who, after(5).plus(HOUR)).await;
            joined.push((one.0, who));
        }
        lost.clock.set(after(10));
        let mut left = BTreeSet::new();
        for (row, who) in old[..35].iter().chain(&joined[..15]) {
            let link = lost.token(Purpose::Unsubscribe, issue, *row);
            let done = post(lost.at, &format!("/unsubscribe/{link}"), &[], "List-Unsubscribe=One-Click").await;
            assert_eq!(done.status, 200, "{}", done.body);
            left.insert(who.clone());
        }
        let app = app_with(&lost.db, &file);
        app.clock.set(after(12));
        for (_, who) in old[35..42].iter().chain(&joined[15..18]) {
            privacy::erase(&app, &operator(), &address(who)).await.expect("erase");
            left.insert(who.clone());
        }
        for (_, who) in &old[42..44] {
            privacy::suppress(&app, &operator(), &address(who), "on request").await.expect("suppress");
            left.insert(who.clone());
        }
        privacy::suppress(&app, &operator(), &address("stranger@town.example"), "on request").await.expect("suppress");
        let newest = issue_of(&lost.db, region).await;
        lost.db.close().await;
        drop(lost);

        // Restored: the service applies the journal before it does anything else.
        let restored = open(&backup).await;
        let app = app_with(&restored, &file);
        app.clock.set(after(20));
        let done = privacy::reapply(&app, &Actor::Job("restore"), &app.privacy_journal(), false).await.expect("reapply");
        let expected = Reapplied { lines: 63, unreadable: 0, erased: 7, suppressed: 3, left: 35 };
        assert_eq!(done, expected);
        let again = privacy::reapply(&app, &operator(), &app.privacy_journal(), true).await.expect("reapply");
        assert_eq!((again.erased, again.suppressed, again.left), (0, 0, 0), "{again:?}");

        let to_send = approved(&restored, region, topics(&[1]), false).await;
        assert_eq!(frozen(&restored, to_send).await.queued, 100 - 44);
        let mut conn = restored.read().await.expect("read");
        let rows = store::delivery::of_issue(&mut conn, to_send, None, i64::MIN, 1000).await.expect("rows");
        for row in rows {
            let to = store::subscriber::by_id(&mut conn, row.key.subscriber).await.expect("row").expect("there");
            let to = to.address.expect("an address");
            assert!(!left.contains(to.as_str()), "somebody who left is written to");
        }
        // They left one newsletter of two, and keep the other.
        let kept = store::subscription::of_subscriber(&mut conn, old[0].0).await.expect("subscriptions");
        assert_eq!(kept.iter().filter(|one| one.ended_at.is_none()).map(|one| one.newsletter).collect::<Vec<_>>(), [council]);
        drop(conn);

        // As many join anew. No link of those who were lost reaches one of them.
        let mut rows = Vec::new();
        for n in 0..100 {
            rows.push(subscribed(&restored, region, &format!("next{n}@town.example"), Language::De, topics(&[1])).await);
        }
        let service = Service::start_kept(restored, &file).await;
        for (row, _) in &joined {
            assert!(!rows.contains(row));
            for key in [newest, issue, 0] {
                let link = service.token(Purpose::Unsubscribe, key, *row);
                post(service.at, &format!("/unsubscribe/{link}"), &[], "List-Unsubscribe=One-Click").await;
                let link = service.token(Purpose::Preferences, key, *row);
                assert_eq!(get(service.at, &format!("/preferences/{link}"), &[]).await.status, 404);
            }
        }
        for row in &rows {
            assert_eq!(service.running(*row).await.len(), 1);
        }

        // Who comes back after having left stays, whatever the journal says of the time before.
        let who = &old[0].1;
        let one = signs_up(&service.db, region, who, after(21)).await;
        confirms(&service.db, region, one, who, after(21).plus(HOUR)).await;
        let erased = &old[35].1;
        let anew = signs_up(&service.db, region, erased, after(21)).await;
        confirms(&service.db, region, anew, erased, after(21).plus(HOUR)).await;
        let app = app_with(&service.db, &file);
        app.clock.set(after(22));
        let done = privacy::reapply(&app, &operator(), &app.privacy_journal(), true).await.expect("reapply");
        assert_eq!((done.erased, done.suppressed, done.left), (0, 0, 0), "{done:?}");
        assert_eq!(service.running(one.0).await.len(), 2);
        assert_eq!(service.running(anew.0).await.len(), 1);
        service.db.close().await;
        backup.remove().await;
    }

    /// The command does it by hand and says what it did; the service does it by itself when it starts.
    async fn the_command_and_the_start_apply_the_journal(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("promises.journal");
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await;
        for who in ["erika@town.example", "max@town.example"] {
            subscribed(&db, region.id, who, Language::De, topics(&[1])).await;
        }
        let journal = PrivacyJournal::at(Some(file.clone()));
        let line = |who: &str, at, what| Line { at, who: keyring(1, &[]).address_hash(&address(who)), what };
        let newsletter = region.uuid.clone();
        let left = line("erika@town.example", after(1), Promise::Left { newsletter });
        journal.append(vec![left]).await.expect("append");
        let installation = Installation::new(database)
            .with("security.key", key_text(1))
            .with("server.listen", "127.0.0.1:0")
            .with("retention.journal_file", file.display());
        let done = installation.run(["privacy", "reapply", "--json"]).json();
        assert_eq!((&done["left"], &done["erased"]), (&1.into(), &0.into()), "{done}");
        let nothing = installation.run(["privacy", "reapply", "--json"]).json();
        assert_eq!((&nothing["lines"], &nothing["left"]), (&0.into(), &0.into()), "{nothing}");

        journal.append(vec![line("max@town.example", after(2), Promise::Erased)]).await.expect("append");
        let mut serving = installation.start(["serve", "--role", "worker"]);
        let begin = std::time::Instant::now();
        let erased = async || {
            let mut conn = db.read().await.expect("read");
            let found = store::subscriber::by_address(&mut conn, &address("max@town.example")).await;
            found.expect("subscribers").is_none()
        };
        while !erased().await {
            assert!(begin.elapsed() < Duration::from_mins(1), "the start erases again");
            serving.must_run();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // It listens to signals once its jobs run.
        let runs = async || {
            let runs = store::job_run::list(&mut db.read().await.expect("read")).await;
            !runs.expect("runs of jobs").is_empty()
        };
        while !runs().await {
            assert!(begin.elapsed() < Duration::from_mins(1), "the jobs run");
            serving.must_run();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (code, log, _) = serving.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("older than the privacy journal") && !log.contains("town.example"), "{log}");
        let missing = installation.run(["privacy", "reapply", "--journal", "nowhere"]).refusal();
        assert!(missing.contains("there is no privacy journal here"), "{missing}");
    }
}

/// The operations over a database, with the privacy journal in this file.
fn app_with(db: &Db, file: &Path) -> App {
    let mut config = crate::installation::config();
    config.security.set_keyring(keyring(1, &[]));
    config.retention.journal_file = Some(file.to_owned());
    App::new(db.clone(), Clock::set_at(monday()), Arc::new(config))
}
