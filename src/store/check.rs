//! What was checked of issues, what was accepted as it is, and what came of asking for links.

use std::collections::BTreeMap;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError, Tx};
use crate::domain::check::{Acceptance, CheckResult, LinkOutcome};
use crate::domain::issue::IssueName;
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

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

/// An entry of an issue, and another issue that told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The entry, by UUID.
    pub entry: String,
    /// The topics with which it is in this issue; none: for everybody.
    pub here: TopicSet,
    /// The row of the other issue.
    pub issue: i64,
    /// Its name.
    pub name: IssueName,
    /// The topics with which it was there; none: for everybody.
    pub there: TopicSet,
    /// Whether it is of the same newsletter.
    pub is_own: bool,
}

row! {
    struct ToldRow {
        uuid: String,
        topics: i64,
        here: i64,
        id: i64,
        number: i64,
        key: String,
        there: i64,
        is_own: bool,
    }
}

/// Which entries of an issue other issues of any newsletter have told: the latest first, at most `limit`.
/// Issues count once their audience was materialised.
pub async fn told_before(
    conn: &mut impl Connection,
    issue: i64,
    newsletter: i64,
    limit: i64,
) -> Result<Vec<Told>> {
    let rows = sql!(
        conn,
        all as ToldRow,
        "SELECT e.uuid, e.topics, own.topics AS here, i.id, i.number, n.key, n.topics AS there, n.id = $2 AS is_own \
         FROM newsletter own JOIN issue_entry oe ON oe.issue_id = $1 JOIN entry e ON e.id = oe.entry_id \
         JOIN issue_entry ie ON ie.entry_id = oe.entry_id JOIN issue i ON i.id = ie.issue_id \
         JOIN newsletter n ON n.id = i.newsletter_id WHERE own.id = $2 AND oe.included AND ie.issue_id <> $1 \
         AND ie.told AND ie.included AND i.frozen_at IS NOT NULL ORDER BY i.frozen_at DESC, i.id DESC, e.id LIMIT $3",
        issue,
        newsletter,
        limit
    )?;
    let told = rows.into_iter().map(|row| {
        let of = |carried: i64| TopicSet::from_mask(row.topics & carried);
        Told {
            here: of(row.here),
            there: of(row.there),
            entry: row.uuid,
            issue: row.id,
            name: IssueName {
                newsletter: row.key,
                number: row.number,
            },
            is_own: row.is_own,
        }
    });
    Ok(told.collect())
}

/// How many of those who would get an entry with a newsletter now got it with another issue, as far as the
/// ledger still has its rows.
pub async fn readers_of_both(
    conn: &mut impl Connection,
    newsletter: i64,
    told: &Told,
) -> Result<i64> {
    let (readers,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM delivery d JOIN subscription s ON s.subscriber_id = d.subscriber_id \
         WHERE d.issue_id = $1 AND s.newsletter_id = $2 AND s.state = 'active' \
         AND d.state IN ('queued', 'leased', 'started', 'sent', 'uncertain') \
         AND ($3 = 0 OR (d.topics & $3) <> 0) AND ($4 = 0 OR (s.topics & $4) <> 0)",
        told.issue,
        newsletter,
        told.there.mask(),
        told.here.mask()
    )?;
    Ok(readers)
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
