//! Intended scans of large tables, each with its reason.

use super::plan::Scan;

/// The database on which a scan is intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum On {
    Both,
    Sqlite,
    Postgres,
}
use On::{Both, Postgres, Sqlite};

/// A piece of the statement, the table, and why.
pub type Entry = (&'static str, &'static str, &'static str);

const MEANT: &[(On, Entry)] = &[
    (
        Both,
        (
            "SELECT COUNT(*) FROM delivery d JOIN subscription s",
            "subscription",
            "counts the readers who got an entry before, six times at most, when an issue is checked",
        ),
    ),
    (
        Postgres,
        (
            "SELECT COUNT(*) FROM delivery d JOIN subscription s",
            "delivery",
            "the other side of that: every row of the issue that told it",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM entry_draft WHERE (staff, entry)",
            "entry_draft",
            "once an hour, over the drafts of some dozens of people",
        ),
    ),
    (
        Postgres,
        (
            "FROM staff m CROSS JOIN subscriber",
            "subscription",
            "counts the readers of a newsletter in trial, when its page is opened",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM staff_link WHERE hash IN",
            "staff_link",
            "once an hour, over links that work for two days at most",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM login_delay WHERE who IN",
            "login_delay",
            "once an hour, over delays that end within minutes",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM staff_session WHERE hash IN",
            "staff_session",
            "once an hour, over the sessions of some dozens of people",
        ),
    ),
    (
        Both,
        (
            "SELECT press_distance FROM newsletter_reminder",
            "newsletter_reminder",
            "reads one row by its primary key; a newsletter has one at most",
        ),
    ),
    (
        Postgres,
        (
            "INSERT INTO delivery_total (issue_id",
            "subscriber",
            "runs under `look_up_by_keys`, which rules this join out",
        ),
    ),
    (
        Both,
        (
            "FROM staff",
            "staff",
            "an installation has some dozens of users",
        ),
    ),
    (
        Both,
        (
            "UPDATE staff SET state = state",
            "staff",
            "locks all who may log in, some dozens of users",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox",
            "outbox",
            "once an hour, over the notices of one period of retention",
        ),
    ),
    (
        Both,
        (
            "EXISTS (SELECT 1 FROM part",
            "part",
            "stops at the first row of each issue",
        ),
    ),
    (
        Both,
        (
            "SELECT name, html, text FROM part",
            "part",
            "reads all parts of a language, once for each node that sends the issue",
        ),
    ),
    (
        Both,
        (
            "INSERT INTO delivery (issue_id",
            "subscription",
            "an audience is every running subscription of a newsletter",
        ),
    ),
    (
        Both,
        (
            "SELECT COUNT(*) FROM subscription JOIN subscriber",
            "subscription",
            "counts the audience, once for each issue",
        ),
    ),
    (
        Both,
        (
            "SELECT language, shared, COUNT(*) AS readers",
            "subscription",
            "counts the readers of each variant, when an editor looks at an issue",
        ),
    ),
    (
        Both,
        (
            "SELECT CAST(COALESCE(SUM(readers), 0) AS BIGINT), COUNT(*)",
            "subscription",
            "counts the readers of an entry, when an editor opens it or ticks a topic",
        ),
    ),
    (
        Both,
        (
            "SELECT MAX(confirmed_at) FROM subscription",
            "subscription",
            "only the demo asks, with a handful of readers",
        ),
    ),
    (
        Both,
        (
            "SELECT state, COUNT(*) FROM subscriber",
            "subscriber",
            "`subscriber list` counts everybody",
        ),
    ),
    (
        Both,
        (
            "SELECT state, COUNT(*) FROM delivery WHERE issue_id = $1 GROUP BY",
            "delivery",
            "counts an issue, once when it is sent",
        ),
    ),
    (
        Both,
        (
            "UPDATE delivery SET state = 'cancelled', finished_at = $2",
            "delivery",
            "ends all of an issue that a person cancels",
        ),
    ),
    (
        Both,
        (
            "DELETE FROM part WHERE issue_id = $1",
            "part",
            "removes all of an issue that is approved again",
        ),
    ),
    (
        Sqlite,
        (
            "SELECT e.id, e.uuid, e.kind, e.state, e.origin, o.name AS organisation",
            "entry",
            "a person looks for entries, what changed last first, up to a limit",
        ),
    ),
    (
        Both,
        (
            "SELECT e.state, COUNT(*) FROM entry e",
            "entry",
            "counts what a person looks for, without its texts",
        ),
    ),
    (
        Postgres,
        (
            "INSERT INTO delivery (issue_id",
            "subscriber",
            "an audience is read in the order of both tables",
        ),
    ),
    (
        Postgres,
        (
            "DELETE FROM subscriber WHERE state = 'pending'",
            "delivery",
            "hashes the ledger once for all that are removed, at night",
        ),
    ),
];

/// The entry that excuses a scan.
pub fn entry(kind: &str, statement: &str, scan: &Scan) -> Option<Entry> {
    entries(kind).find(|(piece, table, _)| statement.contains(piece) && scan.table == *table)
}

/// The entries for one database.
pub fn entries(kind: &str) -> impl Iterator<Item = Entry> {
    let here = if kind == "SQLite" { Sqlite } else { Postgres };
    MEANT
        .iter()
        .filter(move |(on, _)| *on == Both || *on == here)
        .map(|(_, entry)| *entry)
}
