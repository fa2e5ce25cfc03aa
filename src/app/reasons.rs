//! Reasons as sentences: from the stored code to the words of the one who looks.

use chrono_tz::Tz;
use templates::{ChangeView, Locale, ReasonView, RelayView};

use crate::domain::audit::Action;
use crate::domain::language::Language;
use crate::domain::outage::{Deferrals, LimitReached, Outage};
use crate::domain::reason::Reason;
use crate::domain::review::Change;

/// The sentence for a reason; the command line shows the English one.
pub fn sentence(reason: &Reason, locale: Locale) -> String {
    let view = match reason {
        Reason::PolicyRefusals { count, of, reply } => {
            ReasonView::PolicyRefusals(*count, *of, reply.as_deref())
        }
        Reason::Failures {
            failed,
            of,
            allowed,
            classes,
            reply,
        } => {
            let classes = classes
                .iter()
                .map(|(class, count)| (class.as_str(), *count));
            ReasonView::Failures(*failed, *of, *allowed, classes.collect(), reply.as_deref())
        }
        Reason::MissedSlot {
            slot,
            late,
            catch_up,
        } => ReasonView::MissedSlot(slot, *late, *catch_up),
        Reason::MissedTime { late, catch_up } => ReasonView::MissedTime(*late, *catch_up),
        Reason::NotApprovedInTime { catch_up } => ReasonView::NotApprovedInTime(*catch_up),
        Reason::ImprintIncomplete { missing } => ReasonView::ImprintIncomplete(missing),
        Reason::Empty => ReasonView::Empty,
        Reason::ChecksBlock { findings } => ReasonView::ChecksBlock(*findings),
        Reason::TooLarge {
            entries,
            bytes,
            most,
        } => ReasonView::TooLarge(*entries, *bytes, *most),
        Reason::ApprovalMissing => ReasonView::ApprovalMissing,
        Reason::ApprovalChanged => ReasonView::ApprovalChanged,
        Reason::ApprovalUnreadable { detail } => ReasonView::ApprovalUnreadable(detail),
        Reason::MailUnusable { detail } => ReasonView::MailUnusable(detail),
        Reason::ChangedAfterApproval { change } => ReasonView::Changed(change_view(change)),
        Reason::Returned { message } => ReasonView::Returned(message),
        Reason::Rejected { message } => ReasonView::Rejected(message),
        Reason::Legacy { text } => ReasonView::Text(text),
    };
    templates::reason(locale, &view)
}

/// What was changed of an approved issue, to be shown.
pub fn change_view(change: &Change) -> ChangeView<'_> {
    match change {
        Change::Entries => ChangeView::Entries,
        Change::Arrangement => ChangeView::Arrangement,
        Change::Text { language } => ChangeView::Text(language.map_or("", Language::as_str)),
        Change::Entry { title } => ChangeView::Entry(title),
        Change::Picture { title } => ChangeView::Picture(title),
        Change::EntryState { title } => ChangeView::EntryState(title),
        Change::Newsletter => ChangeView::Newsletter,
        Change::Time => ChangeView::Time,
    }
}

/// What a line of the audit log says about a relay, as a sentence without a full stop; none where its
/// action is not about relays, or nobody knows what it means.
pub fn about_relay(action: Action, said: &str, zone: Tz, locale: Locale) -> Option<String> {
    match action {
        Action::IssueRelayDown => {
            let outage = Outage::from_log(said)?;
            let view = RelayView::Down(
                &outage.relay,
                outage.cause.as_str(),
                outage.reply.as_deref(),
            );
            Some(templates::about_relay(locale, &view))
        }
        Action::IssueRelayUp => Some(templates::about_relay(locale, &RelayView::Up(said))),
        Action::IssueRelayLimit => {
            let limit = LimitReached::from_log(said)?;
            let until = limit.until.in_zone(zone).naive_local();
            let view = RelayView::Limited(&limit.relay, until);
            Some(templates::about_relay(locale, &view))
        }
        Action::IssueDeferralsBegin => {
            let deferrals = Deferrals::from_log(said)?;
            let view = RelayView::Deferring(deferrals.count, deferrals.of);
            Some(templates::about_relay(locale, &view))
        }
        _ => None,
    }
}

/// What a line of the audit log says of an issue, with the reason as a sentence; none where it has no
/// reason, or an older version wrote it.
pub fn with_reason(said: &str, locale: Locale) -> Option<(&str, String)> {
    let (state, stored) = said.split_once(": ")?;
    match Reason::from_stored(stored) {
        Reason::Legacy { .. } => None,
        reason => Some((state, sentence(&reason, locale))),
    }
}
