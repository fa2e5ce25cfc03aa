//! A variant is rendered once: every node and every attempt sends the same bytes.

use rundbrief::digest::MailContext;
use rundbrief::digest::mails::{IssueMails, MailError};
use rundbrief::domain::language::{Language, LanguageTag};
use rundbrief::domain::topic::TopicSet;
use rundbrief::store;
use rundbrief::store::variant::VariantKey;

use super::{let_go, next, told};
use crate::installation::{config, mail_context, publish};
use crate::store::{monday, newsletter, open, subscribed};

on_both_databases! {
    async fn the_same_bytes_after_a_restart_and_after_a_change(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "region", TopicSet::EMPTY).await;
        let now = monday();
        let entry = publish(&db, &told(&[("de", "Wie es war"), ("fr", "Comme c’était")], TopicSet::EMPTY), now).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let issue = next(&db, &mail_context(), &of, now).await;
        let key = |language| VariantKey { issue: issue.id, language, topics: TopicSet::EMPTY };
        let early = IssueMails::new(db.clone(), mail_context()).prepared(key(Language::De)).await;
        assert!(matches!(early, Err(MailError::ApprovalInvalidated(_) | MailError::NotSending(_))), "nothing is approved yet");
        let_go(&db, &mail_context(), &issue, now).await;

        let mails = IssueMails::new(db.clone(), mail_context());
        let (first, at_the_same_time) = tokio::join!(mails.prepared(key(Language::De)), mails.prepared(key(Language::De)));
        let first = first.expect("a mail");
        assert_eq!(first.bytes(), at_the_same_time.expect("a mail").bytes());

        // Somebody corrects the entry, and the office gets another name.
        change_titles(&db, "Wie es ist").await;
        let mut config = config();
        "Stadt Anderswo".clone_into(&mut config.organisation.name);
        let restarted = IssueMails::new(db.clone(), MailContext::from_config(&config));
        let again = restarted.prepared(key(Language::De)).await.expect("a mail");
        assert_eq!(again.bytes(), first.bytes());
        // A variant nobody had asked for before tells what was approved, not what is there now.
        let french = restarted.prepared(key(Language::Fr)).await.expect("a mail");
        let text = String::from_utf8_lossy(french.bytes()).into_owned();
        assert!(text.contains("Comme c=E2=80=99=C3=A9tait") && !text.contains("Wie es ist"));
        let mut conn = db.read().await.expect("read");
        let entry = store::entry::by_id(&mut conn, entry).await.expect("read").expect("an entry");
        assert_eq!(entry.content.texts[&LanguageTag::from(Language::Fr)].title, "Wie es ist");
    }
}

async fn change_titles(db: &store::Db, title: &'static str) {
    let text = sqlx::AssertSqlSafe(format!("UPDATE entry_text SET title = '{title}'"));
    let changed = match db {
        store::Db::Sqlite { writer, .. } => sqlx::query(text)
            .execute(writer)
            .await
            .map(|done| done.rows_affected()),
        store::Db::Postgres(pool) => sqlx::query(text)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
    };
    assert_eq!(changed.expect("an update"), 2);
}
