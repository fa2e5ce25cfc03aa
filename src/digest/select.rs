//! Which entries the next issue of a newsletter carries.

use std::collections::BTreeMap;
use std::time::Duration;

use templates::mails::issue::Detail;

use super::headers::MessageHeaders;
use super::mail_context::MailContext;
use super::parts::LanguageParts;
use super::release;
use super::snapshot::{Limits, SectionKind, Snapshot};
use super::variant::LanguageMails;
use crate::clock::TOLERATED_SKEW;
use crate::domain::entry::EntryKind;
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::entry::{Candidates, Entry};
use crate::store::{self, Connection, Result};

/// How far a window reaches back into the last one. Without it no issue would carry an entry whose
/// transaction began before the last issue was composed and was committed after it. No entry is
/// carried twice, so the overlap does no harm.
const OVERLAP: Duration = Duration::from_hours(1);

/// More entries than anybody reads in one mail, and more than fit into one by their titles alone.
const MOST_ENTRIES: usize = 250;

/// What is left free for the words of editors: bytes of encoded HTML.
const ROOM_FOR_WORDS: usize = 4_000;

/// What an issue carries.
pub struct Selected {
    /// Its entries, in the order of its sections.
    pub entries: Vec<Entry>,
    /// From when on news were looked for; none where this is the first issue.
    pub window_from: Option<Timestamp>,
    /// Whether there is more to tell than fits into one mail.
    pub is_something_left: bool,
}

/// Selects news and papers that were published since the last issue and that no earlier one carried,
/// and events and meetings ahead, within the newsletter's horizon, that were not announced yet. What
/// does not fit into one mail waits for the next issue: the latest news and the nearest events come
/// first.
pub async fn select(
    conn: &mut impl Connection,
    mail_context: &MailContext,
    newsletter: &Newsletter,
    at: Timestamp,
    now: Timestamp,
) -> Result<Selected> {
    let window_from = store::issue::last_window(conn, newsletter.id, now.plus(TOLERATED_SKEW))
        .await?
        .map(|until| until.minus(OVERLAP));
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
    let found = entries.len();
    entries.truncate(MOST_ENTRIES);
    if !entries.is_empty() {
        let topics = store::topic::list(conn).await?;
        let fitting = fitting(mail_context, newsletter, &entries, topics, at);
        entries.truncate(fitting);
    }
    let is_something_left = entries.len() < found;
    // Within a section the store's order stays: news by date, events by time.
    entries.sort_by_key(|entry| {
        (
            SectionKind::of(entry.content.kind),
            entry.content.kind == EntryKind::Paper,
        )
    });
    Ok(Selected {
        entries,
        window_from,
        is_something_left,
    })
}

/// How many of these entries, from the first on, fit into the mail of a reader of all topics, by their
/// titles alone if need be; at least one, which a person then has to look at.
fn fitting(
    mail_context: &MailContext,
    newsletter: &Newsletter,
    entries: &[Entry],
    topics: Vec<Topic>,
    at: Timestamp,
) -> usize {
    let limits = mail_context.limits();
    let limits = Limits {
        refuse: limits.refuse.saturating_sub(ROOM_FOR_WORDS),
        ..limits
    };
    let mut titles = entries.to_vec();
    for text in titles
        .iter_mut()
        .flat_map(|one| one.content.texts.values_mut())
    {
        text.body.clear(); // not shown, so not worth reading
    }
    let settings = newsletter.settings.clone();
    let number = i64::from(u32::MAX);
    let texts = BTreeMap::new();
    let snapshot = release::assemble(settings, number, at, texts, titles, topics);
    // In the order of the snapshot: how far ahead each of them is in `entries`.
    let ranks: Vec<_> = snapshot
        .items()
        .map(|item| entries.iter().position(|entry| entry.uuid == item.uuid))
        .collect();
    let mails = titles_only(mail_context, &snapshot, limits, at);
    let fits = |count: usize| {
        let is_in = |index: usize| ranks[index].is_some_and(|rank| rank < count);
        mails.iter().all(|mails| mails.check_size(is_in).is_ok())
    };
    let counts: Vec<_> = (1..=entries.len()).collect();
    counts.partition_point(|count| fits(*count)).max(1)
}

/// The mails in every language, with the titles of entries alone. What cannot be rendered is left for
/// the approval, which says so to a person.
fn titles_only(
    mail_context: &MailContext,
    snapshot: &Snapshot,
    limits: Limits,
    at: Timestamp,
) -> Vec<LanguageMails> {
    let headers = MessageHeaders::new(snapshot, mail_context.public_url(), at);
    let mails = |language: &Language| {
        let details = [Detail::TitlesOnly];
        let parts = LanguageParts::render(mail_context, snapshot, limits, *language, &details);
        LanguageMails::new(snapshot, &parts.ok()?, &headers, limits, *language).ok()
    };
    Language::ALL.iter().filter_map(mails).collect()
}
