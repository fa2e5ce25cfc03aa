//! Operations of drills on their own database. Sample readers are subscribers in the state after
//! confirmation, without the mails and clicks before it. Nobody has consented, so nothing else may
//! call this.

use std::time::Duration;

use super::consent::ConsentEvent;
use super::{Db, Result, consent, subscriber, subscription};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// Readers written in one transaction.
const BATCH: usize = 500;

/// Adds active subscribers of a newsletter, in German and without topics.
pub async fn add_readers(
    db: &Db,
    newsletter: i64,
    addresses: &[Address],
    now: Timestamp,
) -> Result<()> {
    for batch in addresses.chunks(BATCH) {
        let mut tx = db.begin().await?;
        for address in batch {
            let row = subscriber::ensure(&mut tx, address, Language::De, now).await?;
            let proof = ConsentEvent {
                subscriber: row.id,
                newsletter: Some(newsletter),
                kind: ConsentKind::Confirmed,
                method: ConsentMethod::Web,
                at: now,
                topics: Some(TopicSet::EMPTY),
                language: Some(Language::De),
                wording_hash: None,
                page: None,
                message_id: None,
            };
            consent::append(&mut tx, &proof).await?;
            subscription::activate(&mut tx, row.id, newsletter, TopicSet::EMPTY, now).await?;
            subscriber::follow_subscriptions(&mut tx, row.id, true).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Blocks all writers for this long; changes nothing. For SQLite, whose writers share one lock.
pub async fn block_writers(db: &Db, span: Duration) -> Result<()> {
    let lock = db.begin().await?;
    tokio::time::sleep(span).await;
    drop(lock);
    Ok(())
}
