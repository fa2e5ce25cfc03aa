//! DKIM keys. Private keys are stored sealed: the database alone is not enough to sign.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::dkim::{Algorithm, KeyState};
use crate::domain::timestamp::Timestamp;

/// A key to store.
#[derive(Clone)]
pub struct NewKey {
    /// The domain it signs for.
    pub domain: String,
    /// The name of its record.
    pub selector: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// The public key as the DNS record holds it.
    pub public_key: String,
    /// The private key, sealed.
    pub sealed: String,
}

/// A stored key.
#[derive(Clone)]
pub struct DkimKey {
    /// The row.
    pub id: i64,
    /// The domain it signs for.
    pub domain: String,
    /// The name of its record.
    pub selector: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// Whether it is in use.
    pub state: KeyState,
    /// The public key as the DNS record holds it.
    pub public_key: String,
    /// The private key, sealed; none once it is retired.
    pub sealed: Option<String>,
    /// When it was generated.
    pub created_at: Timestamp,
    /// When it began to sign.
    pub activated_at: Option<Timestamp>,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
}

row! {
    struct Row {
        id: i64,
        domain: String,
        selector: String,
        algorithm: String,
        state: String,
        public_key: String,
        sealed: Option<String>,
        created_at: i64,
        activated_at: Option<i64>,
        retired_at: Option<i64>,
    }
}

impl TryFrom<Row> for DkimKey {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            domain: row.domain,
            selector: row.selector,
            algorithm: row.algorithm.parse().map_err(unreadable)?,
            state: row.state.parse().map_err(unreadable)?,
            public_key: row.public_key,
            sealed: row.sealed,
            created_at: Timestamp::from_micros(row.created_at),
            activated_at: row.activated_at.map(Timestamp::from_micros),
            retired_at: row.retired_at.map(Timestamp::from_micros),
        })
    }
}

/// Stores a new key as prepared. [`super::StoreError::Exists`] if the domain has this selector.
pub async fn add(tx: &mut Tx, key: &NewKey, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO dkim_key (domain, selector, algorithm, state, public_key, sealed, created_at) \
         VALUES ($1, $2, $3, 'prepared', $4, $5, $6)",
        key.domain.as_str(),
        key.selector.as_str(),
        key.algorithm.as_str(),
        key.public_key.as_str(),
        key.sealed.as_str(),
        now.micros()
    )?;
    Ok(())
}

/// Every key: by domain, the newest first.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<DkimKey>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, domain, selector, algorithm, state, public_key, sealed, created_at, activated_at, retired_at \
         FROM dkim_key ORDER BY domain, created_at DESC, id"
    )?;
    rows.into_iter().map(DkimKey::try_from).collect()
}

/// The signing keys: for each domain and algorithm the last activated one.
pub async fn signing(conn: &mut impl Connection) -> Result<Vec<DkimKey>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, domain, selector, algorithm, state, public_key, sealed, created_at, activated_at, retired_at \
         FROM dkim_key k WHERE state = 'active' AND NOT EXISTS (SELECT 1 FROM dkim_key later \
         WHERE later.state = 'active' AND later.domain = k.domain AND later.algorithm = k.algorithm \
         AND (later.activated_at > k.activated_at OR (later.activated_at = k.activated_at AND later.id > k.id))) \
         ORDER BY domain, algorithm DESC"
    )?;
    rows.into_iter().map(DkimKey::try_from).collect()
}

/// Activates a prepared key; false if it is not prepared any more.
pub async fn activate(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE dkim_key SET state = 'active', activated_at = $2 WHERE id = $1 AND state = 'prepared'",
        id,
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Retires a key and deletes its private key; false if it is retired already.
pub async fn retire(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE dkim_key SET state = 'retired', retired_at = $2, sealed = NULL WHERE id = $1 AND state <> 'retired'",
        id,
        now.micros()
    )?;
    Ok(touched == 1)
}
