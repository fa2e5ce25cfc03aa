//! Confirming a sign-up, by the link in the mail that asks for it.

use super::{Catalogue, Decisions, Difference, LanguageDecision, Wishes, running};
use crate::app::{Actor, App, Error, Link, Operation};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::token::ConfirmToken;
use crate::store::consent::ConsentEvent;
use crate::store::signup::Signup;
use crate::store::{
    self, Connection, confirm_token, consent, signup, subscriber, subscription, suppression,
};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/confirm";

/// A sign-up that can be confirmed, beside what its subscriber has now.
pub struct OpenSignup {
    /// The sign-up.
    pub signup: Signup,
    /// The address that it was made for.
    pub address: Address,
    /// The subscriptions that run now.
    pub running: Wishes,
    /// The language of their mails.
    language: Language,
}

/// Why a confirmation link opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// The sign-up was confirmed.
    Used,
    /// It ran out, and was not removed yet.
    Expired,
    /// There is no such sign-up, or none that anybody may be told about.
    Unknown,
}

/// What came of a confirmation.
pub enum Confirmed {
    /// It was confirmed by this.
    Now {
        /// Whose sign-up it was.
        subscriber: i64,
        /// The newsletters of the sign-up, as they run now.
        newsletters: Wishes,
    },
    /// It was confirmed before, and all its newsletters still run.
    Before {
        /// The newsletters of the sign-up, as they run now.
        newsletters: Wishes,
    },
    /// There is nothing to confirm.
    Not(Closed),
}

/// What a token leads to.
enum Found {
    Open(OpenSignup),
    Used(Signup),
    Expired,
    Unknown,
}

impl OpenSignup {
    /// The newsletters about which the reader has to decide.
    pub fn differences(&self) -> Vec<Difference> {
        let asked = self.signup.newsletters.iter();
        asked
            .filter_map(|(newsletter, asked)| {
                let present = *self.running.get(newsletter)?;
                Difference::between(*newsletter, present, *asked)
            })
            .collect()
    }

    /// The language that the reader's mails have now, where another one was asked for.
    pub fn other_language(&self) -> Option<Language> {
        let has_mails = !self.running.is_empty();
        (has_mails && self.language != self.signup.language).then_some(self.language)
    }

    /// What a confirmation with these decisions starts or changes, and the language of all mails.
    fn outcome(&self, decisions: &Decisions) -> (Wishes, Language) {
        let mut wishes: Wishes = self.signup.newsletters.iter().copied().collect();
        for difference in self.differences() {
            let decision = decisions.topics.get(&difference.newsletter);
            let topics = difference.topics(decision.copied().unwrap_or_default());
            wishes.insert(difference.newsletter, topics);
        }
        let language = match (self.other_language(), decisions.language) {
            (Some(present), LanguageDecision::Present) => present,
            _ => self.signup.language,
        };
        (wishes, language)
    }
}

/// The sign-up that a token opens.
pub async fn open_signup(
    conn: &mut impl Connection,
    app: &App,
    token: &str,
) -> Result<Result<OpenSignup, Closed>, Error> {
    Ok(match find(conn, app, token).await? {
        Found::Open(open) => Ok(open),
        Found::Used(_) => Err(Closed::Used),
        Found::Expired => Err(Closed::Expired),
        Found::Unknown => Err(Closed::Unknown),
    })
}

/// Starts what was asked for, as the reader decided.
pub async fn confirm(app: &App, token: &str, decisions: &Decisions) -> Result<Confirmed, Error> {
    let mut found = find(&mut app.db.read().await?, app, token).await?;
    if let Found::Open(open) = &found {
        let subscriber = open.signup.subscriber;
        let actor = Actor::Reader {
            subscriber,
            link: Link::Confirmation,
        };
        let mut operation = app.begin(&actor, Action::SubscriptionConfirm).await?;
        // Another press of the button may be at work: wait for it, then look again.
        subscriber::lock(operation.tx(), subscriber).await?;
        found = find(operation.tx(), app, token).await?;
        if let Found::Open(open) = &found {
            let newsletters = start(&mut operation, open, decisions).await?;
            operation.commit().await?;
            return Ok(Confirmed::Now {
                subscriber,
                newsletters,
            });
        }
    }
    Ok(match found {
        Found::Used(signup) => still_run(&mut app.db.read().await?, &signup)
            .await?
            // A link that was used opens nothing more: the mail may have been forwarded since.
            .map_or(Confirmed::Not(Closed::Used), |newsletters| {
                Confirmed::Before { newsletters }
            }),
        Found::Expired => Confirmed::Not(Closed::Expired),
        Found::Open(_) | Found::Unknown => Confirmed::Not(Closed::Unknown),
    })
}

async fn find(conn: &mut impl Connection, app: &App, token: &str) -> Result<Found, Error> {
    let Ok(token) = ConfirmToken::parse(token) else {
        return Ok(Found::Unknown);
    };
    let Some(id) = confirm_token::signup(conn, &token.hash()).await? else {
        return Ok(Found::Unknown);
    };
    let Some(signup) = signup::by_id(conn, id).await? else {
        return Ok(Found::Unknown);
    };
    let Some(subscriber) = subscriber::by_id(conn, signup.subscriber).await? else {
        return Ok(Found::Unknown);
    };
    // Erased meanwhile, or suppressed: nothing is said about that person.
    let Some(address) = subscriber.address else {
        return Ok(Found::Unknown);
    };
    let hashes = app.config.security.keyring()?.address_hashes(&address);
    if suppression::contains(conn, &hashes).await? {
        return Ok(Found::Unknown);
    }
    Ok(if signup.confirmed_at.is_some() {
        Found::Used(signup)
    } else if signup.expires_at <= app.clock.now() {
        Found::Expired
    } else {
        Found::Open(OpenSignup {
            running: running(conn, signup.subscriber).await?,
            signup,
            address,
            language: subscriber.language,
        })
    })
}

/// The newsletters of a confirmed sign-up as they run; none where one was ended since.
async fn still_run(conn: &mut impl Connection, signup: &Signup) -> store::Result<Option<Wishes>> {
    let running = running(conn, signup.subscriber).await?;
    let newsletters = signup.newsletters.iter();
    Ok(newsletters
        .map(|(id, _)| Some((*id, *running.get(id)?)))
        .collect())
}

/// Starts the newsletters of a sign-up. The subscriber is locked.
async fn start(
    operation: &mut Operation,
    open: &OpenSignup,
    decisions: &Decisions,
) -> store::Result<Wishes> {
    let (signup, now) = (&open.signup, operation.at());
    let (newsletters, language) = open.outcome(decisions);
    signup::confirm(operation.tx(), signup.id, now).await?;
    for (newsletter, topics) in &newsletters {
        subscription::activate(operation.tx(), signup.subscriber, *newsletter, *topics, now)
            .await?;
        let event = ConsentEvent {
            subscriber: signup.subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::Confirmed,
            method: ConsentMethod::Web,
            at: now,
            topics: Some(*topics),
            language: Some(language),
            wording_hash: Some(signup.wording_hash.clone()),
            page: Some(PAGE.to_owned()),
            message_id: None,
        };
        consent::append(operation.tx(), &event).await?;
    }
    subscriber::set_language(operation.tx(), signup.subscriber, language).await?;
    subscriber::follow_subscriptions(operation.tx(), signup.subscriber, true).await?;
    let catalogue = Catalogue::load(operation.tx()).await?;
    let mut present = open.running.clone();
    present.retain(|newsletter, _| newsletters.contains_key(newsletter));
    let before = format!("{}; {}", catalogue.words(&present), open.language);
    let after = format!("{}; {language}", catalogue.words(&newsletters));
    operation.record(
        Subject::subscriber(signup.subscriber),
        (!present.is_empty()).then_some(before.as_str()),
        Some(&after),
    );
    Ok(newsletters)
}
