//! Both folders of migrations create the same tables; opening and migrating.

use std::collections::BTreeSet;

use rundbrief::store::{self, Db, Location, StoreError};
use sqlx::migrate::Migrator;
use sqlx::{Connection, Row};

use crate::harness::Database;

use super::{location, monday, open};

on_both_databases! {
    /// Opening a connection for reading does not wait for whoever writes.
    async fn readers_are_opened_while_somebody_writes(database: &Database) {
        let db = Db::connect(&location(database), 4).await.expect("connect");
        let tx = db.begin().await.expect("begin");
        let mut readers = Vec::new();
        for _ in 0..3 {
            readers.push(db.read().await.expect("a reader"));
        }
        drop((readers, tx));
    }

    /// Migrating twice does nothing the second time.
    async fn migrating_again_changes_nothing(database: &Database) {
        let db = Db::connect(&location(database), 2).await.expect("connect");
        let first = db.migrate().await.expect("migrate");
        assert_eq!(first.before, 0);
        assert!(first.now >= 1);
        let second = db.migrate().await.expect("migrate again");
        assert_eq!((second.before, second.now), (first.now, first.now));
    }

    /// Migrating keeps the rows of an older ledger and its constraints.
    async fn migrations_keep_the_ledger(database: &Database) {
        let db = Db::connect(&location(database), 2).await.expect("connect");
        migrate_up_to(&db, 4).await;
        execute(&db, BEFORE).await.expect("rows");
        let kept = ledger(&db).await;
        assert_eq!(kept.len(), 2);
        let migrated = db.migrate().await.expect("migrate");
        assert!(migrated.before == 4 && migrated.now > 4, "{migrated:?}");
        assert_eq!(ledger(&db).await, kept);
        for nonsense in [
            "UPDATE delivery SET state = 'nonsense'",
            "UPDATE delivery SET class = 'nonsense'",
            "UPDATE delivery SET topics = -1",
            "UPDATE delivery SET subscriber_id = 1",
        ] {
            execute(&db, nonsense).await.expect_err(nonsense);
        }
    }

    /// Versions of entries stay; the last one has the picture that its entry shows, of others nothing is known.
    async fn migrations_keep_versions(database: &Database) {
        use rundbrief::domain::picture::VersionPicture;
        let db = Db::connect(&location(database), 2).await.expect("connect");
        migrate_up_to(&db, 31).await;
        execute(&db, VERSIONS).await.expect("rows");
        db.migrate().await.expect("migrate");
        let mut conn = db.read().await.expect("read");
        for (entry, latest) in [(1, 2), (2, 1)] {
            assert_eq!(store::entry_version::latest(&mut conn, entry).await.expect("latest"), latest);
        }
        let mut pictures = Vec::new();
        for (entry, number) in [(1, 1), (1, 2), (2, 1)] {
            pictures.push(store::entry_version_picture::get(&mut conn, entry, number).await.expect("get"));
        }
        assert!(matches!(&pictures[..], [VersionPicture::Unknown, VersionPicture::Shown(shown), VersionPicture::Without] if shown.focus.x == 20), "{pictures:?}");
    }

    /// A database of a newer version is not changed, and the error says so.
    async fn a_newer_database_is_refused(database: &Database) {
        let db = open(database).await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                      VALUES (9999, 'from the future', TRUE, $1, 0)";
        match &db {
            Db::Sqlite { writer, .. } => { sqlx::query(insert).bind(&b"x"[..]).execute(writer).await.expect("insert"); }
            Db::Postgres(pool) => { sqlx::query(insert).bind(&b"x"[..]).execute(pool).await.expect("insert"); }
        }
        db.close().await;
        let refused = Db::open(&location(database), 2).await.err().expect("a newer database is refused");
        assert!(matches!(refused, StoreError::Newer(9999)), "{refused}");
        assert!(refused.to_string().contains("newer version of Rundbrief"), "{refused}");
    }

    /// A dropped transaction is rolled back.
    async fn a_dropped_transaction_is_rolled_back(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure");
        drop(tx);
        let mut conn = db.read().await.expect("read");
        assert_eq!(store::organisation::list(&mut conn).await.expect("list"), []);
    }

    /// Concurrent transactions that read and then write are queued; none fails because of a lock.
    async fn writers_wait_for_each_other(database: &Database) {
        let db = open(database).await;
        let tasks: Vec<_> = (0..8).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                for round in 0..10 {
                    let mut tx = db.begin().await?;
                    store::organisation::list(&mut tx).await?;
                    store::organisation::ensure(&mut tx, &format!("{n}-{round}"), monday()).await?;
                    tx.commit().await?;
                }
                Ok::<_, StoreError>(())
            })
        }).collect();
        for task in tasks {
            task.await.expect("no panic").expect("no lock error");
        }
        let mut conn = db.read().await.expect("read");
        assert_eq!(store::organisation::list(&mut conn).await.expect("list").len(), 80);
    }

    /// The first value of a key stays.
    async fn installation_facts_are_set_once(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::installation::get(&mut tx, "a").await.expect("get"), None);
        assert_eq!(store::installation::get_or_set(&mut tx, "a", "1").await.expect("set"), "1");
        assert_eq!(store::installation::get_or_set(&mut tx, "a", "2").await.expect("set"), "1");
        assert_eq!(store::installation::get(&mut tx, "a").await.expect("get").as_deref(), Some("1"));
    }
}

/// An issue that went to one reader and was refused by another, before the fifth migration.
const BEFORE: &str = "\
    INSERT INTO newsletter (id, uuid, key, sender_name, sender_address, topics, zone, compose_lead, catch_up, approval, \
    horizon, on_uncertain, slots_until, created_at) \
    VALUES (1, 'n', 'n', 'N', 'n@x.example', 1, 'Europe/Berlin', 0, 0, 'required', 0, 'hold', 0, 0); \
    INSERT INTO issue (id, uuid, newsletter_id, number, state, window_to, topics, for_everyone, composed_at, skipped) \
    VALUES (1, 'i', 1, 1, 'sent', 0, 1, TRUE, 0, 0); \
    INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
    VALUES (1, 'a', 'a@x.example', 'a@x.example', 'de', 'active', 0), (2, 'b', 'b@x.example', 'b@x.example', 'fr', 'active', 0); \
    INSERT INTO delivery (issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at, leased_by, started_at, \
    finished_at, relay, reply_code, reply_status, reply, class, first_at) \
    VALUES (1, 1, 'de', 1, 'sent', 1, 5, 'w', 6, 7, 'relay.example', 250, '2.0.0', 'ok', NULL, 6), \
    (1, 2, 'fr', 1, 'failed', 2, 5, 'w', 6, 8, 'relay.example', 550, '5.1.1', 'unknown', 'no-such-mailbox', 4)";

/// Two entries with versions, before versions held pictures; the first shows one.
const VERSIONS: &str = "\
    INSERT INTO organisation (id, uuid, name, created_at) VALUES (1, 'o', 'Stadt', 0); \
    INSERT INTO entry (id, uuid, organisation_id, kind, state, origin, original, all_day, pinned, topics, content_hash, created_at, updated_at) \
    VALUES (1, '01900000-0000-7000-8000-00000000000a', 1, 'news', 'draft', 'own', 'de', FALSE, FALSE, 0, '', 0, 0), (2, '01900000-0000-7000-8000-00000000000b', 1, 'news', 'draft', 'own', 'de', FALSE, FALSE, 0, '', 0, 0); \
    INSERT INTO picture (hash, width, height, format, created_at) VALUES ('00000000000000000000000000000001', 3, 2, 'png', 0); \
    INSERT INTO entry_picture (entry_id, purpose, hash, focus_x, focus_y) VALUES (1, 'lead', '00000000000000000000000000000001', 20, 80); \
    INSERT INTO entry_version (entry_id, number, at, actor, actor_name, reason, content) VALUES \
    (1, 1, 0, 'user', 'u', 'kept', '{}'), (1, 2, 0, 'user', 'u', 'written', '{}'), (2, 1, 0, 'user', 'u', 'kept', '{}')";

type Line = (
    i64,
    i64,
    String,
    String,
    i64,
    String,
    Option<String>,
    Option<i64>,
);

async fn ledger(db: &Db) -> Vec<Line> {
    let text = "SELECT issue_id, subscriber_id, language, state, attempts, reply, class, first_at FROM delivery ORDER BY 1, 2";
    match db {
        Db::Sqlite { writer, .. } => sqlx::query_as(text).fetch_all(writer).await,
        Db::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await,
    }
    .expect("the ledger")
}

async fn execute(db: &Db, statements: &'static str) -> sqlx::Result<()> {
    match db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql(statements).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::raw_sql(statements).execute(pool).await.map(|_| ()),
    }
}

/// Migrates an empty database to an older version.
async fn migrate_up_to(db: &Db, newest: i64) {
    let dialect = match db {
        Db::Sqlite { .. } => "sqlite",
        Db::Postgres(_) => "postgres",
    };
    let all = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(dialect);
    let mut migrator = Migrator::new(all).await.expect("migrations");
    migrator
        .migrations
        .to_mut()
        .retain(|one| one.version <= newest);
    match db {
        Db::Sqlite { writer, .. } => migrator.run(writer).await,
        Db::Postgres(pool) => migrator.run(pool).await,
    }
    .expect("migrate");
}

/// Names of all tables with their columns: `table.column`.
async fn columns(db: &Db) -> BTreeSet<String> {
    let name = |table: String, column: String| format!("{table}.{column}");
    match db {
        Db::Sqlite { writer, .. } => sqlx::query(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        )
        .fetch_all(writer)
        .await
        .expect("columns")
        .iter()
        .map(|row| name(row.get(0), row.get(1)))
        .collect(),
        Db::Postgres(pool) => {
            sqlx::query("SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'")
                .fetch_all(pool)
                .await
                .expect("columns")
                .iter()
                .map(|row| name(row.get(0), row.get(1)))
                .collect()
        }
    }
}

/// Names of all indexes that the migrations name themselves.
async fn indexes(db: &Db) -> BTreeSet<String> {
    let text = |rows: Vec<String>| {
        rows.into_iter()
            .filter(|name| !name.contains("_sqlx_"))
            .collect()
    };
    match db {
        Db::Sqlite { writer, .. } => text(
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
                .fetch_all(writer)
                .await
                .expect("indexes"),
        ),
        Db::Postgres(pool) => text(
            sqlx::query_scalar(
                "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'",
            )
            .fetch_all(pool)
            .await
            .expect("indexes"),
        ),
    }
}

mod both_folders_make_the_same_tables {
    use super::*;

    #[tokio::test]
    #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
    async fn postgres() {
        let (here, there) = (Database::sqlite().await, Database::postgres().await);
        let (sqlite, postgres) = (open(&here).await, open(&there).await);
        assert_eq!(columns(&sqlite).await, columns(&postgres).await);
        assert_eq!(indexes(&sqlite).await, indexes(&postgres).await);
        let seen = columns(&sqlite).await.contains("delivery.reply_status");
        assert!(seen, "the comparison sees the tables");
    }
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Sehr geehrte Damen und Herren, ".repeat(100)).expect("write");
    let refused = Db::open(&Location::Sqlite(path.clone()), 2)
        .await
        .err()
        .expect("refused");
    assert!(refused.to_string().contains("not a database"), "{refused}");
    assert!(
        std::fs::read_to_string(&path)
            .expect("read")
            .starts_with("Sehr geehrte"),
        "it is not changed"
    );
}

#[tokio::test]
async fn a_password_in_a_wrong_url_is_not_repeated() {
    let wrong = Location::Postgres("postgres//user:geheim@host/x".to_owned());
    let refused = Db::connect(&wrong, 2).await.err().expect("refused");
    assert!(!refused.to_string().contains("geheim"), "{refused}");
}

/// A commit must survive a power cut: it is on the disk.
#[tokio::test]
async fn sqlite_commits_reach_the_disk() {
    let database = Database::sqlite().await;
    let db = open(&database).await;
    let Db::Sqlite { writer, .. } = &db else {
        panic!("SQLite")
    };
    let mut conn = writer.acquire().await.expect("acquire");
    let pragma = |name: &'static str| format!("PRAGMA {name}");
    for (name, wanted) in [
        ("synchronous", 2_i64),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ] {
        let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(pragma(name)))
            .fetch_one(&mut *conn)
            .await
            .expect(name);
        assert_eq!(found, wanted, "{name}");
    }
    conn.ping().await.expect("still there");
}

mod postgres_commits_reach_the_disk {
    use super::*;

    /// Overrides a weaker server default; a stronger one stays.
    #[tokio::test]
    #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
    async fn postgres() {
        let database = Database::postgres().await;
        for (default, expected) in [
            ("off", "on"),
            ("local", "on"),
            ("remote_write", "on"),
            ("on", "on"),
            ("remote_apply", "remote_apply"),
        ] {
            let db = Db::connect(&location(&database), 2).await.expect("connect");
            let Db::Postgres(pool) = &db else {
                panic!("PostgreSQL")
            };
            let name: String = sqlx::query_scalar("SELECT current_database()::text")
                .fetch_one(pool)
                .await
                .expect("name");
            let set = format!("ALTER DATABASE {name} SET synchronous_commit = {default}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(set))
                .execute(pool)
                .await
                .expect("a default");
            db.close().await;

            let db = Db::connect(&location(&database), 2).await.expect("connect");
            let Db::Postgres(pool) = &db else {
                panic!("PostgreSQL")
            };
            let found: String = sqlx::query_scalar("SHOW synchronous_commit")
                .fetch_one(pool)
                .await
                .expect("show");
            assert_eq!(found, expected, "where the default is {default}");
        }
    }
}

/// The file contains addresses: only its owner can read it.
#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deeper/rundbrief.db");
    Db::open(&Location::Sqlite(path.clone()), 2)
        .await
        .expect("open");
    let mode = std::fs::metadata(&path).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
