//! Sign-ups that nobody confirmed in time, and addresses of which nothing else is known: somebody
//! typed them, and their owner did not answer.

use super::{BATCH, Class};
use crate::app::{Actor, App, Error};
use crate::domain::audit::Action;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::ConsentEvent;
use crate::store::{self, Tx};

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Sign-ups.
    pub sign_ups: u64,
    /// Subscribers who never confirmed anything, with everything recorded about them.
    pub subscribers: u64,
}

/// Removes every sign-up that has expired by now.
pub async fn unconfirmed(app: &App, actor: &Actor) -> Result<Unconfirmed, Error> {
    let mut done = Unconfirmed::default();
    let now = app.clock.now();
    loop {
        let expired = store::signup::expired(&mut app.db.read().await?, now, BATCH).await?;
        if expired.is_empty() {
            return Ok(done);
        }
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let mut batch = Unconfirmed::default();
        for signup in expired {
            expire(operation.tx(), signup, now, &mut batch).await?;
        }
        if batch.sign_ups == 0 {
            return Ok(done); // all were confirmed or removed by another node meanwhile
        }
        let after = format!(
            "{} sign-ups and {} addresses removed",
            batch.sign_ups, batch.subscribers
        );
        operation.record(Class::Unconfirmed.subject(), None, Some(&after));
        operation.commit().await?;
        done.sign_ups += batch.sign_ups;
        done.subscribers += batch.subscribers;
    }
}

/// Removes one sign-up, and its subscriber where nothing else is known of them. Who subscribes to
/// something stays, and so does the proof that this request was never confirmed.
async fn expire(tx: &mut Tx, id: i64, now: Timestamp, done: &mut Unconfirmed) -> store::Result<()> {
    let Some(signup) = store::signup::by_id(tx, id).await? else {
        return Ok(());
    };
    // The subscriber first, as the form and the confirmation do: they wait for each other, and what
    // is looked at below is what they left.
    if !store::subscriber::lock(tx, signup.subscriber).await?
        || !store::signup::remove_unconfirmed(tx, id).await?
    {
        return Ok(());
    }
    done.sign_ups += 1;
    let subscriber = store::subscriber::by_id(tx, signup.subscriber).await?;
    if subscriber.is_none_or(|subscriber| subscriber.state == SubscriberState::Pending) {
        let gone = store::subscriber::remove_if_unconfirmed(tx, signup.subscriber).await?;
        done.subscribers += u64::from(gone);
        return Ok(());
    }
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
    Ok(())
}
