//! Reading the audit log, and verifying that nobody has changed it.

use crate::domain::timestamp::Timestamp;
use crate::store::audit::AuditLine;
pub use crate::store::audit::Filter;
use crate::store::{self, Connection};

/// A line of the audit log, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Line {
    /// Its number, counted without gaps.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The kind of actor: `operator`, `job`, `reader`.
    pub actor: String,
    /// Which one: a system user, a job, the row of a subscriber.
    pub actor_name: String,
    /// Through which entry point.
    pub entry_point: String,
    /// What was done: `subject.verb`.
    pub action: String,
    /// To what kind of thing.
    pub subject: String,
    /// To which one.
    pub subject_id: String,
    /// How it was before, in few words.
    pub before: Option<String>,
    /// How it was after, in few words.
    pub after: Option<String>,
    /// SHA-256 that binds this line to the one before it.
    pub hash: String,
}

impl From<AuditLine> for Line {
    fn from(line: AuditLine) -> Self {
        let AuditLine { seq, entry, hash } = line;
        Self {
            seq,
            at: entry.at,
            actor: entry.actor,
            actor_name: entry.actor_name,
            entry_point: entry.entry_point,
            action: entry.action,
            subject: entry.subject,
            subject_id: entry.subject_id,
            before: entry.before,
            after: entry.after,
            hash,
        }
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Lines that were read and found right.
    pub lines: i64,
    /// The number of the last line that retention removed; 0 for none.
    pub removed_until: i64,
    /// The hash of the last line. Kept elsewhere (on paper, by the data-protection officer), it
    /// proves later that no line up to here was changed.
    pub head: String,
    /// Whether a hash that was kept elsewhere stands in the log; none where none was given.
    pub holds_expected: Option<bool>,
    /// The first line that is not as it was written, and what is wrong with it.
    pub broken: Option<Broken>,
}

/// The first fault of the log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// The number of the line.
    pub seq: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The line, or the one before it, was changed after it was written.
    Changed,
    /// The line is missing.
    Missing,
    /// The line follows the end of the log: it was not written by this program.
    Added,
}

/// The latest lines, newest first, at most `limit`.
pub async fn latest(
    conn: &mut impl Connection,
    filter: &Filter,
    limit: u32,
) -> store::Result<Vec<Line>> {
    let lines = store::audit::latest(conn, filter, i64::from(limit)).await?;
    Ok(lines.into_iter().map(Line::from).collect())
}

/// Reads the whole log and compares each line with its hash. `expected` is a hash that was kept
/// elsewhere.
pub async fn verify(conn: &mut impl Connection, expected: Option<&str>) -> store::Result<Verified> {
    /// Lines read at a time.
    const PAGE: i64 = 1000;
    let chain = store::audit::chain(conn).await?;
    let mut previous = (chain.anchor_seq, chain.anchor_hash.clone());
    let mut found = expected.map(|hash| hash == chain.anchor_hash);
    let mut lines = 0;
    let mut broken = None;
    'read: loop {
        let page = store::audit::lines_after(conn, previous.0, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for line in page {
            if let Some(fault) = fault(&line, &previous, chain.seq) {
                let seq = match fault {
                    Fault::Missing => previous.0 + 1,
                    Fault::Changed | Fault::Added => line.seq,
                };
                broken = Some(Broken { seq, fault });
                break 'read;
            }
            if expected == Some(line.hash.as_str()) {
                found = Some(true);
            }
            lines += 1;
            previous = (line.seq, line.hash);
        }
    }
    if broken.is_none() && previous != (chain.seq, chain.hash.clone()) {
        let fault = if previous.0 < chain.seq {
            Fault::Missing
        } else {
            Fault::Changed
        };
        let seq = (previous.0 + 1).min(chain.seq);
        broken = Some(Broken { seq, fault });
    }
    Ok(Verified {
        lines,
        removed_until: chain.anchor_seq,
        head: chain.hash,
        holds_expected: found,
        broken,
    })
}

fn fault(line: &AuditLine, previous: &(i64, String), last: i64) -> Option<Fault> {
    if line.seq > last {
        Some(Fault::Added)
    } else if line.seq != previous.0 + 1 {
        Some(Fault::Missing)
    } else if line.hash != line.expected_hash(&previous.1) {
        Some(Fault::Changed)
    } else {
        None
    }
}
