//! The audit log: a line for each operation, and a chain that shows any change.

use std::sync::Arc;
use std::time::Duration;

use rundbrief::app::audit::{Broken, Fault, verify};
use rundbrief::app::{Actor, App, Error, Link};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::audit::{Action, Subject, SubjectKind};
use rundbrief::store::{self, Db};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::harness::{Database, Installation};
use crate::store::{monday, open};

fn app(db: &Db) -> App {
    App::new(
        db.clone(),
        Clock::set_at(monday()),
        Arc::new(Config::from_defaults(|_| ())),
    )
}

/// Writes as many lines as there are days, one a day.
async fn filled(app: &App, days: i64) {
    for day in 0..days {
        let mut operation = app
            .begin(&Actor::Job("test"), Action::TopicAdd)
            .await
            .expect("a job may add topics");
        let subject = Subject::new(SubjectKind::Topic, format_args!("topic-{day}"));
        operation.record(subject, None, Some("Klima"));
        operation.commit().await.expect("the line is written");
        app.clock.advance(Duration::from_hours(24));
    }
}

/// Runs a statement past the program, as somebody with access to the database could.
async fn tamper(database: &Database, statements: &[&str]) {
    for statement in statements {
        let statement = AssertSqlSafe((*statement).to_owned());
        if database.is_postgres() {
            let mut connection = sqlx::PgConnection::connect(database.url())
                .await
                .expect("connects");
            connection.execute(statement).await.expect("runs");
        } else {
            let mut connection = sqlx::SqliteConnection::connect(database.url())
                .await
                .expect("connects");
            connection.execute(statement).await.expect("runs");
        }
    }
}

async fn broken(db: &Db) -> Option<(i64, Fault)> {
    let verified = verify(&mut db.read().await.expect("reads"), None)
        .await
        .expect("the log can be read");
    verified.broken.map(|Broken { seq, fault }| (seq, fault))
}

/// Lifts the trigger that keeps the program itself from changing lines.
const LIFT: [&str; 1] = ["DROP TRIGGER audit_is_append_only"];
const LIFT_POSTGRES: [&str; 1] = ["DROP TRIGGER audit_is_append_only ON audit"];

async fn lift_trigger(database: &Database) {
    let statements = if database.is_postgres() {
        LIFT_POSTGRES
    } else {
        LIFT
    };
    tamper(database, &statements).await;
}

/// A sixth line without a chain.
const COPY: &str = "INSERT INTO audit \
                    SELECT 6, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash \
                    FROM audit WHERE seq = 5";

on_both_databases! {
    /// Each column counts: whichever is changed, the line is named.
    async fn a_changed_byte_names_its_line(database: &Database) {
        let db = open(database).await;
        filled(&app(&db), 5).await;
        assert_eq!(broken(&db).await, None);
        lift_trigger(database).await;
        let changes = [
            ("after = 'Klimb'", "after = 'Klima'"),
            ("before = ''", "before = NULL"),
            ("at = at + 1", "at = at - 1"),
            ("actor_name = 'tess'", "actor_name = 'test'"),
            ("subject_id = 'topic-9'", "subject_id = 'topic-2'"),
            ("action = 'topic.ad'", "action = 'topic.add'"),
        ];
        for (change, back) in changes {
            tamper(database, &[&format!("UPDATE audit SET {change} WHERE seq = 3")]).await;
            assert_eq!(broken(&db).await, Some((3, Fault::Changed)), "{change}");
            tamper(database, &[&format!("UPDATE audit SET {back} WHERE seq = 3")]).await;
            assert_eq!(broken(&db).await, None, "{back}");
        }
    }

    async fn a_missing_or_added_line_is_named(database: &Database) {
        let db = open(database).await;
        filled(&app(&db), 5).await;
        tamper(database, &[COPY]).await;
        assert_eq!(broken(&db).await, Some((6, Fault::Added)));
        tamper(database, &["DELETE FROM audit WHERE seq = 6", "DELETE FROM audit WHERE seq = 5"]).await;
        assert_eq!(broken(&db).await, Some((5, Fault::Missing)), "the last line");
        tamper(database, &["DELETE FROM audit WHERE seq = 2"]).await;
        assert_eq!(broken(&db).await, Some((2, Fault::Missing)), "a line in between");
    }

    /// Who rewrites the whole log, chain and all, is found out by a hash that was kept elsewhere.
    async fn a_rewritten_log_lacks_the_hash_that_was_kept(database: &Database) {
        let db = open(database).await;
        let app = app(&db);
        filled(&app, 2).await;
        let mut conn = db.read().await.expect("reads");
        let head = verify(&mut conn, None).await.expect("verifies").head;
        filled(&app, 1).await;
        let verified = verify(&mut conn, Some(&head)).await.expect("verifies");
        assert_eq!(verified.holds_expected, Some(true));
        tamper(database, &[
            "DELETE FROM audit",
            "UPDATE audit_chain SET seq = 0, hash = '', anchor_seq = 0, anchor_hash = ''",
        ]).await;
        filled(&app, 3).await;
        let verified = verify(&mut conn, Some(&head)).await.expect("verifies");
        assert_eq!(verified.broken, None, "the new chain is sound in itself");
        assert_eq!(verified.holds_expected, Some(false));
    }

    async fn retention_removes_from_the_beginning_and_keeps_the_chain(database: &Database) {
        let db = open(database).await;
        let app = app(&db);
        filled(&app, 5).await;
        let cut = monday().plus(Duration::from_hours(3 * 24));
        for (limit, removed) in [(2, 2), (2, 1), (2, 0)] {
            let mut tx = db.begin().await.expect("begins");
            let gone = store::audit::remove_before(&mut tx, cut, limit).await.expect("removes");
            tx.commit().await.expect("commits");
            assert_eq!(gone, removed);
        }
        let verified = verify(&mut db.read().await.expect("reads"), None).await.expect("verifies");
        assert_eq!((verified.lines, verified.removed_until, verified.broken), (2, 3, None));
        filled(&app, 1).await;
        assert_eq!(broken(&db).await, None);
        // What is left is still bound to what is gone.
        tamper(database, &["DELETE FROM audit WHERE seq = 4"]).await;
        assert_eq!(broken(&db).await, Some((4, Fault::Missing)));
    }

    /// Operations at the same time queue at the end of the chain.
    async fn operations_at_the_same_time_make_one_chain(database: &Database) {
        let db = open(database).await;
        let app = app(&db);
        let many = (0..8).map(|_| {
            let app = app.clone();
            tokio::spawn(async move { filled(&app, 10).await })
        });
        for one in many.collect::<Vec<_>>() {
            one.await.expect("no operation fails");
        }
        let verified = verify(&mut db.read().await.expect("reads"), None).await.expect("verifies");
        assert_eq!((verified.lines, verified.broken), (80, None));
    }

    async fn who_may_not_changes_nothing(database: &Database) {
        let db = open(database).await;
        let app = app(&db);
        let reader = Actor::Reader { subscriber: 7, link: Link::Unsubscribe };
        let refused = app.begin(&reader, Action::TopicAdd).await;
        assert!(matches!(refused, Err(Error::Forbidden { actor: "reader", .. })));
        let mut operation = app.begin(&reader, Action::SubscriptionEnd).await.expect("the link's one right");
        let more = operation.record_as(Action::SubscriberErase, Subject::subscriber(7), None, None);
        assert!(matches!(more, Err(Error::Forbidden { .. })));
        drop(operation);
        let mut conn = db.read().await.expect("reads");
        assert_eq!(verify(&mut conn, None).await.expect("verifies").lines, 0);
    }

    async fn the_commands_list_and_verify(database: &Database) {
        let installation = Installation::new(database);
        assert_eq!(installation.run(["audit", "list"]).success(), "no lines\n");
        let db = open(database).await;
        filled(&app(&db), 3).await;
        let listed = installation.run(["audit", "list", "--limit", "1"]).success();
        assert_eq!(
            listed,
            "LINE  TIME                 ACTOR     THROUGH  ACTION     SUBJECT        CHANGE\n\
             3     2027-01-06 09:00:00  job test  service  topic.add  topic topic-2  Klima\n"
        );
        let found = installation.run(["audit", "list", "--id", "topic-1", "--json"]).json();
        assert_eq!(found.as_array().map(Vec::len), Some(1));
        let sound = installation.run(["audit", "verify"]).success();
        assert!(sound.starts_with("3 lines, all as they were written\n"), "{sound}");
        lift_trigger(database).await;
        tamper(database, &["UPDATE audit SET after = 'Klimb' WHERE seq = 2"]).await;
        let ended = installation.run(["audit", "verify"]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.stdout.starts_with("line 2 is not as it was written"), "{}", ended.stdout);
    }
}

/// A service manager or a container starts programs without `USER`.
#[test]
fn the_operator_is_the_user_of_the_system() {
    let fixture = Installation::without_database();
    fixture.run(["migrate"]).success();
    let add = [
        "-u",
        "USER",
        "-u",
        "LOGNAME",
        "-u",
        "SUDO_USER",
        env!("CARGO_BIN_EXE_rundbrief"),
        "topic",
        "add",
        "climate",
        "--name",
        "de=Klima",
    ];
    fixture.run_program("env", add).success();
    let user = fixture.run_program("id", ["-un"]).success();
    let lines = fixture.run(["audit", "list", "--json"]).json();
    assert_eq!(lines[0]["actor_name"], user.trim(), "{lines}");
}
