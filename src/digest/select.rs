//! Which entries the next issue of a newsletter carries.

use std::time::Duration;

use super::snapshot::SectionKind;
use crate::clock::TOLERATED_SKEW;
use crate::domain::entry::EntryKind;
use crate::domain::newsletter::Newsletter;
use crate::domain::timestamp::Timestamp;
use crate::store::entry::{Candidates, Entry};
use crate::store::{self, Connection, Result};

/// How far a window reaches back into the last one. Without it no issue would carry an entry whose
/// transaction began before the last issue was composed and was committed after it. No entry is
/// carried twice, so the overlap does no harm.
const OVERLAP: Duration = Duration::from_hours(1);

const DAY: Duration = Duration::from_hours(24);

/// Far more entries than the mails of one issue tell.
const MOST_ENTRIES: usize = 1_000;

/// What an issue carries.
pub struct Selected {
    /// Its entries, in the order of its sections.
    pub entries: Vec<Entry>,
    /// From when on news were looked for; none where this is the first issue.
    pub window_from: Option<Timestamp>,
    /// Whether there are more than an issue carries. Their window has passed, and the pages list them.
    pub is_something_left: bool,
}

/// Selects news and papers that were published since the last issue and that no earlier one carried,
/// and events and meetings ahead, within the newsletter's horizon, that were not announced yet.
///
/// A mail tells as many of them as its newsletter wants ([`super::variant`]), and a line in it leads to
/// the rest. News and papers count as told then; an event that no mail told may go into the next issue.
pub async fn select(
    conn: &mut impl Connection,
    newsletter: &Newsletter,
    at: Timestamp,
    now: Timestamp,
) -> Result<Selected> {
    let last = store::issue::last_window(conn, newsletter.id, now.plus(TOLERATED_SKEW)).await?;
    let after_pause = look_back(conn, newsletter, last, now).await?;
    let window_from = last.map(|until| until.minus(OVERLAP)).max(after_pause);
    let mut entries = store::entry::candidates(
        conn,
        Candidates {
            newsletter: newsletter.id,
            topics: newsletter.settings.topics,
            published_after: window_from.unwrap_or(Timestamp::from_micros(i64::MIN)),
            at,
            until: at.plus(newsletter.settings.horizon),
            // One more than is taken, to know whether something is left.
            limit: i64::try_from(MOST_ENTRIES)
                .unwrap_or(i64::MAX)
                .saturating_add(1),
        },
    )
    .await?;
    let is_something_left = entries.len() > MOST_ENTRIES;
    entries.truncate(MOST_ENTRIES);
    // Within a section the store's order stays: news by date, events by time.
    entries.sort_by_key(|entry| {
        (
            SectionKind::of(entry.content.kind),
            !entry.pinned,
            entry.content.kind == EntryKind::Paper,
        )
    });
    Ok(Selected {
        entries,
        window_from,
        is_something_left,
    })
}

/// From when on the first issue after a pause looks for news, where the pause says that it does not
/// look back all the way to the issue before it.
async fn look_back(
    conn: &mut impl Connection,
    newsletter: &Newsletter,
    last: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let zone = newsletter.settings.zone;
    let today = now.in_zone(zone).date_naive();
    let last_day = last.map(|last| last.in_zone(zone).date_naive());
    let pauses = store::timetable::pauses(conn, newsletter.id).await?;
    Ok(pauses
        .into_iter()
        .filter(|pause| pause.last < today && last_day.is_none_or(|day| day <= pause.last))
        .filter_map(|pause| pause.look_back)
        .map(|days| now.minus(DAY * days))
        .max())
}
