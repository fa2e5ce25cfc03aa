//! Which entries the next issue of a newsletter tells. Called by `jobs::schedule` for a slot and
//! by the command line by hand.

use std::collections::BTreeMap;
use std::time::Duration;

use super::mail_context::MailContext;
use super::release::{self, SectionKind};
use super::site::locale;
use super::variant;
use crate::clock::TOLERATED_SKEW;
use crate::domain::entry::EntryKind;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::newsletter::{Approval, Newsletter};
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::entry::{Candidates, Entry};
use crate::store::issue::{Issue, IssueText, NewIssue};
use crate::store::{self, Result, Tx};

/// How far a window reaches back into the last one. An entry whose transaction began before the
/// last issue was composed and was committed after it would otherwise be told by none; one that
/// was told is not told again, so the overlap does no harm.
const OVERLAP: Duration = Duration::from_hours(1);

/// More entries than anybody reads in one mail, and more than fit into one by their titles alone.
const MOST_ENTRIES: usize = 250;

/// What is left free for the words of editors: bytes of encoded HTML.
const ROOM_FOR_WORDS: usize = 4_000;

/// For what an issue is composed.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// Of which newsletter.
    pub newsletter: &'a Newsletter,
    /// The name of its slot ([`crate::domain::schedule::Slot::id`]); none if composed by hand.
    pub slot: Option<&'a str>,
    /// When it goes out; none: when somebody sends it.
    pub send_at: Option<Timestamp>,
    /// Why it will not go out before a person decides, if so.
    pub hold: Option<&'a Reason>,
}

/// What composing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Composed {
    /// There is a new issue: a draft, in review where approval is required, or held.
    Issue(Box<Issue>),
    /// There is nothing to tell; no issue was made.
    NothingToTell,
    /// The slot has its issue already.
    SlotTaken,
}

/// Composes an issue: news and papers that became public since the last one and that no earlier
/// issue told; events and meetings ahead, within the newsletter's horizon, that were not announced
/// yet. What does not fit into one mail waits for the next issue: of each kind the latest news and
/// the nearest events go first. Takes the newsletter for the transaction, so two nodes do not compose at the same time.
pub async fn compose(
    tx: &mut Tx,
    mail_context: &MailContext,
    occasion: &Occasion<'_>,
    now: Timestamp,
) -> Result<Composed> {
    let Occasion {
        newsletter,
        slot,
        send_at,
        hold,
    } = *occasion;
    store::newsletter::lock(tx, newsletter.id).await?;
    if let Some(slot) = slot
        && store::issue::has_slot(tx, newsletter.id, slot).await?
    {
        return Ok(Composed::SlotTaken);
    }
    let window_from = store::issue::last_window(tx, newsletter.id, now.plus(TOLERATED_SKEW))
        .await?
        .map(|until| until.minus(OVERLAP));
    let at = send_at.map_or(now, |at| at.max(now));
    let mut entries = store::entry::candidates(
        tx,
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
    if entries.is_empty() {
        return Ok(Composed::NothingToTell);
    }
    let found = entries.len();
    let topics = store::topic::list(tx).await?;
    entries.truncate(MOST_ENTRIES);
    entries.truncate(fitting(mail_context, newsletter, &entries, &topics, at));
    let is_something_left = entries.len() < found;
    // Within a section the store's order stays: news by date, events by time.
    entries.sort_by_key(|entry| {
        (
            SectionKind::of(entry.content.kind),
            entry.content.kind == EntryKind::Paper,
        )
    });
    let new = NewIssue {
        newsletter: newsletter.id,
        slot: slot.map(str::to_owned),
        send_at,
        state: match (hold, newsletter.settings.approval) {
            (Some(_), _) => IssueState::Held,
            (None, Approval::Required) => IssueState::InReview,
            (None, Approval::Automatic) => IssueState::Draft,
        },
        reason: hold.cloned(),
        window_from,
        entries: entries.iter().map(|entry: &Entry| entry.id).collect(),
        texts: BTreeMap::new(),
    };
    let Some(issue) = store::issue::add(tx, &new, now).await? else {
        return Ok(Composed::SlotTaken);
    };
    for language in mail_context.languages() {
        let text = IssueText {
            subject: default_subject(newsletter, issue.number, *language),
            introduction: String::new(),
        };
        store::issue::set_text(tx, issue.id, *language, &text).await?;
    }
    if is_something_left {
        store::issue::leave_window_open(tx, issue.id).await?;
        tracing::warn!(
            issue = issue.id,
            number = issue.number,
            entries = entries.len(),
            "there is more to tell than fits into one issue; the rest waits for the next"
        );
    }
    Ok(Composed::Issue(Box::new(issue)))
}

/// How many of these entries, from the first on, one mail can carry to a reader of all topics, told
/// by their titles if need be; at least one, which a person then has to look at.
fn fitting(
    mail_context: &MailContext,
    newsletter: &Newsletter,
    entries: &[Entry],
    topics: &[Topic],
    at: Timestamp,
) -> usize {
    let most = mail_context.html_refuse().saturating_sub(ROOM_FOR_WORDS);
    let mut titles = entries.to_vec();
    for text in titles
        .iter_mut()
        .flat_map(|one| one.content.texts.values_mut())
    {
        text.body.clear(); // not shown, so not worth cleaning
    }
    while titles.len() > 1 {
        let release = release::assemble(
            newsletter.settings.clone(),
            i64::from(u32::MAX),
            at,
            BTreeMap::new(),
            titles.clone(),
            topics.to_vec(),
        );
        let (audience, _) = release.audience();
        let size = |language| variant::least_bytes(mail_context, &release, language, audience);
        let largest = mail_context.languages().iter().copied().map(size).max();
        let largest = largest.unwrap_or_default();
        if largest <= most {
            break;
        }
        // The entries are of different lengths, so this is a guess: towards the goal, never back.
        let count = titles.len();
        titles.truncate((count * most / largest).clamp(1, count - 1));
    }
    titles.len()
}

/// The subject an issue has before somebody writes one, e.g. “Region aktuell 14 · 22. November
/// 2026”: the templates' wording.
fn default_subject(newsletter: &Newsletter, number: i64, language: Language) -> String {
    let name = &newsletter.settings.text(language).name;
    let number = u64::try_from(number).unwrap_or(0);
    templates::mails::issue::default_subject(locale(language), name, number)
}
