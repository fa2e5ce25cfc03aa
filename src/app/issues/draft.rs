//! The draft of the next issue: a row with its entries, for a slot of the schedule or by hand. Its subjects
//! are made of what leads in each mail, unless an editor writes one.

use std::collections::BTreeMap;

use crate::digest::select;
use crate::domain::issue::IssueState;
use crate::domain::newsletter::Newsletter;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::{Issue, NewIssue};
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
    /// There is a new issue: a draft, or held.
    Issue(Box<Issue>),
    /// There is nothing to tell; no issue was made.
    NothingToTell,
    /// The slot has its issue already.
    SlotTaken,
}

/// Composes an issue of the entries that [`select::select`] finds. Takes the newsletter for the
/// transaction, so two nodes do not compose at the same time.
pub async fn compose_draft(
    tx: &mut Tx,
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
    let selected = select::select(tx, newsletter, at, now).await?;
    if selected.entries.is_empty() {
        return Ok(Composed::NothingToTell);
    }
    let new = NewIssue {
        newsletter: newsletter.id,
        slot: slot.map(str::to_owned),
        send_at,
        state: if hold.is_some() {
            IssueState::Held
        } else {
            IssueState::Draft
        },
        reason: hold.cloned(),
        window_from: selected.window_from,
        entries: selected.entries.iter().map(|entry| entry.id).collect(),
        texts: BTreeMap::new(),
    };
    let Some(issue) = store::issue::add(tx, &new, now).await? else {
        return Ok(Composed::SlotTaken);
    };
    if selected.is_something_left {
        tracing::warn!(
            issue = issue.id,
            number = issue.number,
            entries = selected.entries.len(),
            "there is more to tell than one issue carries; the rest is on the pages only"
        );
    }
    Ok(Composed::Issue(Box::new(issue)))
}
