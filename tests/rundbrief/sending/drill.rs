//! The drill itself, short: the command an administrator has to see whether a crash loses anybody.

use crate::harness::{Database, Installation};

/// The figures of a drill that found nothing wrong.
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
        "the receiver takes most and refuses some: {figures}"
    );
    figures
}

fn number(figures: &serde_json::Value, name: &str) -> u64 {
    figures[name].as_u64().expect("a number")
}

on_both_databases! {
    async fn sent_again_nobody_is_lost(database: &Database) {
        let figures = drill(database, &["--kills", "10"]);
        assert_eq!(figures["kills"], 10);
        assert!(number(&figures, "repeated") <= 10 * 8 + number(&figures, "unanswered"), "{figures}");
        let again = Installation::without_database().run(["drill", "--kills", "1", "--database", database.url()]).refusal();
        assert!(again.contains("must be empty"), "{again}");
    }

    async fn held_nothing_is_repeated(database: &Database) {
        let figures = drill(database, &["--kills", "10", "--policy", "hold"]);
        assert_eq!(figures["repeated"], 0, "{figures}");
        assert!(number(&figures, "uncertain") > 0, "a kill leaves some of which nobody knows: {figures}");
    }
}

/// Two processes on one database. `scripts/test postgres` has its server crash as well, once no
/// other story needs it.
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
