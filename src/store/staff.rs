//! People with a login.

use std::collections::BTreeMap;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid, row_id};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Roles, UserState};

/// A user as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The row.
    pub id: i64,
    /// The name outside the installation.
    pub uuid: String,
    /// How colleagues call this person.
    pub name: String,
    /// Where mails go.
    pub email: Address,
    /// The language of pages and mails.
    pub language: Language,
    /// What this person is.
    pub roles: Roles,
    /// Whether this person may log in.
    pub state: UserState,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When this person was last here.
    pub last_seen_at: Option<Timestamp>,
    /// When the visit before the present one ended.
    pub seen_before_at: Option<Timestamp>,
    /// Since when this person has a second factor.
    pub second_factor_since: Option<Timestamp>,
}

/// A user before the row is written.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// How colleagues call this person.
    pub name: String,
    /// Where mails go.
    pub email: Address,
    /// The language of pages and mails.
    pub language: Language,
    /// What this person is.
    pub roles: Roles,
    /// The hash of the password, if there is one.
    pub password: Option<String>,
    /// Invited or active.
    pub state: UserState,
}

row! {
    struct Row {
        id: i64,
        uuid: String,
        name: String,
        email: String,
        language: String,
        roles: String,
        state: String,
        created_at: i64,
        last_seen_at: Option<i64>,
        seen_before_at: Option<i64>,
        totp_since: Option<i64>,
    }
}

impl TryFrom<Row> for StaffMember {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uuid: row.uuid,
            name: row.name,
            email: row.email.parse().map_err(unreadable)?,
            language: row.language.parse().map_err(unreadable)?,
            roles: Roles::parse(&row.roles).map_err(unreadable)?,
            state: row.state.parse().map_err(unreadable)?,
            created_at: Timestamp::from_micros(row.created_at),
            last_seen_at: row.last_seen_at.map(Timestamp::from_micros),
            seen_before_at: row.seen_before_at.map(Timestamp::from_micros),
            second_factor_since: row.totp_since.map(Timestamp::from_micros),
        })
    }
}

/// A statement that reads users.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, uuid, name, email, language, roles, state, created_at, last_seen_at, seen_before_at, totp_since FROM staff ",
            $rest
        )
    };
}

/// Adds a user. [`super::StoreError::Exists`] if the address is taken.
pub async fn add(tx: &mut Tx, new: &NewStaff, now: Timestamp) -> Result<StaffMember> {
    let id = row_id::new(now);
    sql!(
        tx,
        execute,
        "INSERT INTO staff (id, uuid, name, email, email_key, language, roles, password, state, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        new_uuid(now),
        new.name.as_str(),
        new.email.as_str(),
        new.email.key(),
        new.language.as_str(),
        new.roles.to_string(),
        new.password.clone(),
        new.state.as_str(),
        now.micros()
    )?;
    by_id(tx, id)
        .await?
        .ok_or_else(|| unreadable("the user that was just added"))
}

/// The user of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<StaffMember>> {
    sql!(conn, optional as Row, select!("WHERE id = $1"), id)?
        .map(StaffMember::try_from)
        .transpose()
}

/// The user of this UUID.
pub async fn by_uuid(conn: &mut impl Connection, uuid: &str) -> Result<Option<StaffMember>> {
    sql!(conn, optional as Row, select!("WHERE uuid = $1"), uuid)?
        .map(StaffMember::try_from)
        .transpose()
}

/// The user with this address.
pub async fn by_email(conn: &mut impl Connection, email: &Address) -> Result<Option<StaffMember>> {
    sql!(
        conn,
        optional as Row,
        select!("WHERE email_key = $1"),
        email.key()
    )?
    .map(StaffMember::try_from)
    .transpose()
}

/// Every user, by name.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<StaffMember>> {
    let rows = sql!(conn, all as Row, select!("ORDER BY name, id"))?;
    rows.into_iter().map(StaffMember::try_from).collect()
}

/// The names of all users by their UUIDs: for lines of the audit log.
pub async fn names(conn: &mut impl Connection) -> Result<BTreeMap<String, String>> {
    let rows = sql!(
        conn,
        all as (String, String),
        "SELECT uuid, name FROM staff"
    )?;
    Ok(rows.into_iter().collect())
}

/// The hash of a user's password, if there is one.
pub async fn password(conn: &mut impl Connection, id: i64) -> Result<Option<String>> {
    let row = sql!(
        conn,
        optional as (Option<String>,),
        "SELECT password FROM staff WHERE id = $1",
        id
    )?;
    Ok(row.and_then(|(password,)| password))
}

/// Notes that a user is here. A new visit begins where the last one ended before `visit_ended`.
pub async fn seen(tx: &mut Tx, id: i64, visit_ended: Timestamp, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET seen_before_at = CASE WHEN last_seen_at < $2 THEN last_seen_at ELSE seen_before_at END, \
         last_seen_at = $3 WHERE id = $1",
        id,
        visit_ended.micros(),
        now.micros()
    )?;
    Ok(())
}

/// Makes other nodes wait with changes of users who may log in, until this transaction ends: so that
/// two of them cannot take each other's rights away.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET state = state WHERE state = 'active'"
    )?;
    Ok(())
}

/// Sets the hash of a user's password. Whoever was invited may log in from now on.
pub async fn set_password(tx: &mut Tx, id: i64, hash: &str) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET password = $2, state = CASE WHEN state = 'invited' THEN 'active' ELSE state END WHERE id = $1",
        id,
        hash
    )?;
    Ok(())
}

/// Sets whether a user may log in.
pub async fn set_state(tx: &mut Tx, id: i64, state: UserState) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET state = $2 WHERE id = $1",
        id,
        state.as_str()
    )?;
    Ok(())
}

/// Sets what a user is.
pub async fn set_roles(tx: &mut Tx, id: i64, roles: &Roles) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET roles = $2 WHERE id = $1",
        id,
        roles.to_string()
    )?;
    Ok(())
}

/// Sets a user's name and language.
pub async fn set_profile(tx: &mut Tx, id: i64, name: &str, language: Language) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET name = $2, language = $3 WHERE id = $1",
        id,
        name,
        language.as_str()
    )?;
    Ok(())
}

/// The sealed secret of a user's authenticator app and the last step that was used.
pub async fn second_factor(
    conn: &mut impl Connection,
    id: i64,
) -> Result<Option<(String, Option<i64>)>> {
    let row = sql!(
        conn,
        optional as (Option<String>, Option<i64>),
        "SELECT totp, totp_step FROM staff WHERE id = $1",
        id
    )?;
    Ok(row.and_then(|(sealed, step)| Some((sealed?, step))))
}

/// Gives a user a second factor: the sealed secret and the step that was used to try it. Or takes it
/// away.
pub async fn set_second_factor(
    tx: &mut Tx,
    id: i64,
    secret: Option<(&str, i64)>,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff SET totp = $2, totp_step = $3, totp_since = $4 WHERE id = $1",
        id,
        secret.map(|(sealed, _)| sealed),
        secret.map(|(_, step)| step),
        secret.map(|_| now.micros())
    )?;
    Ok(())
}

/// Uses a step of a user's authenticator app. Returns whether neither it nor a later one was used
/// before, on any node.
pub async fn use_step(tx: &mut Tx, id: i64, step: i64) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE staff SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)",
        id,
        step
    )?;
    Ok(touched == 1)
}
