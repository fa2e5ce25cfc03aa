//! The audit log: append-only lines, each bound to the one before it by its hash.
//!
//! `app` appends (see `app::Operation`) and verifies. `delivery` appends what happens while an issue is
//! sent and nobody asked for: it stopped by itself, it ended, a relay went down. Nothing else writes
//! here.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::timestamp::Timestamp;

/// The content of a line, before it has a number and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// The kind of actor: `operator`, `job`, `reader` …
    pub actor: String,
    /// Which one: a system user, a job, the row of a subscriber. Never an address.
    pub actor_name: String,
    /// Through which entry point: `command-line`, `one-click` …
    pub entry_point: String,
    /// What was done. Kept as it was written, also by a newer version.
    pub action: String,
    /// To what kind of thing.
    pub subject: String,
    /// To which one.
    pub subject_id: String,
    /// The state before, in a few words.
    pub before: Option<String>,
    /// The state after, in a few words.
    pub after: Option<String>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number, counted without gaps.
    pub seq: i64,
    /// What it says.
    pub entry: AuditEntry,
    /// Its hash as it is stored.
    pub hash: String,
}

impl AuditLine {
    /// The hash this line must have when it follows a line with the hash `previous`: SHA-256, in
    /// hexadecimal, over all fields, each preceded by its length so that different lines never give
    /// the same input.
    pub fn expected_hash(&self, previous: &str) -> String {
        let AuditEntry {
            at,
            actor,
            actor_name,
            entry_point,
            action,
            subject,
            subject_id,
            before,
            after,
        } = &self.entry;
        let mut hash = Sha256::new();
        let mut field = |text: Option<&str>| {
            // An absent field differs from an empty one.
            let length = text.map_or(u64::MAX, |text| text.len() as u64);
            hash.update(length.to_be_bytes());
            hash.update(text.unwrap_or_default());
        };
        field(Some(previous));
        field(Some(&self.seq.to_string()));
        field(Some(&at.micros().to_string()));
        for text in [actor, actor_name, entry_point, action, subject, subject_id] {
            field(Some(text));
        }
        field(before.as_deref());
        field(after.as_deref());
        HEXLOWER.encode(&hash.finalize())
    }
}

/// Both ends of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The number of the last line; 0 if there is none.
    pub seq: i64,
    /// Its hash; empty if there is none.
    pub hash: String,
    /// The last line that retention has removed; 0 for none.
    pub anchor_seq: i64,
    /// Its hash; empty for none.
    pub anchor_hash: String,
}

row! {
    struct Row {
        seq: i64,
        at: i64,
        actor: String,
        actor_name: String,
        entry_point: String,
        action: String,
        subject: String,
        subject_id: String,
        before: Option<String>,
        after: Option<String>,
        hash: String,
    }
}

impl From<Row> for AuditLine {
    fn from(row: Row) -> Self {
        Self {
            seq: row.seq,
            entry: AuditEntry {
                at: Timestamp::from_micros(row.at),
                actor: row.actor,
                actor_name: row.actor_name,
                entry_point: row.entry_point,
                action: row.action,
                subject: row.subject,
                subject_id: row.subject_id,
                before: row.before,
                after: row.after,
            },
            hash: row.hash,
        }
    }
}

/// Bounds how long [`append`] waits in this transaction for other writers of the log, so that the
/// log does not delay what a person is entitled to.
pub async fn wait_at_most(tx: &mut Tx, within: std::time::Duration) -> Result<()> {
    super::dialect::wait_for_locks_at_most(tx, within).await
}

/// Appends lines. Locks the end of the chain until the transaction ends, so call it last in a
/// transaction: then nothing but the commit happens under this lock.
pub async fn append(tx: &mut Tx, entries: Vec<AuditEntry>) -> Result<()> {
    // The update comes first: it is what locks the row on PostgreSQL.
    sql!(
        tx,
        execute,
        "UPDATE audit_chain SET seq = seq WHERE only_row = 1"
    )?;
    let mut end = chain(tx).await?;
    for entry in entries {
        let mut line = AuditLine {
            seq: end.seq + 1,
            entry,
            hash: String::new(),
        };
        line.hash = line.expected_hash(&end.hash);
        insert(tx, &line).await?;
        end.seq = line.seq;
        end.hash = line.hash;
    }
    sql!(
        tx,
        execute,
        "UPDATE audit_chain SET seq = $1, hash = $2 WHERE only_row = 1",
        end.seq,
        end.hash.as_str()
    )?;
    Ok(())
}

async fn insert(tx: &mut Tx, line: &AuditLine) -> Result<()> {
    let entry = &line.entry;
    sql!(
        tx,
        execute,
        "INSERT INTO audit (seq, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        line.seq,
        entry.at.micros(),
        entry.actor.as_str(),
        entry.actor_name.as_str(),
        entry.entry_point.as_str(),
        entry.action.as_str(),
        entry.subject.as_str(),
        entry.subject_id.as_str(),
        entry.before.as_deref(),
        entry.after.as_deref(),
        line.hash.as_str()
    )?;
    Ok(())
}

/// Both ends of the chain.
pub async fn chain(conn: &mut impl Connection) -> Result<Chain> {
    let (seq, hash, anchor_seq, anchor_hash) = sql!(
        conn,
        one as (i64, String, i64, String),
        "SELECT seq, hash, anchor_seq, anchor_hash FROM audit_chain WHERE only_row = 1"
    )?;
    Ok(Chain {
        seq,
        hash,
        anchor_seq,
        anchor_hash,
    })
}

/// At most `limit` lines after line `after`, in order.
pub async fn lines_after(
    conn: &mut impl Connection,
    after: i64,
    limit: i64,
) -> Result<Vec<AuditLine>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT seq, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash \
         FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2",
        after,
        limit
    )?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// Selects lines.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this action.
    pub action: Option<Action>,
    /// About things of this kind.
    pub kind: Option<SubjectKind>,
    /// About the thing of this name.
    pub id: Option<String>,
    /// No older than this.
    pub since: Option<Timestamp>,
    /// Older than this.
    pub until: Option<Timestamp>,
    /// Of this kind of actor.
    pub actor: Option<String>,
    /// Of the actor of this name.
    pub actor_name: Option<String>,
    /// Before the line of this number.
    pub before: Option<i64>,
}

/// The latest lines about one thing, newest first, at most `limit`.
pub async fn of_subject(
    conn: &mut impl Connection,
    subject: &Subject,
    limit: i64,
) -> Result<Vec<AuditLine>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT seq, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash \
         FROM audit WHERE subject = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT $3",
        subject.kind.as_str(),
        subject.id.as_str(),
        limit
    )?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// The latest lines that match `filter`, newest first, at most `limit`.
pub async fn latest(
    conn: &mut impl Connection,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<AuditLine>> {
    let action = filter.action.map(Action::as_str).unwrap_or_default();
    let kind = filter.kind.map(SubjectKind::as_str).unwrap_or_default();
    let id = filter.id.as_deref().unwrap_or_default();
    let rows = sql!(
        conn,
        all as Row,
        "SELECT seq, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash \
         FROM audit WHERE ($1 = '' OR action = $1) AND ($2 = '' OR subject = $2) AND ($3 = '' OR subject_id = $3) \
         AND at >= $4 AND at < $6 AND seq < $7 AND ($8 = '' OR actor = $8) AND ($9 = '' OR actor_name = $9) \
         ORDER BY seq DESC LIMIT $5",
        action,
        kind,
        id,
        filter.since.map_or(i64::MIN, Timestamp::micros),
        limit,
        filter.until.map_or(i64::MAX, Timestamp::micros),
        filter.before.unwrap_or(i64::MAX),
        filter.actor.as_deref().unwrap_or_default(),
        filter.actor_name.as_deref().unwrap_or_default()
    )?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// What the team and the service did since `since`, newest first, at most `limit`: the lines of
/// readers, who are many, left out.
pub async fn of_staff(
    conn: &mut impl Connection,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<AuditLine>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT seq, at, actor, actor_name, entry_point, action, subject, subject_id, before, after, hash \
         FROM audit WHERE actor <> 'reader' AND at >= $1 ORDER BY seq DESC LIMIT $2",
        since.micros(),
        limit
    )?;
    Ok(rows.into_iter().map(AuditLine::from).collect())
}

/// Removes at most `limit` lines written before `before`, from the beginning of the log, and keeps
/// the hash of the last of them as the anchor of the chain. Returns how many there were.
pub async fn remove_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "UPDATE audit_chain SET seq = seq WHERE only_row = 1"
    )?;
    let start = chain(tx).await?.anchor_seq;
    // Up to the first line that must stay, even where the clock was set back in between.
    let (first_kept,) = sql!(
        tx,
        one as (Option<i64>,),
        "SELECT MIN(seq) FROM audit WHERE at >= $1",
        before.micros()
    )?;
    let last = start.saturating_add(limit);
    let last = first_kept.map_or(last, |first| last.min(first - 1));
    let gone = sql!(
        tx,
        all as (i64, String),
        "SELECT seq, hash FROM audit WHERE seq <= $1 ORDER BY seq DESC LIMIT 1",
        last
    )?;
    let Some((seq, hash)) = gone.into_iter().next() else {
        return Ok(0);
    };
    let removed = sql!(tx, execute, "DELETE FROM audit WHERE seq <= $1", seq)?;
    let moved = sql!(
        tx,
        execute,
        "UPDATE audit_chain SET anchor_seq = $1, anchor_hash = $2 WHERE only_row = 1",
        seq,
        hash
    )?;
    if moved != 1 {
        return Err(unreadable("the audit log has no chain"));
    }
    Ok(removed)
}
