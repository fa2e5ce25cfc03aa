//! What readers do: sign up, confirm, change their preferences, leave.
//!
//! The pages in `web::public` read a form, call one of these operations and show the outcome. A
//! reader acts by a link ([`Link`](super::Link)), and the link acts on its own subscriber only: the
//! pages verify the token, the operation takes the subscriber that it names.

mod catalogue;
mod change;
mod confirm;
mod decision;
mod end;
mod request;

pub use catalogue::{Catalogue, Wishes};
pub use change::{Changed, Preferences, Wanted, change, preferences};
pub use confirm::{Closed, Confirmed, OpenSignup, confirm, open_signup};
pub use decision::{Decisions, Difference, LanguageDecision, TopicDecision};
pub use end::{end, ends, key_for_newsletter};
pub use request::{Consent, Request, Requested, request};

use crate::domain::subscriber::SubscriptionState;
use crate::store::{self, Connection};

/// The running subscriptions of a subscriber.
async fn running(conn: &mut impl Connection, subscriber: i64) -> store::Result<Wishes> {
    let all = store::subscription::of_subscriber(conn, subscriber).await?;
    Ok(all
        .into_iter()
        .filter(|one| one.state == SubscriptionState::Active)
        .map(|one| (one.newsletter, one.topics))
        .collect())
}
