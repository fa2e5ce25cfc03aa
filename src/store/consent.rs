//! The append-only proof of consent, and the wordings people agreed to.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// One line of the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentEvent {
    /// Whose consent.
    pub subscriber: i64,
    /// To which newsletter, where it concerns one.
    pub newsletter: Option<i64>,
    /// What happened.
    pub kind: ConsentKind,
    /// Through which entry point.
    pub method: ConsentMethod,
    /// When.
    pub at: Timestamp,
    /// The topics it was about.
    pub topics: Option<TopicSet>,
    /// The language of the request.
    pub language: Option<Language>,
    /// SHA-256 of the wording, in hexadecimal; the wording itself is kept by [`keep_wording`].
    pub wording_hash: Option<String>,
    /// The page it happened on, without anything that identifies the visit.
    pub page: Option<String>,
    /// The Message-ID of the confirmation mail.
    pub message_id: Option<String>,
}

row! {
    /// A wording that was shown.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Wording {
        /// SHA-256 of the text in hexadecimal.
        pub hash: String,
        /// Its version in the product.
        pub version: String,
        /// Its language.
        pub language: String,
        /// The text as it was shown.
        pub wording: String,
    }
}

row! {
    struct Row {
        subscriber_id: i64,
        newsletter_id: Option<i64>,
        kind: String,
        method: String,
        at: i64,
        topics: Option<i64>,
        language: Option<String>,
        wording_hash: Option<String>,
        page: Option<String>,
        message_id: Option<String>,
    }
}

impl TryFrom<Row> for ConsentEvent {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            subscriber: row.subscriber_id,
            newsletter: row.newsletter_id,
            kind: row.kind.parse().map_err(unreadable)?,
            method: row.method.parse().map_err(unreadable)?,
            at: Timestamp::from_micros(row.at),
            topics: row.topics.map(TopicSet::from_mask),
            language: row
                .language
                .map(|text| text.parse())
                .transpose()
                .map_err(unreadable)?,
            wording_hash: row.wording_hash,
            page: row.page,
            message_id: row.message_id,
        })
    }
}

/// Appends one line.
pub async fn append(tx: &mut Tx, event: &ConsentEvent) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO consent_event (subscriber_id, newsletter_id, kind, method, at, topics, language, wording_hash, page, message_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        event.subscriber,
        event.newsletter,
        event.kind.as_str(),
        event.method.as_str(),
        event.at.micros(),
        event.topics.map(TopicSet::mask),
        event.language.map(Language::as_str),
        event.wording_hash.clone(),
        event.page.clone(),
        event.message_id.clone()
    )?;
    Ok(())
}

/// The whole proof of one subscriber, oldest first.
pub async fn of_subscriber(
    conn: &mut impl Connection,
    subscriber: i64,
) -> Result<Vec<ConsentEvent>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT subscriber_id, newsletter_id, kind, method, at, topics, language, wording_hash, page, message_id \
         FROM consent_event WHERE subscriber_id = $1 ORDER BY id",
        subscriber
    )?;
    rows.into_iter().map(ConsentEvent::try_from).collect()
}

/// Removes the proof of one subscription.
pub async fn remove_of(tx: &mut Tx, subscriber: i64, newsletter: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM consent_event WHERE subscriber_id = $1 AND newsletter_id = $2",
        subscriber,
        newsletter
    )
}

/// Stores a wording for as long as its proof may be needed; the same text is stored once.
pub async fn keep_wording(tx: &mut Tx, wording: &Wording, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO consent_wording (hash, version, language, wording, first_used) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (hash) DO NOTHING",
        wording.hash.as_str(),
        wording.version.as_str(),
        wording.language.as_str(),
        wording.wording.as_str(),
        now.micros()
    )?;
    Ok(())
}

/// The wording with this hash.
pub async fn wording(conn: &mut impl Connection, hash: &str) -> Result<Option<Wording>> {
    sql!(
        conn,
        optional as Wording,
        "SELECT hash, version, language, wording FROM consent_wording WHERE hash = $1",
        hash
    )
}
