//! A short run of the drill: the command with which an administrator tests whether a crash loses
//! mails.

use crate::harness::{Database, Installation};

/// The figures of a drill without violations.
fn drill(database: &Database, arguments: &[&str]) -> serde_json::Value {
    let installation = Installation::without_database();
    let common = [
        "drill",
        "--json",
        "--readers",
        "400",
        "--database",
        database.url(),
    ];
    let figures = installation.run(common.iter().chain(arguments)).json();
    for nothing in ["lost", "phantom", "changed", "strangers"] {
        assert_eq!(figures[nothing], 0, "{figures}");
    }
    let (sent, failed, uncertain) = (
        number(&figures, "sent"),
        number(&figures, "failed"),
        number(&figures, "uncertain"),
    );
    assert_eq!(
        sent + failed + uncertain,
        number(&figures, "mails"),
        "{figures}"
    );
    assert!(
        sent > 250 && failed >= 5,
        "the receiver accepts most and refuses some: {figures}"
    );
    figures
}

fn number(figures: &serde_json::Value, name: &str) -> u64 {
    figures[name].as_u64().expect("a number")
}

on_both_databases! {
    async fn the_policy_resend_loses_no_mail(database: &Database) {
        let figures = drill(database, &["--kills", "10"]);
        assert_eq!(figures["kills"], 10);
        assert!(number(&figures, "repeated_after_answer") <= 10 * 8, "{figures}");
        let again = Installation::without_database().run(["drill", "--kills", "1", "--database", database.url()]).refusal();
        assert!(again.contains("must be empty"), "{again}");
    }

    /// The database is down for three leases while mails are in flight. Results are kept in memory
    /// until they can be written.
    async fn a_database_outage_repeats_no_mail_with_a_reply(database: &Database) {
        let figures = drill(database, &["--kills", "0", "--outage", "12"]);
        assert_eq!(figures["repeated_after_answer"], 0, "{figures}");
    }

    async fn a_drill_with_hold_repeats_nothing(database: &Database) {
        let figures = drill(database, &["--kills", "10", "--policy", "hold"]);
        assert_eq!(figures["repeated"], 0, "{figures}");
        assert!(number(&figures, "uncertain") > 0, "a kill leaves some uncertain: {figures}");
    }
}

/// Two processes on one database. `scripts/test postgres` also crashes its server, once no other
/// story needs it.
mod two_nodes {
    use super::*;

    #[test]
    #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
    fn postgres() {
        crate::harness::on(Database::postgres, async |database| {
            drill(database, &["--kills", "10", "--nodes", "2"]);
        });
    }
}

/// Neither of two processes takes over the other's mails, with clocks two minutes apart and a
/// database that is down for three leases.
mod clocks_apart_and_an_outage {
    use super::*;

    #[test]
    #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
    fn postgres() {
        crate::harness::on(Database::postgres, async |database| {
            let with = ["--nodes", "2", "--clock-skew", "120", "--outage", "15"];
            let figures = drill(database, &[&["--kills", "0"], &with[..]].concat());
            assert_eq!(figures["repeated_after_answer"], 0, "{figures}");
        });
    }
}
