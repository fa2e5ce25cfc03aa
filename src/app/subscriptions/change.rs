//! Changing topics and language, by the link in every mail.

use super::{Catalogue, Wishes, running};
use crate::app::{Actor, App, Error, Link, Operation};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::topic::TopicSet;
use crate::store::consent::ConsentEvent;
use crate::store::{self, Connection, consent, subscriber, subscription};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/preferences";

/// What a subscriber has.
pub struct Preferences {
    /// The subscriber's row.
    pub subscriber: i64,
    /// Where mail goes.
    pub address: Address,
    /// The language of the mails.
    pub language: Language,
    /// Running subscriptions only.
    pub running: Wishes,
}

/// What a subscriber wants to have.
pub struct Wanted {
    /// Another language of the mails; none for the present one.
    pub language: Option<Language>,
    /// The topics of each newsletter. Newsletters that the subscriber does not have (any more) are
    /// passed over: a change starts no subscription.
    pub topics: Wishes,
}

/// What came of a change.
pub enum Changed {
    /// It was saved.
    Saved(Preferences),
    /// A newsletter that carries topics would be left without one; nothing was saved.
    TopicMissing(Preferences),
    /// There is no such subscriber (any more).
    Gone,
}

impl Preferences {
    /// What a subscriber would have after a change.
    #[must_use]
    pub fn with(&self, wanted: &Wanted) -> Self {
        let topics = |id: &i64| wanted.topics.get(id).copied().unwrap_or(TopicSet::EMPTY);
        Self {
            subscriber: self.subscriber,
            address: self.address.clone(),
            language: wanted.language.unwrap_or(self.language),
            running: self.running.keys().map(|id| (*id, topics(id))).collect(),
        }
    }

    /// The newsletters that carry topics, and have none here.
    pub fn without_topic<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = i64> + 'a {
        let running = self.running.iter();
        running
            .filter(|(id, topics)| catalogue.is_topic_missing(**id, **topics))
            .map(|(id, _)| *id)
    }
}

/// What the subscriber of this row has; none where there is none, or the address was erased.
pub async fn preferences(
    conn: &mut impl Connection,
    subscriber: i64,
) -> store::Result<Option<Preferences>> {
    let Some(row) = subscriber::by_id(conn, subscriber).await? else {
        return Ok(None);
    };
    let Some(address) = row.address else {
        return Ok(None);
    };
    Ok(Some(Preferences {
        subscriber,
        address,
        language: row.language,
        running: running(conn, subscriber).await?,
    }))
}

/// Saves what is different, and the proof of it.
pub async fn change(app: &App, subscriber: i64, wanted: &Wanted) -> Result<Changed, Error> {
    let actor = Actor::Reader {
        subscriber,
        link: Link::Preferences,
    };
    let mut operation = app.begin(&actor, Action::SubscriptionChange).await?;
    // Another window may be saving, or the reader leaving.
    subscriber::lock(operation.tx(), subscriber).await?;
    let Some(before) = preferences(operation.tx(), subscriber).await? else {
        return Ok(Changed::Gone);
    };
    let catalogue = Catalogue::load(operation.tx()).await?;
    let after = before.with(wanted);
    if after.without_topic(&catalogue).next().is_some() {
        return Ok(Changed::TopicMissing(after));
    }
    if save(&mut operation, &before, &after).await? {
        let words =
            |one: &Preferences| format!("{}; {}", catalogue.words(&one.running), one.language);
        operation.record(
            Subject::subscriber(subscriber),
            Some(&words(&before)),
            Some(&words(&after)),
        );
        operation.commit().await?;
    }
    Ok(Changed::Saved(after))
}

/// Returns whether anything was different.
async fn save(
    operation: &mut Operation,
    before: &Preferences,
    after: &Preferences,
) -> store::Result<bool> {
    let mut event = ConsentEvent {
        subscriber: before.subscriber,
        newsletter: None,
        kind: ConsentKind::Changed,
        method: ConsentMethod::Web,
        at: operation.at(),
        topics: None,
        language: Some(after.language),
        wording_hash: None,
        page: Some(PAGE.to_owned()),
        message_id: None,
    };
    let mut changed = false;
    if before.language != after.language {
        subscriber::set_language(operation.tx(), before.subscriber, after.language).await?;
        consent::append(operation.tx(), &event).await?;
        changed = true;
    }
    for (newsletter, topics) in &after.running {
        if before.running.get(newsletter) != Some(topics) {
            subscription::set_topics(operation.tx(), before.subscriber, *newsletter, *topics)
                .await?;
            event.newsletter = Some(*newsletter);
            event.topics = Some(*topics);
            consent::append(operation.tx(), &event).await?;
            changed = true;
        }
    }
    Ok(changed)
}
