//! Everything that is kept about a person (Art. 15 and 20 GDPR).

use serde::Serialize;

use super::{Error, keyring};
use crate::app::{Actor, App};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::delivery::DeliveryState;
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::{self, Connection, StoreError};

/// Everything that is kept about a person.
#[derive(Debug, Clone, Serialize)]
pub struct PersonalData {
    /// When this was put together.
    pub exported_at: Timestamp,
    /// Who keeps it.
    pub controller: String,
    /// The address that was asked about.
    pub address: String,
    /// The language of mails and pages; the default where nobody with this address is known.
    pub language: Language,
    /// Where the person stands; none where nobody with this address is known.
    pub state: Option<SubscriberState>,
    /// Since when the address is known.
    pub since: Option<Timestamp>,
    /// Newsletters, running or ended.
    pub subscriptions: Vec<Subscription>,
    /// Sign-ups by the form.
    pub sign_ups: Vec<SignUp>,
    /// The proof of consent, oldest first.
    pub consent: Vec<Consent>,
    /// Confirmations and other mails that are no issue.
    pub notices: Vec<Notice>,
    /// Issues that were sent, newest first.
    pub issues: Vec<IssueSent>,
    /// Whether the address must never be mailed again.
    pub suppression: Option<Suppression>,
    /// What the audit log holds about this person, newest first.
    pub history: Vec<History>,
}

/// A newsletter the person has or had.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    /// Its name.
    pub newsletter: String,
    /// The chosen topics, by name.
    pub topics: Vec<String>,
    /// Whether it runs.
    pub running: bool,
    /// When it was confirmed.
    pub confirmed_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A sign-up by the form.
#[derive(Debug, Clone, Serialize)]
pub struct SignUp {
    /// The newsletters it asks for.
    pub newsletters: Vec<String>,
    /// The page it came from.
    pub page: String,
    /// When.
    pub requested_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// When it was.
    pub confirmed_at: Option<Timestamp>,
}

/// A line of the proof of consent.
#[derive(Debug, Clone, Serialize)]
pub struct Consent {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: ConsentKind,
    /// In which way.
    pub method: ConsentMethod,
    /// The newsletter it was about.
    pub newsletter: Option<String>,
    /// The topics it was about, by name.
    pub topics: Vec<String>,
    /// The language it was asked in.
    pub language: Option<Language>,
    /// The page it happened on.
    pub page: Option<String>,
    /// The version of the words that were shown.
    pub wording_version: Option<String>,
    /// These words.
    pub wording: Option<String>,
    /// The Message-ID of the confirmation mail.
    pub message_id: Option<String>,
}

/// A mail that is no issue.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// What it says.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was sent or given up.
    pub finished_at: Option<Timestamp>,
    /// What the mail server answered.
    pub reply: Option<String>,
}

/// An issue that was sent to the person, or was to be.
#[derive(Debug, Clone, Serialize)]
pub struct IssueSent {
    /// The newsletter.
    pub newsletter: String,
    /// The number of the issue.
    pub number: i64,
    /// Where its delivery stands.
    pub state: DeliveryState,
    /// The topics that the mail was made of, by name.
    pub topics: Vec<String>,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What the mail server answered.
    pub reply: Option<String>,
}

/// That an address must never be mailed again.
#[derive(Debug, Clone, Serialize)]
pub struct Suppression {
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// A line of the audit log.
#[derive(Debug, Clone, Serialize)]
pub struct History {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub action: String,
    /// The kind of actor.
    pub actor: String,
    /// Through which entry point.
    pub entry_point: String,
}

/// Puts together everything that is kept about whoever has this address, and records that it was
/// handed out.
pub async fn export(app: &App, actor: &Actor, address: &Address) -> Result<PersonalData, Error> {
    let hashes = keyring(app)?.address_hashes(address);
    let mut operation = app.begin(actor, Action::SubscriberExport).await?;
    let at = operation.at();
    let tx = operation.tx();
    let found = store::subscriber::by_address(tx, address).await?;
    let suppression = store::suppression::reason(tx, &hashes).await?;
    if found.is_none() && suppression.is_none() {
        return Err(Error::Unknown);
    }
    let default = app.config.languages.default;
    let language = found.as_ref().map_or(default, |found| found.language);
    let names = Names::load(tx, language).await?;
    let mut data = PersonalData {
        exported_at: at,
        controller: app.config.organisation.name.clone(),
        address: address.as_str().to_owned(),
        language,
        state: None,
        since: None,
        subscriptions: Vec::new(),
        sign_ups: Vec::new(),
        consent: Vec::new(),
        notices: Vec::new(),
        issues: Vec::new(),
        suppression: suppression.map(|(reason, since)| Suppression { reason, since }),
        history: Vec::new(),
    };
    if let Some(found) = &found {
        data.address = found
            .address
            .as_ref()
            .map_or(data.address, |known| known.as_str().to_owned());
        data.state = Some(found.state);
        data.since = Some(found.created_at);
        data.subscriptions = names.subscriptions(tx, found.id).await?;
        data.sign_ups = names.sign_ups(tx, found.id).await?;
        data.consent = names.consent(tx, found.id).await?;
        data.notices = notices(tx, found.id).await?;
        data.issues = names.issues(tx, found.id).await?;
        data.history = history(tx, found.id).await?;
        let subject = Subject::subscriber(found.id);
        operation.record(subject, None, Some("handed out"));
    } else {
        let subject = Subject::new(SubjectKind::Subscriber, "unknown");
        operation.record(
            subject,
            None,
            Some("handed out: only a suppression is kept"),
        );
    }
    operation.commit().await?;
    Ok(data)
}

/// What rows are called in the person's language.
struct Names {
    language: Language,
    newsletters: Vec<Newsletter>,
    topics: Vec<Topic>,
}

impl Names {
    async fn load(conn: &mut impl Connection, language: Language) -> Result<Self, StoreError> {
        Ok(Self {
            language,
            newsletters: store::newsletter::list(conn).await?,
            topics: store::topic::list(conn).await?,
        })
    }

    fn newsletter(&self, id: i64) -> String {
        let found = self.newsletters.iter().find(|one| one.id == id);
        let name = |one: &Newsletter| one.settings.text(self.language).name.clone();
        found.map(name).unwrap_or_default()
    }

    fn topics(&self, set: TopicSet) -> Vec<String> {
        let chosen = self.topics.iter().filter(|topic| set.contains(topic.bit));
        chosen
            .map(|topic| topic.name(self.language).to_owned())
            .collect()
    }

    async fn subscriptions(
        &self,
        conn: &mut impl Connection,
        id: i64,
    ) -> Result<Vec<Subscription>, StoreError> {
        let all = store::subscription::of_subscriber(conn, id).await?;
        Ok(all
            .into_iter()
            .map(|one| Subscription {
                newsletter: self.newsletter(one.newsletter),
                topics: self.topics(one.topics),
                running: one.state == SubscriptionState::Active,
                confirmed_at: one.confirmed_at,
                ended_at: one.ended_at,
            })
            .collect())
    }

    async fn sign_ups(
        &self,
        conn: &mut impl Connection,
        id: i64,
    ) -> Result<Vec<SignUp>, StoreError> {
        let all = store::signup::of_subscriber(conn, id).await?;
        let named = |ids: Vec<(i64, TopicSet)>| ids.into_iter().map(|(id, _)| self.newsletter(id));
        Ok(all
            .into_iter()
            .map(|one| SignUp {
                newsletters: named(one.newsletters).collect(),
                page: one.page,
                requested_at: one.requested_at,
                expires_at: one.expires_at,
                confirmed_at: one.confirmed_at,
            })
            .collect())
    }

    async fn consent(
        &self,
        conn: &mut impl Connection,
        id: i64,
    ) -> Result<Vec<Consent>, StoreError> {
        let mut all = Vec::new();
        for one in store::consent::of_subscriber(conn, id).await? {
            let wording = match &one.wording_hash {
                Some(hash) => store::consent::wording(conn, hash).await?,
                None => None,
            };
            all.push(Consent {
                at: one.at,
                kind: one.kind,
                method: one.method,
                newsletter: one.newsletter.map(|id| self.newsletter(id)),
                topics: one.topics.map(|set| self.topics(set)).unwrap_or_default(),
                language: one.language,
                page: one.page,
                wording_version: wording.as_ref().map(|wording| wording.version.clone()),
                wording: wording.map(|wording| wording.wording),
                message_id: one.message_id,
            });
        }
        Ok(all)
    }

    async fn issues(
        &self,
        conn: &mut impl Connection,
        id: i64,
    ) -> Result<Vec<IssueSent>, StoreError> {
        let mut all = Vec::new();
        for one in store::delivery::of_subscriber(conn, id, i64::MAX).await? {
            let Some(issue) = store::issue::by_id(conn, one.key.issue).await? else {
                continue;
            };
            all.push(IssueSent {
                newsletter: self.newsletter(issue.newsletter),
                number: issue.number,
                state: one.state,
                topics: self.topics(one.topics),
                started_at: one.started_at,
                finished_at: one.finished_at,
                reply: one.reply,
            });
        }
        Ok(all)
    }
}

async fn notices(conn: &mut impl Connection, id: i64) -> Result<Vec<Notice>, StoreError> {
    let all = store::outbox::of_subscriber(conn, id).await?;
    Ok(all
        .into_iter()
        .map(|one| Notice {
            kind: one.kind,
            state: one.state,
            created_at: one.created_at,
            finished_at: one.finished_at,
            reply: one.reply,
        })
        .collect())
}

async fn history(conn: &mut impl Connection, id: i64) -> Result<Vec<History>, StoreError> {
    let filter = store::audit::Filter {
        kind: Some(SubjectKind::Subscriber),
        id: Some(id.to_string()),
        ..store::audit::Filter::default()
    };
    let lines = store::audit::latest(conn, &filter, i64::MAX).await?;
    Ok(lines
        .into_iter()
        .map(|line| History {
            at: line.entry.at,
            action: line.entry.action,
            actor: line.entry.actor,
            entry_point: line.entry.entry_point,
        })
        .collect())
}
