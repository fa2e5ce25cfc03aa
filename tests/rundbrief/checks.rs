//! The checks of an issue at the command line: what blocks an approval, what a person may accept, and
//! what is kept as evidence.

use rundbrief::app::Actor;
use rundbrief::app::issues::{self, ApprovalTerms, IssueError};
use rundbrief::domain::issue::IssueName;
use serde_json::Value;

use crate::commands::{installation, set_up};
use crate::harness::Installation;
use crate::store::open;

/// 4 December 2026 is a Friday.
const WRONG: &str = r#"<rss version="2.0"><channel><title>Kammer</title><language>de</language>
<item><guid>1</guid><title>Energieberatung</title><description>Die Beratung ist am Donnerstag, 4. Dezember 2026, um 14 Uhr.</description></item>
</channel></rss>"#;

fn composed(database: &crate::harness::Database) -> Installation {
    let house = installation(database);
    set_up(&house);
    let import = ["import", "feed", "-", "--publish", "--topic", "economy"];
    house.run_with_input(import, WRONG.as_bytes()).success();
    house.run(["issue", "compose", "region"]).success();
    house
}

fn finding<'a>(checked: &'a Value, code: &str) -> &'a Value {
    let findings = checked["findings"].as_array().expect("findings");
    let found = findings.iter().find(|one| one["code"] == code);
    found.unwrap_or_else(|| panic!("no {code} in {checked:#}"))
}

on_both_databases! {
    async fn what_would_harm_readers_blocks_the_approval_until_somebody_accepts_it(database: &Database) {
        let house = composed(database);
        let checked = house.run(["issue", "check", "region/1", "--json"]).json();
        let wrong = finding(&checked, "weekday-wrong");
        assert_eq!((&wrong["severity"], &wrong["day"]), (&"blocks".into(), &"2026-12-04".into()));
        assert_eq!(wrong["place"]["title"], "Energieberatung");
        assert_eq!(checked["may_be_approved"], false);

        let refused = house.run(["issue", "approve", "region/1"]).refusal();
        assert!(refused.contains("4 December 2026 is a Friday"), "{refused}");
        let refused = house.run(["issue", "send", "region/1", "--queue"]).refusal();
        assert!(refused.contains("rundbrief issue check"), "{refused}");
        let shown = house.run(["issue", "show", "region/1", "--json"]).json();
        assert_ne!(shown["state"], "approved");

        let key = wrong["key"].as_str().expect("a key");
        let empty = house.run(["issue", "check", "region/1", "--accept", key, "--reason", " "]).refusal();
        assert!(empty.contains("write why"), "{empty}");
        let other = house.run(["issue", "check", "region/1", "--accept", "0123456789ab", "--reason", "So."]).refusal();
        assert!(other.contains("no finding"), "{other}");
        let accept = ["issue", "check", "region/1", "--accept", key, "--reason", "Ein Zitat.", "--json"];
        let checked = house.run(accept).json();
        assert_eq!(finding(&checked, "weekday-wrong")["accepted"]["reason"], "Ein Zitat.");
        assert_eq!(checked["may_be_approved"], true);

        let reopened = house.run(["issue", "check", "region/1", "--unaccept", key, "--json"]).json();
        assert_eq!(reopened["may_be_approved"], false);
        house.run(accept).success();
        house.run(["issue", "approve", "region/1"]).success();

        // Evidence: what was found when it was approved, and who accepted what.
        let kept = house.run(["issue", "check", "region/1", "--json"]).json();
        assert_eq!(finding(&kept, "weekday-wrong")["accepted"]["reason"], "Ein Zitat.");
        assert_eq!(kept["content"], checked["content"]);
        let late = house.run(["issue", "check", "region/1", "--unaccept", key]).refusal();
        assert!(late.contains("approved"), "{late}");
        let text = house.run(["issue", "check", "region/1"]).success();
        assert!(text.contains("accepted by") && text.contains("can be approved"), "{text}");
    }

    /// Nobody is there to judge what the schedule releases, and a newsletter that stops because of a
    /// quotation would harm its readers more.
    async fn a_job_is_not_stopped_by_what_a_person_would_judge(database: &Database) {
        let house = composed(database);
        let db = open(database).await;
        let app = crate::installation::app(&db, crate::installation::config());
        let name: IssueName = "region/1".parse().expect("a name");
        let blocked = issues::approve(&app, &Actor::operator(), &name, &ApprovalTerms::default()).await;
        assert!(matches!(blocked, Err(IssueError::NotApproved(_))), "{blocked:?}");
        let mut conn = db.read().await.expect("read");
        let (_, issue) = rundbrief::app::lookup::issue(&mut conn, &name).await.expect("an issue");
        let blocking = issues::checks::blocking(&app, &mut conn, &issue, app.clock.now()).await.expect("checks");
        assert_eq!(blocking.len(), 1);
        drop(conn);
        issues::approve(&app, &Actor::Job("schedule"), &name, &ApprovalTerms::default()).await.expect("released");
        let kept = house.run(["issue", "check", "region/1", "--json"]).json();
        assert_eq!(finding(&kept, "weekday-wrong")["severity"], "blocks");
        db.close().await;
    }

    /// The number at the tab is there before anybody has looked.
    async fn a_job_checks_what_waits_and_writes_what_has_changed(database: &Database) {
        let house = composed(database);
        let db = open(database).await;
        let mut config = crate::installation::config();
        config.newsroom.link_check = false;
        let app = crate::installation::app(&db, config);
        let actor = Actor::Job("check-issues");
        let now = app.clock.now();
        let first = issues::checks::check_waiting(&app, &actor, now).await.expect("checks");
        assert_eq!((first.issues, first.links), (1, 0));
        let again = issues::checks::check_waiting(&app, &actor, now).await.expect("checks");
        assert_eq!(again.issues, 0);
        let name: IssueName = "region/1".parse().expect("a name");
        let mut conn = db.read().await.expect("read");
        let (_, issue) = rundbrief::app::lookup::issue(&mut conn, &name).await.expect("an issue");
        let open = issues::checks::last_open(&mut conn, &issue).await.expect("read");
        assert!(open.is_some_and(|open| open >= 1), "{open:?}");
        drop(conn);
        let lines = house.run(["audit", "list", "--action", "issue.check", "--json"]).json();
        assert_eq!(lines.as_array().map(Vec::len), Some(0));
        db.close().await;
    }
}
