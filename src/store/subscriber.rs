//! Subscribers: addresses, their language and state.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError, Tx, new_uuid, row_id};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::subscriber::SubscriberState;
use crate::domain::timestamp::Timestamp;

/// How often [`ensure`] tries.
const MOST_TRIES: usize = 5;

/// A subscriber as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// The row.
    pub id: i64,
    /// The name outside the installation.
    pub uuid: String,
    /// Where mail goes; none once erased.
    pub address: Option<Address>,
    /// The language of mails and pages.
    pub language: Language,
    /// Their state.
    pub state: SubscriberState,
    /// When the address was first seen.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: i64,
        uuid: String,
        address: Option<String>,
        language: String,
        state: String,
        created_at: i64,
    }
}

impl TryFrom<Row> for Subscriber {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uuid: row.uuid,
            address: row
                .address
                .map(|text| Address::parse(&text))
                .transpose()
                .map_err(unreadable)?,
            language: row.language.parse().map_err(unreadable)?,
            state: row.state.parse().map_err(unreadable)?,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

/// The subscriber with this address, whatever the case of its letters.
pub async fn by_address(
    conn: &mut impl Connection,
    address: &Address,
) -> Result<Option<Subscriber>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT id, uuid, address, language, state, created_at FROM subscriber WHERE address_key = $1",
        address.key()
    )?;
    row.map(Subscriber::try_from).transpose()
}

/// The subscriber of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Subscriber>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT id, uuid, address, language, state, created_at FROM subscriber WHERE id = $1",
        id
    )?;
    row.map(Subscriber::try_from).transpose()
}

/// The subscriber with this address, created as pending if there is none. The row is locked until
/// the transaction ends, so requests for one address run one after the other.
///
/// Nothing is inserted if another row has the address or, once in millions of times, the id; that
/// row may be removed before it can be locked. Both cases are retried.
pub async fn ensure(
    tx: &mut Tx,
    address: &Address,
    language: Language,
    now: Timestamp,
) -> Result<Subscriber> {
    for _ in 0..MOST_TRIES {
        sql!(
            tx,
            execute,
            "INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, 'pending', $6) ON CONFLICT DO NOTHING",
            row_id::new(now),
            new_uuid(now),
            address.as_str(),
            address.key(),
            language.as_str(),
            now.micros()
        )?;
        let locked = sql!(
            tx,
            optional as Row,
            "UPDATE subscriber SET address_key = address_key WHERE address_key = $1 \
             RETURNING id, uuid, address, language, state, created_at",
            address.key()
        )?;
        if let Some(row) = locked {
            return row.try_into();
        }
    }
    Err(StoreError::Busy)
}

/// Locks the subscriber's row until the transaction ends, so that changes of their subscriptions
/// run one after the other. Returns whether there is one.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE subscriber SET state = state WHERE id = $1",
        id
    )?;
    Ok(touched == 1)
}

/// Subscribers in the order of their rows, `after` a row, at most `limit`; of one state if given.
pub async fn list(
    conn: &mut impl Connection,
    state: Option<SubscriberState>,
    after: i64,
    limit: i64,
) -> Result<Vec<Subscriber>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, uuid, address, language, state, created_at FROM subscriber \
         WHERE id > $1 AND ($2 = '' OR state = $2) ORDER BY id LIMIT $3",
        after,
        state.map_or("", SubscriberState::as_str),
        limit
    )?;
    rows.into_iter().map(Subscriber::try_from).collect()
}

/// How many subscribers are in each state.
pub async fn count_by_state(conn: &mut impl Connection) -> Result<Vec<(SubscriberState, i64)>> {
    let rows = sql!(
        conn,
        all as (String, i64),
        "SELECT state, COUNT(*) FROM subscriber GROUP BY state ORDER BY state"
    )?;
    rows.into_iter()
        .map(|(state, count)| Ok((state.parse().map_err(unreadable)?, count)))
        .collect()
}

/// Sets the language of mails and pages.
pub async fn set_language(tx: &mut Tx, id: i64, language: Language) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE subscriber SET language = $2 WHERE id = $1",
        id,
        language.as_str()
    )?;
    Ok(())
}

/// Derives the state from the subscriptions: active while there is an active one, else
/// unsubscribed. Pending becomes active with the first; suspended and erased subscribers stay as
/// they are when `confirmed` is false. A confirmation proves the mailbox works and lifts a
/// suspension.
pub async fn follow_subscriptions(tx: &mut Tx, id: i64, confirmed: bool) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE subscriber SET state = CASE WHEN EXISTS (SELECT 1 FROM subscription \
         WHERE subscriber_id = $1 AND state = 'active') THEN 'active' ELSE 'unsubscribed' END \
         WHERE id = $1 AND (state IN ('active', 'unsubscribed') OR ($2 AND state IN ('pending', 'suspended')))",
        id,
        confirmed
    )?;
    Ok(())
}

/// Removes a subscriber who never confirmed anything and has no open sign-up, with everything
/// recorded about them. Returns whether it did. Call [`lock`] first, as a separate statement: on
/// PostgreSQL a statement that waits for the row uses the snapshot from before the wait, and would
/// remove somebody who signed up meanwhile.
pub async fn remove_if_unconfirmed(tx: &mut Tx, id: i64) -> Result<bool> {
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM subscriber WHERE id = $1 AND state = 'pending' \
         AND NOT EXISTS (SELECT 1 FROM signup WHERE signup.subscriber_id = subscriber.id AND signup.confirmed_at IS NULL)",
        id
    )?;
    Ok(removed == 1)
}

/// Moves a subscriber from one state to another. Returns false if they were not in `from`.
pub async fn set_state(
    tx: &mut Tx,
    id: i64,
    from: SubscriberState,
    to: SubscriberState,
) -> Result<bool> {
    let moved = sql!(
        tx,
        execute,
        "UPDATE subscriber SET state = $3 WHERE id = $1 AND state = $2",
        id,
        from.as_str(),
        to.as_str()
    )?;
    Ok(moved == 1)
}

/// Addresses with their row ids, after an id, at most `limit`.
pub async fn addresses(
    conn: &mut impl Connection,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Address)>> {
    let rows = sql!(
        conn,
        all as (i64, String),
        "SELECT id, address FROM subscriber WHERE id > $1 AND address IS NOT NULL ORDER BY id LIMIT $2",
        after,
        limit
    )?;
    rows.into_iter()
        .map(|(id, address)| Ok((id, Address::parse(&address).map_err(unreadable)?)))
        .collect()
}
