//! How subscribers are shown.

use super::{issues, lookup};
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueName;
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::consent::ConsentEvent;
use crate::store::delivery::Delivery;
use crate::store::subscriber::Subscriber;
use crate::store::subscription::Subscription;
use crate::store::{self, Connection, StoreError};

/// A subscriber in a list, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SubscriberLine {
    /// The UUID.
    pub uuid: String,
    /// The address: masked unless whole addresses were asked for, empty where it was erased.
    pub address: String,
    /// The language.
    pub language: Language,
    /// The state.
    pub state: SubscriberState,
    /// When the address was first seen.
    pub created_at: Timestamp,
}

/// A subscriber with everything that is known, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SubscriberDetails {
    /// The UUID.
    pub uuid: String,
    /// The address.
    pub address: Option<String>,
    /// The language.
    pub language: Language,
    /// The state.
    pub state: SubscriberState,
    /// When the address was first seen.
    pub created_at: Timestamp,
    /// The subscriptions, also ended ones.
    pub subscriptions: Vec<SubscriptionDetails>,
    /// The proof of consent.
    pub consent: Vec<ConsentDetails>,
    /// The latest deliveries.
    pub deliveries: Vec<SubscriberDelivery>,
}

/// A subscription.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SubscriptionDetails {
    /// The key of the newsletter.
    pub newsletter: String,
    /// The keys of the chosen topics.
    pub topics: Vec<String>,
    /// Its state.
    pub state: SubscriptionState,
    /// When it was last confirmed.
    pub confirmed_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A line of the proof of consent.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ConsentDetails {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: ConsentKind,
    /// How.
    pub method: ConsentMethod,
    /// The key of the newsletter it was about.
    pub newsletter: Option<String>,
    /// The keys of the topics it was about.
    pub topics: Option<Vec<String>>,
    /// The language it was asked in.
    pub language: Option<Language>,
    /// SHA-256 of the wording, in hexadecimal.
    pub wording_hash: Option<String>,
    /// The page it happened on.
    pub page: Option<String>,
    /// The Message-ID of the confirmation mail.
    pub message_id: Option<String>,
}

/// A delivery to a subscriber.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SubscriberDelivery {
    /// The issue.
    pub issue: Option<IssueName>,
    /// Its state.
    pub state: DeliveryState,
    /// How often it was attempted.
    pub attempts: i64,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    pub finished_at: Option<Timestamp>,
    /// The relay that answered last.
    pub relay: Option<String>,
    /// The code of its answer.
    pub reply_code: Option<i64>,
    /// The enhanced status code (RFC 3463).
    pub reply_status: Option<String>,
    /// The text of its answer.
    pub reply: Option<String>,
    /// When it is attempted next; only meant where it waits.
    #[serde(skip)]
    pub next_attempt_at: Timestamp,
}

/// Names for the rows that a subscriber's records refer to.
struct Names {
    newsletters: Vec<(i64, String)>,
    topics: Vec<Topic>,
}

impl Names {
    async fn read(conn: &mut impl Connection) -> Result<Self, StoreError> {
        let newsletters = store::newsletter::list(conn).await?;
        let newsletters = newsletters
            .into_iter()
            .map(|one| (one.id, one.settings.key));
        Ok(Self {
            newsletters: newsletters.collect(),
            topics: store::topic::list(conn).await?,
        })
    }

    fn newsletter(&self, id: i64) -> String {
        let found = self.newsletters.iter().find(|(row, _)| *row == id);
        found.map(|(_, key)| key.clone()).unwrap_or_default()
    }

    fn topics(&self, set: TopicSet) -> Vec<String> {
        lookup::topic_keys(&self.topics, set)
    }

    fn subscription(&self, one: &Subscription) -> SubscriptionDetails {
        SubscriptionDetails {
            newsletter: self.newsletter(one.newsletter),
            topics: self.topics(one.topics),
            state: one.state,
            confirmed_at: one.confirmed_at,
            ended_at: one.ended_at,
        }
    }

    fn consent(&self, event: ConsentEvent) -> ConsentDetails {
        ConsentDetails {
            at: event.at,
            kind: event.kind,
            method: event.method,
            newsletter: event.newsletter.map(|id| self.newsletter(id)),
            topics: event.topics.map(|set| self.topics(set)),
            language: event.language,
            wording_hash: event.wording_hash,
            page: event.page,
            message_id: event.message_id,
        }
    }
}

/// Everything that is known about a subscriber, with the latest deliveries.
pub async fn details(
    conn: &mut impl Connection,
    subscriber: &Subscriber,
) -> Result<SubscriberDetails, StoreError> {
    const LATEST: i64 = 200;
    let names = Names::read(conn).await?;
    let subscriptions = store::subscription::of_subscriber(conn, subscriber.id).await?;
    let consent = store::consent::of_subscriber(conn, subscriber.id).await?;
    let mut deliveries = Vec::new();
    for one in store::delivery::of_subscriber(conn, subscriber.id, LATEST).await? {
        let issue = issues::name_of(conn, one.key.issue).await?;
        deliveries.push(delivery(issue, one));
    }
    Ok(SubscriberDetails {
        uuid: subscriber.uuid.clone(),
        address: subscriber.address.as_ref().map(as_text),
        language: subscriber.language,
        state: subscriber.state,
        created_at: subscriber.created_at,
        subscriptions: subscriptions
            .iter()
            .map(|one| names.subscription(one))
            .collect(),
        consent: consent
            .into_iter()
            .map(|event| names.consent(event))
            .collect(),
        deliveries,
    })
}

fn as_text(address: &Address) -> String {
    address.as_str().to_owned()
}

fn delivery(issue: Option<IssueName>, one: Delivery) -> SubscriberDelivery {
    SubscriberDelivery {
        issue,
        state: one.state,
        attempts: one.attempts,
        started_at: one.started_at,
        finished_at: one.finished_at,
        relay: one.relay,
        reply_code: one.reply_code,
        reply_status: one.reply_status,
        reply: one.reply,
        next_attempt_at: one.next_attempt_at,
    }
}
