//! What an issue does not tell, and why: for the person who edits it.

use std::time::Duration;

use crate::domain::newsletter::Newsletter;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::left_out::{Around, NotChosen, events, news};
use crate::store::{Connection, Result};

/// How far before its window an issue looks for what it left out, and before its day for events that
/// have begun.
const LOOK_BACK: Duration = Duration::from_hours(24 * 30);

/// Of news and of events, each.
const MOST: i64 = 150;

/// Why an entry is not told: a code with parameters, in the order in which people look for them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyLeftOut {
    /// Somebody took it out.
    TakenOut {
        /// Who, as the audit log names them.
        by: Option<String>,
    },
    /// Its source has cancelled the event, and nobody has decided about that.
    Undecided,
    /// It became public after the issue was composed.
    Later,
    /// The issue had no room for it.
    NoRoom,
    /// Another issue of this newsletter told it.
    ToldBy {
        /// The number of that issue.
        number: i64,
    },
    /// It became public before the window of the issue.
    BeforeWindow,
    /// It takes place after the horizon of the newsletter.
    BeyondHorizon,
}

/// An entry that an issue does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The entry.
    pub entry: NotChosen,
    /// Why.
    pub why: WhyLeftOut,
}

/// Up to when an issue tells events: its newsletter's horizon after its day.
pub fn horizon(newsletter: &Newsletter, issue: &Issue, now: Timestamp) -> Timestamp {
    day(issue, now).plus(newsletter.settings.horizon)
}

/// When an issue goes out.
fn day(issue: &Issue, now: Timestamp) -> Timestamp {
    let due = issue.send_at.map_or(now, |at| at.max(now));
    issue.frozen_at.unwrap_or(due)
}

/// What the issue could have told and does not, what can be added first; the latest news and the
/// first events only, so that it stays a page.
pub async fn left_out(
    conn: &mut impl Connection,
    newsletter: &Newsletter,
    issue: &Issue,
    now: Timestamp,
) -> Result<Vec<LeftOut>> {
    let around = Around {
        newsletter: newsletter.id,
        issue: issue.id,
        topics: newsletter.settings.topics,
        limit: MOST,
    };
    let at = day(issue, now);
    let from = issue
        .window_from
        .unwrap_or(issue.window_to)
        .minus(LOOK_BACK);
    let mut found = news(conn, around, from).await?;
    found.extend(events(conn, around, at.minus(LOOK_BACK), at).await?);
    let until = horizon(newsletter, issue, now);
    let mut left: Vec<_> = found
        .into_iter()
        .map(|entry| LeftOut {
            why: why(&entry, issue, until),
            entry,
        })
        .collect();
    left.sort_by(|one, other| one.why.cmp(&other.why));
    Ok(left)
}

fn why(entry: &NotChosen, issue: &Issue, until: Timestamp) -> WhyLeftOut {
    if entry.taken_out {
        return WhyLeftOut::TakenOut {
            by: entry.decided_by.clone(),
        };
    }
    if entry.waits {
        return WhyLeftOut::Undecided;
    }
    if let Some(number) = entry.told_by {
        return WhyLeftOut::ToldBy { number };
    }
    if entry.starts_at.is_some_and(|starts| starts >= until) {
        return WhyLeftOut::BeyondHorizon;
    }
    if entry.published_at > issue.window_to {
        return WhyLeftOut::Later;
    }
    let is_old = issue
        .window_from
        .is_some_and(|from| entry.published_at <= from);
    if is_old && entry.starts_at.is_none() {
        return WhyLeftOut::BeforeWindow;
    }
    WhyLeftOut::NoRoom
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_added_stands_first() {
        let mut all = [
            WhyLeftOut::BeyondHorizon,
            WhyLeftOut::ToldBy { number: 47 },
            WhyLeftOut::Later,
            WhyLeftOut::TakenOut { by: None },
        ];
        all.sort();
        assert_eq!(all[0], WhyLeftOut::TakenOut { by: None });
        assert_eq!(all[1], WhyLeftOut::Later);
        assert_eq!(all[3], WhyLeftOut::BeyondHorizon);
    }
}
