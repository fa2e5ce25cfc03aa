//! What was checked of issues, what was accepted as it is, and what came of asking for links.

use std::collections::BTreeMap;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError, Tx};
use crate::domain::check::{Acceptance, CheckResult, LinkOutcome};
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// When an issue was checked.
    pub enum Occasion ("occasion of a check") {
        /// Somebody asked for it.
        Check = "check",
        /// The issue was approved: evidence.
        Approval = "approval",
    }
}

/// A check that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it found.
    pub result: CheckResult,
    /// When.
    pub at: Timestamp,
}

/// Keeps a check, in place of the last one on this occasion.
pub async fn keep(
    tx: &mut Tx,
    issue: i64,
    occasion: Occasion,
    result: &CheckResult,
    now: Timestamp,
) -> Result<()> {
    let json =
        serde_json::to_string(result).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    sql!(
        tx,
        execute,
        "INSERT INTO issue_check (issue_id, occasion, content, result, checked_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (issue_id, occasion) DO UPDATE SET content = excluded.content, result = excluded.result, \
         checked_at = excluded.checked_at",
        issue,
        occasion.as_str(),
        result.content.as_str(),
        json,
        now.micros()
    )?;
    Ok(())
}

/// The check that is kept for this occasion. None where there is none, or another version wrote it.
pub async fn kept(
    conn: &mut impl Connection,
    issue: i64,
    occasion: Occasion,
) -> Result<Option<Kept>> {
    let row = sql!(
        conn,
        optional as (String, i64),
        "SELECT result, checked_at FROM issue_check WHERE issue_id = $1 AND occasion = $2",
        issue,
        occasion.as_str()
    )?;
    Ok(row.and_then(|(result, at)| {
        Some(Kept {
            result: serde_json::from_str(&result).ok()?,
            at: Timestamp::from_micros(at),
        })
    }))
}

/// Notes that somebody accepts a finding as it is.
pub async fn accept(tx: &mut Tx, issue: i64, acceptance: &Acceptance) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO issue_check_accepted (issue_id, finding, actor, actor_name, reason, accepted_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issue_id, finding) DO NOTHING",
        issue,
        acceptance.finding.as_str(),
        acceptance.actor.as_str(),
        acceptance.actor_name.as_str(),
        acceptance.reason.as_str(),
        acceptance.at.micros()
    )?;
    Ok(())
}

/// Takes an acceptance back; false where there was none.
pub async fn unaccept(tx: &mut Tx, issue: i64, finding: &str) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "DELETE FROM issue_check_accepted WHERE issue_id = $1 AND finding = $2",
        issue,
        finding
    )?;
    Ok(touched == 1)
}

row! {
    struct AcceptedRow {
        finding: String,
        actor: String,
        actor_name: String,
        reason: String,
        accepted_at: i64,
    }
}

/// What was accepted of an issue, by the key of the finding.
pub async fn accepted(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<BTreeMap<String, Acceptance>> {
    let rows = sql!(
        conn,
        all as AcceptedRow,
        "SELECT finding, actor, actor_name, reason, accepted_at FROM issue_check_accepted WHERE issue_id = $1",
        issue
    )?;
    let rows = rows.into_iter().map(|row| {
        let acceptance = Acceptance {
            finding: row.finding.clone(),
            actor: row.actor,
            actor_name: row.actor_name,
            reason: row.reason,
            at: Timestamp::from_micros(row.accepted_at),
        };
        (row.finding, acceptance)
    });
    Ok(rows.collect())
}

fn key(url: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(url))
}

/// What came of asking for this address, if somebody asked after `since`.
pub async fn link(
    conn: &mut impl Connection,
    url: &str,
    since: Timestamp,
) -> Result<Option<LinkOutcome>> {
    let row = sql!(
        conn,
        optional as (String,),
        "SELECT outcome FROM link_check WHERE link = $1 AND checked_at >= $2",
        key(url),
        since.micros()
    )?;
    row.map(|(outcome,)| serde_json::from_str(&outcome).map_err(unreadable))
        .transpose()
}

/// Keeps what came of asking for an address.
pub async fn keep_link(
    tx: &mut Tx,
    url: &str,
    outcome: &LinkOutcome,
    now: Timestamp,
) -> Result<()> {
    let json = serde_json::to_string(outcome)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    sql!(
        tx,
        execute,
        "INSERT INTO link_check (link, outcome, checked_at) VALUES ($1, $2, $3) \
         ON CONFLICT (link) DO UPDATE SET outcome = excluded.outcome, checked_at = excluded.checked_at",
        key(url),
        json,
        now.micros()
    )?;
    Ok(())
}

/// Forgets what came of asking longer ago than this.
pub async fn forget_links(tx: &mut Tx, older: Duration, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM link_check WHERE checked_at < $1",
        now.minus(older).micros()
    )?;
    Ok(())
}

/// Whether a newsletter wants to be reminded of the distance to the press.
pub async fn press_distance(conn: &mut impl Connection, newsletter: i64) -> Result<bool> {
    let row = sql!(
        conn,
        optional as (bool,),
        "SELECT press_distance FROM newsletter_reminder WHERE newsletter_id = $1",
        newsletter
    )?;
    Ok(row.is_some_and(|(wanted,)| wanted))
}

/// Sets whether it does.
pub async fn set_press_distance(tx: &mut Tx, newsletter: i64, wanted: bool) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO newsletter_reminder (newsletter_id, press_distance) VALUES ($1, $2) \
         ON CONFLICT (newsletter_id) DO UPDATE SET press_distance = excluded.press_distance",
        newsletter,
        wanted
    )?;
    Ok(())
}

/// Which entries of an issue earlier issues of its newsletter have told: the UUID, and the number of the
/// latest that did. Issues count once their audience was materialised.
pub async fn told_before(
    conn: &mut impl Connection,
    issue: i64,
    newsletter: i64,
) -> Result<Vec<(String, i64)>> {
    sql!(
        conn,
        all as (String, i64),
        "SELECT e.uuid, MAX(i.number) FROM issue_entry own JOIN entry e ON e.id = own.entry_id \
         JOIN issue_entry ie ON ie.entry_id = own.entry_id JOIN issue i ON i.id = ie.issue_id \
         WHERE own.issue_id = $1 AND own.included AND ie.issue_id <> $1 AND ie.told AND ie.included \
         AND i.newsletter_id = $2 AND i.frozen_at IS NOT NULL GROUP BY e.uuid",
        issue,
        newsletter
    )
}

/// How many recipients the last issue of a newsletter had that was sent before this one.
pub async fn last_recipients(
    conn: &mut impl Connection,
    newsletter: i64,
    number: i64,
) -> Result<Option<i64>> {
    let row = sql!(
        conn,
        optional as (i64,),
        "SELECT recipients FROM issue WHERE newsletter_id = $1 AND number < $2 AND frozen_at IS NOT NULL \
         ORDER BY number DESC LIMIT 1",
        newsletter,
        number
    )?;
    Ok(row.map(|(recipients,)| recipients))
}
