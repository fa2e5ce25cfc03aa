//! Moving issues on: taking one for a transaction, releasing it, its states and times.

use super::{Issue, by_id};
use crate::domain::issue::IssueState;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::sql::sql;
use crate::store::{Result, Tx};

/// Takes an issue for this transaction, and reads it: until the commit nobody else approves it or
/// changes what is in it.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Option<Issue>> {
    sql!(
        tx,
        execute,
        "UPDATE issue SET state = state WHERE id = $1",
        id
    )?;
    by_id(tx, id).await
}

/// Takes the issues that carry an entry and are not under way yet. Returns their rows.
pub async fn lock_with(tx: &mut Tx, entry: i64) -> Result<Vec<i64>> {
    let rows = sql!(
        tx,
        all as (i64,),
        "UPDATE issue SET state = state WHERE state IN ('draft', 'in-review', 'held', 'approved') \
         AND id IN (SELECT issue_id FROM issue_entry WHERE entry_id = $1 AND included) RETURNING id",
        entry
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Fixes what will be sent: the released texts, their hash, and for whom something is in it.
/// Returns false when the issue was not in `from` any more.
pub async fn release(
    tx: &mut Tx,
    id: i64,
    from: IssueState,
    release: &str,
    hash: &str,
    (topics, for_everyone): (TopicSet, bool),
    now: Timestamp,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE issue SET state = 'approved', reason = NULL, release = $3, release_hash = $4, topics = $5, for_everyone = $6, \
         released_at = $7 WHERE id = $1 AND state = $2",
        id,
        from.as_str(),
        release,
        hash,
        topics.mask(),
        for_everyone,
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Notes which events of an issue no mail tells, by their rows: they may go into the next issue.
pub async fn set_untold(tx: &mut Tx, id: i64, entries: &[i64]) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE issue_entry SET told = TRUE WHERE issue_id = $1",
        id
    )?;
    for entry in entries {
        sql!(
            tx,
            execute,
            "UPDATE issue_entry SET told = FALSE WHERE issue_id = $1 AND entry_id = $2",
            id,
            *entry
        )?;
    }
    Ok(())
}

/// Moves an issue from one state to another, with the reason if there is one. Returns false when
/// it was not in `from` any more. Not for releasing and freezing, which do more.
pub async fn set_state(
    tx: &mut Tx,
    id: i64,
    from: IssueState,
    to: IssueState,
    reason: Option<&Reason>,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE issue SET state = $3, reason = $4, stop_told = FALSE, finished_at = CASE WHEN $3 IN ('sent', 'cancelled') THEN $5 ELSE finished_at END, \
         resumed_at = CASE WHEN $3 = 'sending' THEN $5 ELSE resumed_at END WHERE id = $1 AND state = $2",
        id,
        from.as_str(),
        to.as_str(),
        reason.map(Reason::to_stored),
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Sets an issue going again for deliveries that were put back into its queue: one that is sent is
/// being sent once more. Answers from before do not pause it. Returns false where it is in neither
/// state (paused or held, it waits for whoever resumes it).
pub async fn send_again(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE issue SET state = 'sending', reason = NULL, finished_at = NULL, resumed_at = $2 \
         WHERE id = $1 AND state IN ('sent', 'sending')",
        id,
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Notes that those who can act were told that an issue stopped. Returns false where that was noted
/// before, or it has moved on.
pub async fn note_stop_told(tx: &mut Tx, id: i64) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE issue SET stop_told = TRUE WHERE id = $1 AND stop_told = FALSE AND state IN ('paused', 'held')",
        id
    )?;
    Ok(touched == 1)
}

/// Sets when an issue is due, and until when its approval can be taken back.
pub async fn set_times(
    tx: &mut Tx,
    id: i64,
    send_at: Option<Timestamp>,
    not_before: Option<Timestamp>,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE issue SET send_at = $2, send_not_before = $3 WHERE id = $1",
        id,
        send_at.map(Timestamp::micros),
        not_before.map(Timestamp::micros)
    )?;
    Ok(())
}

/// Closes issues of which no delivery is under way any more. Returns their rows.
pub async fn finish_done(tx: &mut Tx, now: Timestamp) -> Result<Vec<i64>> {
    let rows = sql!(
        tx,
        all as (i64,),
        // Each part has the words of its partial index, `delivery_due` and `delivery_on_the_way`; the
        // plus keeps the primary key, and with it every row of the issue, out of the second one.
        "UPDATE issue SET state = 'sent', finished_at = $1 WHERE state = 'sending' \
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.issue_id = issue.id AND d.state = 'queued') \
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE +d.issue_id = issue.id AND d.state IN ('leased', 'started')) RETURNING id",
        now.micros()
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
