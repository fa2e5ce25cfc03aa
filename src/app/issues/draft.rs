//! The draft of the next issue: a row with its entries and default subjects, for a slot of the schedule
//! or by hand.

use std::collections::BTreeMap;

use crate::digest::MailContext;
use crate::digest::select::{self, Selected};
use crate::digest::site::locale;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::newsletter::{Approval, Newsletter};
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::{Issue, IssueText, NewIssue};
use crate::store::{self, Result, Tx};

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

/// Composes an issue of the entries that [`select::select`] finds, with its default subjects. Takes the
/// newsletter for the transaction, so two nodes do not compose at the same time.
pub async fn compose_draft(
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
    let at = send_at.map_or(now, |at| at.max(now));
    let selected = select::select(tx, mail_context, newsletter, at, now).await?;
    if selected.entries.is_empty() {
        return Ok(Composed::NothingToTell);
    }
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
        window_from: selected.window_from,
        entries: selected.entries.iter().map(|entry| entry.id).collect(),
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
    if selected.is_something_left {
        leave_window_open(tx, &issue, &selected).await?;
    }
    Ok(Composed::Issue(Box::new(issue)))
}

/// The next issue looks at the same news again, and tells what this one could not.
async fn leave_window_open(tx: &mut Tx, issue: &Issue, selected: &Selected) -> Result<()> {
    store::issue::leave_window_open(tx, issue.id).await?;
    tracing::warn!(
        issue = issue.id,
        number = issue.number,
        entries = selected.entries.len(),
        "there is more to tell than fits into one issue; the rest waits for the next"
    );
    Ok(())
}

/// The subject an issue has before somebody writes one, e.g. “Region aktuell 14 · 22. November
/// 2026”: the templates' wording.
fn default_subject(newsletter: &Newsletter, number: i64, language: Language) -> String {
    let name = &newsletter.settings.text(language).name;
    let number = u64::try_from(number).unwrap_or(0);
    templates::mails::issue::default_subject(locale(language), name, number)
}
