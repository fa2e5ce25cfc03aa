//! Removes sign-ups that nobody confirmed in time, and addresses of which nothing else is known:
//! somebody typed them, and their owner did not answer.

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::ConsentEvent;
use crate::store::{self, Db, Tx};

/// Sign-ups removed in one transaction, so that others can write in between.
const BATCH: i64 = 200;
/// How often it runs.
const EVERY: Duration = Duration::from_hours(1);

/// The job.
#[derive(Clone)]
pub struct ExpireSignups {
    db: Db,
}

/// What a step removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expired {
    /// Sign-ups.
    pub signups: u64,
    /// Subscribers who never confirmed anything, with everything recorded about them.
    pub subscribers: u64,
}

impl ExpireSignups {
    /// The job over this database.
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Removes everything that has expired by now.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Expired> {
        let mut done = Expired::default();
        loop {
            let expired = store::signup::expired(&mut self.db.read().await?, now, BATCH).await?;
            if expired.is_empty() {
                return Ok(done);
            }
            let mut tx = self.db.begin().await?;
            let mut removed = 0;
            for signup in expired {
                removed += u64::from(expire(&mut tx, signup, now).await?);
            }
            done.signups += removed;
            done.subscribers += store::subscriber::remove_unconfirmed(&mut tx).await?;
            tx.commit().await?;
            if removed == 0 {
                return Ok(done); // all were confirmed or removed by another node meanwhile
            }
        }
    }
}

impl Job for ExpireSignups {
    fn name(&self) -> &'static str {
        "expire-signups"
    }

    fn about(&self) -> &'static str {
        "removes sign-ups that nobody confirmed, and addresses of which nothing else is known"
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let Expired {
                signups,
                subscribers,
            } = self.step(now).await?;
            Ok(if signups == 0 && subscribers == 0 {
                Report::nothing()
            } else {
                Report::did(format!(
                    "removed {signups} unconfirmed sign-ups and {subscribers} addresses"
                ))
            })
        })
    }
}

/// Removes one sign-up; who subscribes to something stays, and so does the proof that this
/// request was never confirmed.
async fn expire(tx: &mut Tx, id: i64, now: Timestamp) -> anyhow::Result<bool> {
    let Some(signup) = store::signup::by_id(tx, id).await? else {
        return Ok(false);
    };
    if !store::signup::remove_unconfirmed(tx, id).await? {
        return Ok(false);
    }
    let subscriber = store::subscriber::by_id(tx, signup.subscriber).await?;
    let stays = subscriber.is_some_and(|subscriber| subscriber.state != SubscriberState::Pending);
    if stays {
        for (newsletter, topics) in signup.newsletters {
            let event = ConsentEvent {
                subscriber: signup.subscriber,
                newsletter: Some(newsletter),
                kind: ConsentKind::Expired,
                method: ConsentMethod::System,
                at: now,
                topics: Some(topics),
                language: Some(signup.language),
                wording_hash: Some(signup.wording_hash.clone()),
                page: Some(signup.page.clone()),
                message_id: None,
            };
            store::consent::append(tx, &event).await?;
        }
    }
    Ok(true)
}
