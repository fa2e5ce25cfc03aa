//! `rundbrief subscriber show`.

use crate::cli::find;
use crate::store;
use crate::store::Conn;
use crate::store::consent::ConsentEvent;
use crate::store::delivery::Delivery;
use crate::store::subscriber::Subscriber;
use crate::store::subscription::Subscription;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::process::ExitCode;

use crate::cli::Context;
use crate::domain::address::Address;

/// `rundbrief subscriber show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one subscriber.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let found = store::subscriber::by_address(&mut conn, &args.address).await?;
    let subscriber = found.context("nobody with this address is known here")?;
    let facts = Facts::of(&mut conn, &subscriber).await?;
    if args.json {
        context.out.json(&facts.described(&subscriber))?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(format_args!(
        "{} ({}, {}), known since {}",
        args.address.display(),
        subscriber.state,
        subscriber.language,
        subscriber.created_at
    ))?;
    out.line("\nsubscriptions")?;
    for one in &facts.subscriptions {
        let topics = facts.topics(one.topics).join(", ");
        out.line(format_args!(
            "  {}: {} since {} ({topics})",
            facts.newsletter(one.newsletter),
            one.state,
            one.confirmed_at
        ))?;
    }
    out.line("\nproof of consent")?;
    for event in &facts.consent {
        let about = event
            .newsletter
            .map(|id| facts.newsletter(id))
            .unwrap_or_default();
        let wording = event
            .wording_hash
            .as_deref()
            .map(|hash| format!(", wording {}", &hash[..hash.len().min(12)]))
            .unwrap_or_default();
        out.line(format_args!(
            "  {} {} by {} {about}{wording}",
            event.at, event.kind, event.method
        ))?;
    }
    out.line("\nissues")?;
    for (name, delivery) in &facts.deliveries {
        let words = delivery
            .reply
            .as_deref()
            .map(crate::cli::output::printable)
            .unwrap_or_default();
        let at = delivery.finished_at.unwrap_or(delivery.next_attempt_at);
        out.line(format_args!("  {name}: {} at {at} {words}", delivery.state))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything known of a subscriber.
struct Facts {
    newsletters: Vec<(i64, String)>,
    topics: Vec<crate::domain::topic::Topic>,
    subscriptions: Vec<Subscription>,
    consent: Vec<ConsentEvent>,
    deliveries: Vec<(String, Delivery)>,
}

impl Facts {
    async fn of(conn: &mut Conn, subscriber: &Subscriber) -> anyhow::Result<Self> {
        const LATEST: i64 = 200;
        let newsletters = store::newsletter::list(conn).await?;
        let newsletters: Vec<_> = newsletters
            .into_iter()
            .map(|one| (one.id, one.settings.key))
            .collect();
        let mut facts = Self {
            newsletters,
            topics: store::topic::list(conn).await?,
            subscriptions: store::subscription::of_subscriber(conn, subscriber.id).await?,
            consent: store::consent::of_subscriber(conn, subscriber.id).await?,
            deliveries: Vec::new(),
        };
        for delivery in store::delivery::of_subscriber(conn, subscriber.id, LATEST).await? {
            let issue = store::issue::by_id(conn, delivery.key.issue).await?;
            let name = issue
                .map(|issue| format!("{}/{}", facts.newsletter(issue.newsletter), issue.number));
            facts.deliveries.push((name.unwrap_or_default(), delivery));
        }
        Ok(facts)
    }

    fn newsletter(&self, id: i64) -> String {
        let found = self.newsletters.iter().find(|(row, _)| *row == id);
        found.map(|(_, key)| key.clone()).unwrap_or_default()
    }

    fn topics(&self, set: crate::domain::topic::TopicSet) -> Vec<String> {
        find::topic_keys(&self.topics, set)
    }

    fn described(&self, subscriber: &Subscriber) -> Value {
        let subscriptions: Vec<_> = self.subscriptions.iter().map(|one| json!({
            "newsletter": self.newsletter(one.newsletter), "topics": self.topics(one.topics), "state": one.state,
            "confirmed_at": one.confirmed_at, "ended_at": one.ended_at,
        })).collect();
        let consent: Vec<_> = self.consent.iter().map(|event| json!({
            "at": event.at, "kind": event.kind, "method": event.method, "newsletter": event.newsletter.map(|id| self.newsletter(id)),
            "topics": event.topics.map(|set| self.topics(set)), "language": event.language, "wording_hash": event.wording_hash,
            "page": event.page, "message_id": event.message_id,
        })).collect();
        let deliveries: Vec<_> = self.deliveries.iter().map(|(issue, one)| json!({
            "issue": issue, "state": one.state, "attempts": one.attempts, "started_at": one.started_at, "finished_at": one.finished_at,
            "relay": one.relay, "reply_code": one.reply_code, "reply_status": one.reply_status, "reply": one.reply,
        })).collect();
        json!({
            "uuid": subscriber.uuid, "address": subscriber.address.as_ref().map(Address::as_str), "language": subscriber.language,
            "state": subscriber.state, "created_at": subscriber.created_at, "subscriptions": subscriptions, "consent": consent,
            "deliveries": deliveries,
        })
    }
}
