//! Sign-ups: requests to subscribe, confirmed or not.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// A sign-up before it is stored.
#[derive(Debug, Clone)]
pub struct NewSignup {
    /// Whose.
    pub subscriber: i64,
    /// The language that was chosen.
    pub language: Language,
    /// SHA-256 of the consent wording that was shown.
    pub wording_hash: String,
    /// The page it came from.
    pub page: String,
    /// When.
    pub requested_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// Newsletters and the topics chosen of each.
    pub newsletters: Vec<(i64, TopicSet)>,
}

/// A sign-up as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signup {
    /// Its row.
    pub id: i64,
    /// Whose.
    pub subscriber: i64,
    /// The language that was chosen.
    pub language: Language,
    /// SHA-256 of the consent wording that was shown.
    pub wording_hash: String,
    /// The page it came from.
    pub page: String,
    /// When.
    pub requested_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// Newsletters and the topics chosen of each.
    pub newsletters: Vec<(i64, TopicSet)>,
}

row! {
    struct Row {
        id: i64,
        subscriber_id: i64,
        language: String,
        wording_hash: String,
        page: String,
        requested_at: i64,
        expires_at: i64,
        confirmed_at: Option<i64>,
    }
}

/// Stores a sign-up and returns its row.
pub async fn add(tx: &mut Tx, new: &NewSignup) -> Result<i64> {
    let (id,) = sql!(
        tx,
        one as (i64,),
        "INSERT INTO signup (uuid, subscriber_id, language, wording_hash, page, requested_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        new_uuid(new.requested_at),
        new.subscriber,
        new.language.as_str(),
        new.wording_hash.as_str(),
        new.page.as_str(),
        new.requested_at.micros(),
        new.expires_at.micros()
    )?;
    for (newsletter, topics) in &new.newsletters {
        sql!(
            tx,
            execute,
            "INSERT INTO signup_newsletter (signup_id, newsletter_id, topics) VALUES ($1, $2, $3)",
            id,
            *newsletter,
            topics.mask()
        )?;
    }
    Ok(id)
}

/// The sign-up of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Signup>> {
    let Some(row) = sql!(
        conn,
        optional as Row,
        "SELECT id, subscriber_id, language, wording_hash, page, requested_at, expires_at, confirmed_at FROM signup WHERE id = $1",
        id
    )?
    else {
        return Ok(None);
    };
    let newsletters = sql!(
        conn,
        all as (i64, i64),
        "SELECT newsletter_id, topics FROM signup_newsletter WHERE signup_id = $1 ORDER BY newsletter_id",
        id
    )?;
    Ok(Some(Signup {
        id: row.id,
        subscriber: row.subscriber_id,
        language: row.language.parse().map_err(unreadable)?,
        wording_hash: row.wording_hash,
        page: row.page,
        requested_at: Timestamp::from_micros(row.requested_at),
        expires_at: Timestamp::from_micros(row.expires_at),
        confirmed_at: row.confirmed_at.map(Timestamp::from_micros),
        newsletters: newsletters
            .into_iter()
            .map(|(id, mask)| (id, TopicSet::from_mask(mask)))
            .collect(),
    }))
}

/// Marks a sign-up as confirmed. Returns whether this call did it: false if it was confirmed before
/// or has expired.
pub async fn confirm(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE signup SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL AND expires_at > $2",
        id,
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Sign-ups that expired unconfirmed by `now`, at most `limit`.
pub async fn expired(conn: &mut impl Connection, now: Timestamp, limit: i64) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM signup WHERE confirmed_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
        now.micros(),
        limit
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Every sign-up of a subscriber, oldest first.
pub async fn of_subscriber(conn: &mut impl Connection, subscriber: i64) -> Result<Vec<Signup>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM signup WHERE subscriber_id = $1 ORDER BY requested_at, id",
        subscriber
    )?;
    let mut all = Vec::with_capacity(rows.len());
    for (id,) in rows {
        all.extend(by_id(conn, id).await?);
    }
    Ok(all)
}

/// Removes the open sign-ups of a subscriber with their tokens and mails.
pub async fn remove_open(tx: &mut Tx, subscriber: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM signup WHERE subscriber_id = $1 AND confirmed_at IS NULL",
        subscriber
    )
}

/// Removes a newsletter from the confirmed sign-ups of a subscriber, and those about nothing else.
pub async fn remove_of(tx: &mut Tx, subscriber: i64, newsletter: i64) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM signup_newsletter WHERE newsletter_id = $2 \
         AND signup_id IN (SELECT id FROM signup WHERE subscriber_id = $1 AND confirmed_at IS NOT NULL)",
        subscriber,
        newsletter
    )?;
    sql!(
        tx,
        execute,
        "DELETE FROM signup WHERE subscriber_id = $1 AND confirmed_at IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM signup_newsletter n WHERE n.signup_id = signup.id)",
        subscriber
    )?;
    Ok(())
}

/// Removes a sign-up with its tokens and mails, unless it was confirmed meanwhile.
pub async fn remove_unconfirmed(tx: &mut Tx, id: i64) -> Result<bool> {
    Ok(sql!(
        tx,
        execute,
        "DELETE FROM signup WHERE id = $1 AND confirmed_at IS NULL",
        id
    )? == 1)
}
