//! Operations of drills and of the demonstration on their own databases. Sample readers are subscribers in the state after
//! confirmation, without the mails and clicks before it. Nobody has consented, so nothing else may
//! call this.

use std::time::Duration;

use super::consent::ConsentEvent;
use super::sql::sql;
use super::{Db, Result, consent, subscriber, subscription};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// Readers written in one transaction.
const BATCH: usize = 500;

/// A reader to be added.
#[derive(Debug, Clone)]
pub struct SampleReader {
    /// Where their mails go.
    pub address: Address,
    /// Their language.
    pub language: Language,
    /// The topics they have chosen.
    pub topics: TopicSet,
    /// When they confirmed.
    pub confirmed_at: Timestamp,
}

/// Adds active subscribers of a newsletter.
pub async fn add_readers(db: &Db, newsletter: i64, readers: &[SampleReader]) -> Result<()> {
    for batch in readers.chunks(BATCH) {
        let mut tx = db.begin().await?;
        for reader in batch {
            let at = reader.confirmed_at;
            let row = subscriber::ensure(&mut tx, &reader.address, reader.language, at).await?;
            let proof = ConsentEvent {
                subscriber: row.id,
                newsletter: Some(newsletter),
                kind: ConsentKind::Confirmed,
                method: ConsentMethod::Web,
                at,
                topics: Some(reader.topics),
                language: Some(reader.language),
                wording_hash: None,
                page: None,
                message_id: None,
            };
            consent::append(&mut tx, &proof).await?;
            subscription::activate(&mut tx, row.id, newsletter, reader.topics, at).await?;
            subscriber::follow_subscriptions(&mut tx, row.id, true).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Lets the deliveries of an issue that wait become due one after another, one in each span.
pub async fn spread(db: &Db, issue: i64, now: Timestamp, each: Duration) -> Result<()> {
    let mut tx = db.begin().await?;
    let rows = sql!(
        &mut tx,
        all as (i64,),
        "SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state = 'queued' ORDER BY next_attempt_at, subscriber_id",
        issue
    )?;
    let mut due = now;
    for (subscriber,) in rows {
        sql!(
            &mut tx,
            execute,
            "UPDATE delivery SET next_attempt_at = $3 WHERE issue_id = $1 AND subscriber_id = $2 AND state = 'queued'",
            issue,
            subscriber,
            due.micros()
        )?;
        due = due.plus(each);
    }
    tx.commit().await
}

/// Blocks all writers for this long; changes nothing. For SQLite, whose writers share one lock.
pub async fn block_writers(db: &Db, span: Duration) -> Result<()> {
    let lock = db.begin().await?;
    tokio::time::sleep(span).await;
    drop(lock);
    Ok(())
}
