//! Every statement of the store, explained on tables of a million rows: a statement that scans a
//! large table fails the test, unless [`meant`] has the reason.
//!
//! There is no list of statements. The tests of the store run again, each in a process that records
//! what sqlx runs ([`crate::harness::statements`]), and the string literals of `src/store` identify
//! the product's statements. A literal that no test runs is explained by itself if it is a whole
//! statement; if it is a part of one, this test fails and asks for a test. So every new statement
//! is covered.

mod literals;
mod meant;
mod million;
mod plan;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use rundbrief::store::Db;

use super::open;
use crate::harness::{Database, statements};

on_both_databases! {
    async fn no_statement_scans_a_large_table_unless_intended(database: &Database) {
        let (statements, pieces) = product_statements(database.is_postgres());
        assert!(statements.len() > 80, "{} statements", statements.len());
        let db = open(database).await;
        let tables = million::fill(&db).await;
        let mut findings = Findings::default();
        for statement in &statements {
            let scans = plan::scans(&db, &tables, statement).await;
            findings.add(db.kind(), statement, scans.unwrap_or_else(|error| panic!("{error}: {statement}")));
        }
        let mut unseen = Vec::new();
        for literal in pieces {
            match plan::scans(&db, &tables, &literal.text).await {
                Ok(scans) => findings.add(db.kind(), &literal.text, scans),
                Err(_) => unseen.push(format!("src/store/{}:{}: {}", literal.file, literal.line, literal.text)),
            }
        }
        findings.check(db.kind());
        assert!(
            unseen.is_empty(),
            "no story in tests/rundbrief/store runs a statement with these in it; write one, so that it can be explained:\n{}",
            unseen.join("\n")
        );
    }
}

/// Deleting a row searches for referencing rows, once for each row.
#[tokio::test]
async fn referencing_rows_are_found_by_an_index() {
    let database = Database::sqlite().await;
    let db = open(&database).await;
    let Db::Sqlite { writer, .. } = &db else {
        panic!("SQLite")
    };
    let unindexed: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
         WHERE m.type = 'table' AND f.on_delete <> 'NO ACTION' AND f.seq = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) i, \
         pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f.\"from\") \
         AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) k WHERE k.name = f.\"from\" AND k.pk = 1)",
    )
    .fetch_all(writer)
    .await
    .expect("foreign keys");
    assert_eq!(unindexed, []);
}

/// What was found in the plans.
#[derive(Default)]
struct Findings {
    unmeant: Vec<String>,
    /// Entries whose statement was there.
    known: BTreeSet<meant::Entry>,
    /// Entries whose statement goes through the table.
    excused: BTreeSet<meant::Entry>,
}

impl Findings {
    fn add(&mut self, kind: &str, statement: &str, scans: Vec<plan::Scan>) {
        let about = meant::entries(kind).filter(|(piece, ..)| statement.contains(piece));
        self.known.extend(about);
        for scan in scans {
            match meant::entry(kind, statement, &scan) {
                Some(entry) => {
                    self.excused.insert(entry);
                }
                None => self.unmeant.push(format!(
                    "{scan}\n    in: {statement}\n    plan: {}",
                    scan.plan
                )),
            }
        }
    }

    fn check(&self, kind: &str) {
        assert!(
            self.unmeant.is_empty(),
            "{} scans on {kind} that are not meant. Add an index, or a reason to explain/meant.rs:\n{}",
            self.unmeant.len(),
            self.unmeant.join("\n")
        );
        let idle: Vec<_> = self.known.difference(&self.excused).collect();
        assert!(
            idle.is_empty(),
            "explain/meant.rs excuses what is no scan on {kind} any more: {idle:?}"
        );
    }
}

/// The statements of `src/store` that its tests run on this database, and the SQL literals in none
/// of them.
fn product_statements(postgres: bool) -> (BTreeSet<String>, Vec<literals::Literal>) {
    let known = literals::of_store();
    let mut found = BTreeSet::new();
    let mut used = BTreeSet::<usize>::new();
    for text in record_stories(postgres) {
        let parts = literals::parts(&known, &text);
        used.extend(&parts);
        if !parts.is_empty() && literals::begins_like_a_statement(&text) {
            found.insert(text);
        }
    }
    let unused = known.into_iter().enumerate().filter(|(index, literal)| {
        literal.is_sql() && literal.is_for(postgres) && !used.contains(index)
    });
    (found, unused.map(|(_, literal)| literal).collect())
}

/// Runs the stories of the store on one database; everything that sqlx ran. Each has a process of its
/// own, as with nextest.
fn record_stories(postgres: bool) -> BTreeSet<String> {
    const SIDE_BY_SIDE: usize = 4;
    let file = tempfile::NamedTempFile::new().expect("a file");
    let stories = stories(postgres);
    std::thread::scope(|scope| {
        for part in stories.chunks(stories.len().div_ceil(SIDE_BY_SIDE)) {
            let path = file.path();
            scope.spawn(move || part.iter().for_each(|story| record_story(story, path)));
        }
    });
    let recorded = std::fs::read_to_string(file.path()).expect("recorded");
    let texts = recorded.split(statements::END).map(str::to_owned);
    texts.filter(|text| !text.is_empty()).collect()
}

/// The names of the stories of the store, this test left out.
fn stories(postgres: bool) -> Vec<String> {
    let listed = this_program(&["--list", "--format", "terse"]).output();
    let listed = String::from_utf8(listed.expect("a list").stdout).expect("UTF-8");
    let names = listed
        .lines()
        .filter_map(|line| line.strip_suffix(": test"));
    names
        .filter(|name| name.starts_with("store::") && !name.starts_with("store::explain"))
        .filter(|name| name.ends_with("::postgres") == postgres)
        .map(str::to_owned)
        .collect()
}

fn record_story(name: &str, file: &Path) {
    let mut story = this_program(&["--exact", name, "--include-ignored"]);
    let done = story
        .env(statements::FILE, file)
        .output()
        .expect("a story runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{name} fails by itself:\n{said}");
}

fn this_program(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(arguments);
    command
}

/// Runs statements of this test.
async fn run(db: &Db, text: String) {
    let text = sqlx::AssertSqlSafe(text);
    match db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql(text).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::raw_sql(text).execute(pool).await.map(|_| ()),
    }
    .expect("a statement of the test");
}
