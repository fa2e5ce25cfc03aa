//! Reasons as sentences: from the stored code to the words of the one who looks.

use templates::{ChangeView, Locale, ReasonView};

use crate::domain::language::Language;
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
