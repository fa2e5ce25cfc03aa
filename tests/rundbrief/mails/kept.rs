//! An issue is rendered once, when it is approved: every node and every attempt sends the same bytes.

use rundbrief::digest::MailContext;
use rundbrief::digest::mails::{IssueMails, MailError};
use rundbrief::digest::release;
use rundbrief::digest::snapshot::{ApprovalInvalidated, Snapshot};
use rundbrief::domain::language::{Language, LanguageTag};
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::variant::VariantKey;
use rundbrief::store;

use sha2::Digest as _;

use super::{approve_and_freeze, next, parts, read, sent, tokens, told};
use crate::installation::{config, mail_context, publish};
use crate::store::{monday, newsletter, open, subscribed};

on_both_databases! {
    async fn the_same_bytes_after_a_restart_and_after_a_change(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "region", TopicSet::EMPTY).await;
        let now = monday();
        let entry = publish(&db, &told(&[("de", "Wie es war"), ("fr", "Comme c’était")], TopicSet::EMPTY), now).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let issue = next(&db, &of, now).await;
        let key = |language| VariantKey { issue: issue.id, language, topics: TopicSet::EMPTY };
        let early = IssueMails::new(db.clone(), mail_context()).prepared(key(Language::De)).await;
        assert!(matches!(early, Err(MailError::ApprovalInvalidated(_) | MailError::NotSending(_))), "nothing is approved yet");
        approve_and_freeze(&db, &mail_context(), &issue, now).await;

        let mails = IssueMails::new(db.clone(), mail_context());
        let (first, at_the_same_time) = tokio::join!(mails.prepared(key(Language::De)), mails.prepared(key(Language::De)));
        let first = first.expect("a mail");
        assert_eq!(first.shared_bytes(), at_the_same_time.expect("a mail").shared_bytes());

        // Somebody corrects the entry, and the office gets another name.
        change_titles(&db, "Wie es ist").await;
        let mut config = config();
        "Stadt Anderswo".clone_into(&mut config.organisation.name);
        let restarted = IssueMails::new(db.clone(), MailContext::from_config(&config));
        let again = restarted.prepared(key(Language::De)).await.expect("a mail");
        assert_eq!(again.shared_bytes(), first.shared_bytes());
        // A variant nobody had asked for before tells what was approved, not what is there now.
        let french = restarted.prepared(key(Language::Fr)).await.expect("a mail");
        let text = String::from_utf8_lossy(&french.shared_bytes()).into_owned();
        assert!(text.contains("Comme c=E2=80=99=C3=A9tait") && !text.contains("Wie es ist"));
        let mut conn = db.read().await.expect("read");
        let entry = store::entry::by_id(&mut conn, entry).await.expect("read").expect("an entry");
        assert_eq!(entry.content.texts[&LanguageTag::from(Language::Fr)].title, "Wie es ist");
    }

    /// A letter of a part that differs from what was approved stops everything, as one of the texts does.
    async fn a_changed_part_invalidates_the_approval(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "region", TopicSet::EMPTY).await;
        let now = monday();
        publish(&db, &told(&[("de", "Wie es war")], TopicSet::EMPTY), now).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let issue = next(&db, &of, now).await;
        approve_and_freeze(&db, &mail_context(), &issue, now).await;
        assert!(loaded(&db, issue.id).await.is_ok());
        execute(&db, "UPDATE part SET text = 'Etwas anderes=0D=0A' WHERE language = 'fr' AND name = 'foot'").await;
        assert_eq!(loaded(&db, issue.id).await.err(), Some(ApprovalInvalidated::Changed));
        let mails = IssueMails::new(db.clone(), mail_context());
        let key = |language| VariantKey { issue: issue.id, language, topics: TopicSet::EMPTY };
        let french = mails.prepared(key(Language::Fr)).await;
        assert!(matches!(french, Err(MailError::ApprovalInvalidated(ApprovalInvalidated::Changed))), "{french:?}");
        // A part that is gone is one that was changed.
        execute(&db, "DELETE FROM part WHERE language = 'nl' AND name = 'foot'").await;
        let dutch = mails.prepared(key(Language::Nl)).await;
        assert!(matches!(dutch, Err(MailError::ApprovalInvalidated(ApprovalInvalidated::Changed))), "{dutch:?}");
    }

    /// An issue that was approved before parts were kept, and was not sent yet, is sent as approved.
    async fn an_issue_from_before_parts_is_sent_from_its_texts(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "region", TopicSet::EMPTY).await;
        let now = monday();
        publish(&db, &told(&[("de", "Wie es war")], TopicSet::EMPTY), now).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let issue = next(&db, &of, now).await;
        approve_and_freeze(&db, &mail_context(), &issue, now).await;
        let kept = store::issue::released(&mut db.read().await.expect("read"), issue.id).await;
        let kept = kept.expect("read").expect("the approved texts");
        let mut texts: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
        texts["version"] = 1.into();
        texts.as_object_mut().expect("an object").remove("rendering").expect("it was rendered");
        // The order of the keys is another than the program writes; only the hash counts.
        let texts = texts.to_string();
        let hash = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&texts));
        let quoted = texts.replace('\'', "''");
        execute(&db, &format!("UPDATE issue SET release = '{quoted}', release_hash = '{hash}'")).await;
        execute(&db, "DELETE FROM part").await;
        change_titles(&db, "Wie es ist").await;
        let mails = sent(&db, &config(), issue.id).await;
        let mail = read(&mails["erika@example.org"]);
        for part in parts(&mail) {
            assert!(part.contains("Wie es war") && !part.contains("Wie es ist"), "{part}");
            assert_eq!(tokens(part, "/unsubscribe/").len(), 1);
        }
    }
}

/// What sending asks for before the audience is materialised.
async fn loaded(db: &store::Db, issue: i64) -> Result<Snapshot, ApprovalInvalidated> {
    let mut conn = db.read().await.expect("read");
    let issue = store::issue::by_id(&mut conn, issue).await.expect("read");
    let loaded = release::load(&mut conn, &issue.expect("the issue")).await;
    loaded.expect("read")
}

async fn change_titles(db: &store::Db, title: &str) {
    let changed = execute(db, &format!("UPDATE entry_text SET title = '{title}'")).await;
    assert!(changed > 0);
}

async fn execute(db: &store::Db, text: &str) -> u64 {
    let text = sqlx::AssertSqlSafe(text.to_owned());
    let done = match db {
        store::Db::Sqlite { writer, .. } => sqlx::query(text)
            .execute(writer)
            .await
            .map(|done| done.rows_affected()),
        store::Db::Postgres(pool) => sqlx::query(text)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
    };
    done.expect("a statement")
}
