//! Leaving, by the link in every mail: for people and for their mail programs (RFC 8058).
//!
//! It works for years, for addresses long gone and any number of times. Mails of an issue that is
//! being sent need nothing done here: the ledger looks at the subscription again before each one.

use std::time::Duration;

use super::running;
use crate::app::{Actor, App, Error, Link};
use crate::domain::audit::{Action, Subject};
use crate::domain::delivery::DeliveryKey;
use crate::domain::newsletter::Newsletter;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::store::consent::ConsentEvent;
use crate::store::privacy_journal::Promise;
use crate::store::{
    self, Connection, Tx, consent, issue, issue_departure, newsletter, subscriber, subscription,
};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/unsubscribe";
/// How long leaving waits for the end of the audit log, which other operations may hold.
const AUDITED_WITHIN: Duration = Duration::from_secs(3);

/// The payload of a token that ends one newsletter without belonging to an issue: the number of the
/// newsletter, negative, stands in place of the issue's.
pub const fn key_for_newsletter(newsletter: i64, subscriber: i64) -> DeliveryKey {
    DeliveryKey {
        issue: -newsletter,
        subscriber,
    }
}

/// The newsletters that a token ends: that of its issue; all, where it names none, or one that is no
/// longer known. Who holds it wants to leave, so when in doubt everything ends.
pub async fn ends(conn: &mut impl Connection, key: DeliveryKey) -> store::Result<Vec<Newsletter>> {
    let one = match key.issue {
        0 => None,
        issue if issue > 0 => issue::by_id(conn, issue)
            .await?
            .map(|issue| issue.newsletter),
        newsletter => newsletter.checked_neg(),
    };
    if let Some(id) = one
        && let Some(newsletter) = newsletter::by_id(conn, id).await?
    {
        return Ok(vec![newsletter]);
    }
    let running = running(conn, key.subscriber).await?;
    let mut all = newsletter::list(conn).await?;
    all.retain(|newsletter| running.contains_key(&newsletter.id));
    Ok(all)
}

/// Ends what the token is about and returns its newsletters. What has ended already, or an unknown
/// subscriber, changes nothing.
///
/// Leaving is a right, and the consent log proves it: when the audit log cannot be written, the
/// subscription ends without its line there, and the log of the service says so.
pub async fn end(app: &App, key: DeliveryKey, link: Link) -> Result<Vec<Newsletter>, Error> {
    let error = match end_once(app, key, link, Audit::Written).await {
        Ok(ended) => return Ok(ended.newsletters),
        Err(error) => error,
    };
    let ended = end_once(app, key, link, Audit::LeftOut).await?;
    if ended.something {
        tracing::error!(
            subscriber = key.subscriber,
            %error,
            "a subscription was ended without its line in the audit log, which could not be written; `rundbrief audit verify` says whether the log is sound"
        );
    }
    Ok(ended.newsletters)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Audit {
    Written,
    LeftOut,
}

struct Ended {
    newsletters: Vec<Newsletter>,
    /// Whether one of them was running.
    something: bool,
}

async fn end_once(app: &App, key: DeliveryKey, link: Link, audit: Audit) -> Result<Ended, Error> {
    let subscriber = key.subscriber;
    let actor = Actor::Reader { subscriber, link };
    let mut operation = app.begin(&actor, Action::SubscriptionEnd).await?;
    let now = operation.at();
    // Two newsletters left at the same time must see each other.
    subscriber::lock(operation.tx(), subscriber).await?;
    let newsletters = ends(operation.tx(), key).await?;
    let known = subscriber::by_id(operation.tx(), subscriber).await?;
    let address = known.and_then(|known| known.address);
    let mut something = false;
    for newsletter in &newsletters {
        if !subscription::end(operation.tx(), subscriber, newsletter.id, now).await? {
            continue;
        }
        something = true;
        let event = ConsentEvent {
            subscriber,
            newsletter: Some(newsletter.id),
            kind: ConsentKind::Unsubscribed,
            method: match link {
                Link::OneClick => ConsentMethod::OneClick,
                _ => ConsentMethod::Web,
            },
            at: now,
            topics: None,
            language: None,
            wording_hash: None,
            page: Some(PAGE.to_owned()),
            message_id: None,
        };
        consent::append(operation.tx(), &event).await?;
        count_for_issue(operation.tx(), key.issue).await?;
        if let Some(address) = &address {
            // A restored backup must not sign them up again.
            let newsletter = newsletter.uuid.clone();
            operation.promise(address, Promise::Left { newsletter });
        }
        if audit == Audit::Written {
            let key = newsletter.settings.key.as_str();
            operation.record(Subject::subscriber(subscriber), Some(key), None);
        }
    }
    subscriber::follow_subscriptions(operation.tx(), subscriber, false).await?;
    if audit == Audit::Written {
        // There must be time left for a second attempt.
        let within = AUDITED_WITHIN.min(app.config.server.request_timeout / 3);
        store::audit::wait_at_most(operation.tx(), within).await?;
    }
    operation.commit().await?;
    Ok(Ended {
        newsletters,
        something,
    })
}

/// Counts the departure for the issue whose link was used, if it is one.
async fn count_for_issue(tx: &mut Tx, issue: i64) -> store::Result<()> {
    if issue > 0 && issue::by_id(tx, issue).await?.is_some() {
        issue_departure::add(tx, issue).await?;
    }
    Ok(())
}
