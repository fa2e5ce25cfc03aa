//! The tables, and on PostgreSQL a million rows in each, because it plans by statistics. Values are
//! derived from the row number for any columns, so a new table needs nothing here. Keys are
//! distinct, words few. Constraints that need more are dropped first.

use std::collections::{BTreeMap, BTreeSet};

use rundbrief::store::Db;

use super::run;

const ROWS: u32 = 1_000_000;

/// Tables that stay small in any installation, so that a scan is quick.
const SMALL: &[(&str, &str)] = &[
    ("_sqlx_migrations", "one row for each migration"),
    ("audit_chain", "one row"),
    ("consent_wording", "one for each wording and language"),
    ("deputy", "made by hand, when an approver is away"),
    ("dkim_key", "a few for each sender domain"),
    ("installation", "facts about the installation"),
    ("issue", "one a week for each newsletter"),
    ("job_run", "one for each job"),
    ("leadership", "one for each duty"),
    ("newsletter", "made by hand"),
    ("newsletter_free_day", "a few for each newsletter"),
    ("newsletter_holidays", "one for each newsletter"),
    ("newsletter_text", "four for each newsletter"),
    ("organisation", "made by hand"),
    ("relay_limit", "one for each relay"),
    ("relay_window", "cleared by `forget`"),
    ("schedule_pause", "one a year for each newsletter"),
    ("sender_check", "one for each newsletter"),
    ("sender_dns", "one for each newsletter"),
    ("subscription_month", "one a month for each newsletter"),
    ("test_group", "made by hand"),
    ("topic", "63 at most"),
    ("topic_name", "63 in four languages at most"),
];

/// What the database consists of.
pub struct Tables {
    /// All but the small ones.
    pub big: BTreeSet<String>,
    /// Indexes that hold only some rows of their table.
    partial: Vec<String>,
}

impl Tables {
    pub fn is_partial(&self, index: &str) -> bool {
        self.partial.iter().any(|partial| partial == index)
    }
}

/// Reads what the tables are, and fills them on PostgreSQL.
pub async fn fill(db: &Db) -> Tables {
    let columns = columns(db).await;
    for (small, _) in SMALL {
        let exists = columns.contains_key(*small);
        assert!(exists, "there is no table {small} any more");
    }
    let is_big = |table: &String| !SMALL.iter().any(|(small, _)| *small == table);
    if let Db::Postgres(pool) = db {
        run(db, LOOSEN.to_owned()).await;
        let indexes: Vec<(String, String)> = sqlx::query_as(INDEXES)
            .fetch_all(pool)
            .await
            .expect("indexes");
        for (name, _) in &indexes {
            run(db, format!("DROP INDEX {name}")).await;
        }
        let mut work: Vec<Vec<String>> = Vec::new();
        for (table, columns) in columns
            .iter()
            .filter(|(table, _)| !table.starts_with("_sqlx"))
        {
            let rows = if is_big(table) { ROWS } else { 20 };
            let own = format!(" ON public.{table} ");
            let own = indexes.iter().filter(|(_, text)| text.contains(&own));
            let mut steps = vec![insert(table, columns, rows)];
            steps.extend(own.map(|(_, text)| text.clone()));
            steps.push(format!("VACUUM ANALYZE {table}"));
            work.push(steps);
        }
        let (one, other) = work.split_at(work.len() / 2);
        tokio::join!(run_all(db, one), run_all(db, other));
    }
    Tables {
        big: columns.into_keys().filter(is_big).collect(),
        partial: partial(db).await,
    }
}

async fn run_all(db: &Db, work: &[Vec<String>]) {
    for text in work.iter().flatten() {
        run(db, text.clone()).await;
    }
}

/// The indexes that no constraint needs: recreated after the rows, which is faster.
const INDEXES: &str = "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' \
    AND indexname NOT IN (SELECT conname FROM pg_constraint)";

/// Drops what generated rows would violate, and the write-ahead log.
const LOOSEN: &str = "DO $$ DECLARE c RECORD; BEGIN \
    FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0 LOOP \
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of, c.conname); END LOOP; \
    FOR c IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP \
    EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', c.tablename); \
    EXECUTE format('ALTER TABLE %I SET UNLOGGED', c.tablename); END LOOP; END $$";

/// Columns and their types, by table.
async fn columns(db: &Db) -> BTreeMap<String, Vec<(String, String)>> {
    let rows: Vec<(String, String, String)> = match db {
        Db::Sqlite { writer, .. } => sqlx::query_as(
            "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid",
        )
        .fetch_all(writer)
        .await,
        Db::Postgres(pool) => sqlx::query_as(
            "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
        )
        .fetch_all(pool)
        .await,
    }
    .expect("columns");
    let mut tables = BTreeMap::<String, Vec<_>>::new();
    for (table, column, of) in rows {
        tables.entry(table).or_default().push((column, of));
    }
    tables
}

fn insert(table: &str, columns: &[(String, String)], rows: u32) -> String {
    let names: Vec<_> = columns
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let values: Vec<_> = columns
        .iter()
        .map(|(name, of)| value(table, name, of))
        .collect();
    // A migration may have put rows there.
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM generate_series(1, {rows}) AS series (n) ON CONFLICT DO NOTHING",
        names.join(", "),
        values.join(", ")
    )
}

/// The value of a column, from the row number `n`.
fn value(table: &str, column: &str, of: &str) -> String {
    match (table, column) {
        ("delivery", "state") => "CASE n % 1000 WHEN 0 THEN 'queued' WHEN 1 THEN 'leased' WHEN 2 THEN 'started' WHEN 3 THEN 'uncertain' ELSE 'sent' END".to_owned(),
        ("delivery", "class") => "CASE WHEN n % 500 = 0 THEN 'policy' END".to_owned(),
        ("delivery", "leased_by" | "lease_until") => format!("CASE WHEN n % 1000 IN (1, 2) THEN {} END", plain(column, of)),
        ("subscriber", "state") => "CASE n % 100 WHEN 0 THEN 'pending' WHEN 1 THEN 'unsubscribed' WHEN 2 THEN 'suspended' ELSE 'active' END".to_owned(),
        ("subscription", "state") => "CASE n % 10 WHEN 0 THEN 'ended' ELSE 'active' END".to_owned(),
        ("entry", "state") => "CASE n % 100 WHEN 0 THEN 'submitted' ELSE 'published' END".to_owned(),
        ("entry", "kind") => "CASE n % 10 WHEN 0 THEN 'paper' WHEN 1 THEN 'meeting' WHEN 2 THEN 'event' ELSE 'news' END".to_owned(),
        // Their ends are unique.
        ("entry", "uuid") => "lpad(CAST(n AS TEXT), 36, '0')".to_owned(),
        ("signup", "confirmed_at") => "CASE WHEN n % 100 > 0 THEN n END".to_owned(),
        // Few rows are waiting.
        (_, "state") => "CASE n % 1000 WHEN 0 THEN 'queued' WHEN 1 THEN 'started' WHEN 2 THEN 'waiting' ELSE 'sent' END".to_owned(),
        _ => plain(column, of),
    }
}

fn plain(column: &str, of: &str) -> String {
    const FEW: [&str; 9] = [
        "issue_id",
        "newsletter_id",
        "organisation_id",
        "kind",
        "language",
        "method",
        "origin",
        "reason",
        "lane",
    ];
    let few = FEW.contains(&column);
    if of.contains("bool") {
        "n % 2 = 0".to_owned()
    } else if of.contains("int") {
        if few { "n % 20 + 1" } else { "n" }.to_owned()
    } else if few {
        "'x' || n % 5".to_owned()
    } else {
        "'x' || n".to_owned()
    }
}

async fn partial(db: &Db) -> Vec<String> {
    match db {
        Db::Sqlite { writer, .. } => sqlx::query_scalar(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
        )
        .fetch_all(writer)
        .await,
        Db::Postgres(pool) => sqlx::query_scalar(
            "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '% WHERE %'",
        )
        .fetch_all(pool)
        .await,
    }
    .expect("indexes")
}
