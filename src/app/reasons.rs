//! Reasons as sentences: from the stored code to the words of the one who looks.

use templates::{Locale, ReasonView};

use crate::domain::reason::Reason;

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
        Reason::TooLarge {
            entries,
            bytes,
            most,
        } => ReasonView::TooLarge(*entries, *bytes, *most),
        Reason::ApprovalMissing => ReasonView::ApprovalMissing,
        Reason::ApprovalChanged => ReasonView::ApprovalChanged,
        Reason::ApprovalUnreadable { detail } => ReasonView::ApprovalUnreadable(detail),
        Reason::MailUnusable { detail } => ReasonView::MailUnusable(detail),
        Reason::Legacy { text } => ReasonView::Text(text),
    };
    templates::reason(locale, &view)
}
