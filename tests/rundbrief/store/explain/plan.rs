//! Reads query plans, and finds the parts that scan a large table.

use std::collections::BTreeMap;
use std::fmt;

use rundbrief::store::Db;
use serde_json::Value;
use sqlx::Row as _;

use super::million::Tables;

/// Columns with few distinct values, of one table or of all. A search by these alone reads a large
/// part of the table, for example all deliveries of an issue.
const COARSE: [(&str, &str); 9] = [
    ("*", "class"),
    ("*", "kind"),
    ("*", "language"),
    ("*", "newsletter_id"),
    ("*", "organisation_id"),
    ("*", "origin"),
    ("*", "state"),
    ("delivery", "issue_id"),
    ("part", "issue_id"),
];

/// A part of a plan that reads a large table, or a large part of it.
#[derive(Debug)]
pub struct Scan {
    pub table: String,
    /// The part of the plan that says so.
    pub how: String,
    /// The whole plan, for the message.
    pub plan: String,
}

impl fmt::Display for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table, self.how)
    }
}

/// The scans of large tables in a statement's plan; an error where it is no statement.
pub async fn scans(db: &Db, tables: &Tables, statement: &str) -> sqlx::Result<Vec<Scan>> {
    match db {
        Db::Sqlite { .. } => of_sqlite(db, tables, statement).await,
        Db::Postgres(_) => of_postgres(db, tables, statement).await,
    }
}

/// SQLite plans by the schema and by the statistics of ANALYZE. No installation runs ANALYZE, and
/// without it SQLite assumes a million rows (1,048,576) in every table.
async fn of_sqlite(db: &Db, tables: &Tables, statement: &str) -> sqlx::Result<Vec<Scan>> {
    let Db::Sqlite { writer, .. } = db else {
        unreachable!("SQLite")
    };
    let text = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let rows = sqlx::raw_sql(text).fetch_all(writer).await?;
    let lines: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    let names = aliases(statement, tables);
    let plan = lines.join("; ");
    let sorted = lines
        .iter()
        .any(|line| line.contains("FOR ORDER BY") || line.contains("FOR GROUP BY"));
    let limited = statement.contains(" LIMIT ") && !sorted;
    let mut found = Vec::new();
    for line in lines {
        let mut words = line.split(' ');
        let how = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        // Not in the statement: a table whose rows go with what is deleted, or are looked for after an
        // insert, but only while a foreign key is violated, and here none ever is.
        let other = if statement.starts_with("DELETE") {
            name
        } else {
            ""
        };
        let table = names.get(name).map_or(other, String::as_str);
        if !tables.big.contains(table) {
            continue;
        }
        let index = line
            .split_once("INDEX ")
            .and_then(|(_, rest)| rest.split(' ').next());
        let partial = index.is_some_and(|index| tables.is_partial(index));
        let conditions = line
            .rsplit_once(" (")
            .map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let whole = match how {
            "SCAN" => !partial,
            "SEARCH" => {
                line.contains("AUTOMATIC")
                    || (!partial && !limited && is_coarse(table, conditions.split(" AND ")))
            }
            _ => false,
        };
        if whole {
            found.push(Scan {
                table: table.to_owned(),
                how: line.clone(),
                plan: plan.clone(),
            });
        }
    }
    Ok(found)
}

/// Whether every one of these conditions (`issue_id=?`) compares a coarse column.
fn is_coarse<'a>(table: &str, conditions: impl Iterator<Item = &'a str>) -> bool {
    let column = |condition: &'a str| {
        let text = condition.trim_matches(['(', ')', ' ']);
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let is_coarse = |column: String| {
        COARSE.contains(&("*", column.as_str())) || COARSE.contains(&(table, column.as_str()))
    };
    conditions.map(column).all(is_coarse)
}

/// The tables by the names they have in a statement.
fn aliases(statement: &str, tables: &Tables) -> BTreeMap<String, String> {
    const NOT_NAMES: [&str; 14] = [
        "ON",
        "WHERE",
        "SET",
        "JOIN",
        "CROSS",
        "LEFT",
        "ORDER",
        "GROUP",
        "USING",
        "VALUES",
        "SELECT",
        "LIMIT",
        "UNION",
        "RETURNING",
    ];
    let words: Vec<&str> = statement
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut names = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if !tables.big.contains(*word) {
            continue;
        }
        names.insert((*word).to_owned(), (*word).to_owned());
        let mut next = words[at + 1..].iter().skip_while(|word| **word == "AS");
        if let Some(alias) = next.next().filter(|word| !NOT_NAMES.contains(word)) {
            names
                .entry((*alias).to_owned())
                .or_insert_with(|| (*word).to_owned());
        }
    }
    names
}

/// The plan for unknown parameters: PostgreSQL guesses them, the same way every time.
async fn of_postgres(db: &Db, tables: &Tables, statement: &str) -> sqlx::Result<Vec<Scan>> {
    let first = postgres_plan(db, statement, true).await?;
    let mut found = Vec::new();
    postgres_scans(&first, None, false, tables, &mut found);
    if !found.is_empty() {
        // A guess of a third of the table makes a scan look cheap. Whether an index would serve:
        found.clear();
        let second = postgres_plan(db, statement, false).await?;
        postgres_scans(&second, None, false, tables, &mut found);
        let plan = summary(&second);
        for scan in &mut found {
            scan.plan.clone_from(&plan);
        }
    }
    Ok(found)
}

async fn postgres_plan(db: &Db, statement: &str, may_scan: bool) -> sqlx::Result<Value> {
    let Db::Postgres(pool) = db else {
        unreachable!("PostgreSQL")
    };
    let parameters = (1..40)
        .take_while(|n| statement.contains(&format!("${n}")))
        .count();
    let nulls = vec!["NULL"; parameters].join(", ");
    let nulls = if nulls.is_empty() {
        nulls
    } else {
        format!("({nulls})")
    };
    let text = format!(
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = {may_scan}; PREPARE explained AS {statement}; \
         EXPLAIN (FORMAT JSON) EXECUTE explained{nulls}"
    );
    let mut conn = pool.acquire().await.expect("a connection").detach();
    let row = sqlx::raw_sql(sqlx::AssertSqlSafe(text))
        .fetch_one(&mut conn)
        .await?;
    let json: String = row.try_get_unchecked(0).expect("a plan");
    let mut plan: Value = serde_json::from_str(&json).expect("JSON");
    Ok(plan[0]["Plan"].take())
}

/// Walks down a plan. `above` is the table that the node above reads with what this one finds,
/// `limited` says that nothing between here and a LIMIT needs all rows.
fn postgres_scans(
    node: &Value,
    above: Option<&str>,
    limited: bool,
    tables: &Tables,
    found: &mut Vec<Scan>,
) {
    let text = |key: &str| node[key].as_str();
    let kind = text("Node Type").unwrap_or_default();
    let table = text("Relation Name").or(above);
    let index = text("Index Name");
    let condition = text("Index Cond");
    let partial = index.is_some_and(|index| tables.is_partial(index));
    let whole = match kind {
        "Seq Scan" => true,
        "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => {
            !partial
                && !limited
                && condition.is_none_or(|condition| {
                    is_coarse(table.unwrap_or_default(), condition.split(" AND "))
                })
        }
        _ => false,
    };
    if let Some(table) = table.filter(|table| whole && tables.big.contains(*table)) {
        let how = format!(
            "{kind} {} {}",
            index.unwrap_or_default(),
            condition.unwrap_or_default()
        );
        found.push(Scan {
            table: table.to_owned(),
            how: how.trim_end().to_owned(),
            plan: String::new(),
        });
    }
    let limited = match kind {
        "Limit" => true,
        "Sort" | "Aggregate" | "Hash" | "Materialize" | "WindowAgg" | "Bitmap Heap Scan" => false,
        _ => limited,
    };
    for child in node["Plans"].as_array().into_iter().flatten() {
        postgres_scans(child, table, limited, tables, found);
    }
}

/// The nodes of a plan in one line.
fn summary(node: &Value) -> String {
    let said = ["Node Type", "Relation Name", "Index Name", "Index Cond"]
        .map(|key| node[key].as_str().unwrap_or_default());
    let own = said.join(" ").trim_end().to_owned();
    let below: Vec<_> = node["Plans"]
        .as_array()
        .into_iter()
        .flatten()
        .map(summary)
        .collect();
    if below.is_empty() {
        own
    } else {
        format!("{own} [{}]", below.join("; "))
    }
}
