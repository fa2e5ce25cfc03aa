//! What the DNS says about a sender, as the page shows it.

use templates::pages::newsroom::review::dns::{
    DnsView, Failure, Flaw as FlawView, RecordState, RecordView,
};

use crate::domain::sender_dns::{Flaw, Looked, LookupFailure, Outcome, Standard};
use crate::store::sender_dns::SenderDns;

pub(super) fn dns(found: &SenderDns, zone: chrono_tz::Tz) -> DnsView {
    DnsView {
        at: found.at.in_zone(zone).naive_local(),
        records: found.records.iter().map(record).collect(),
    }
}

fn record(looked: &Looked) -> RecordView {
    RecordView {
        standard: match looked.standard {
            Standard::Spf => "SPF",
            Standard::Dkim => "DKIM",
            Standard::Dmarc => "DMARC",
        },
        name: looked.name.clone(),
        state: match &looked.outcome {
            Outcome::Fine { record, watches } if *watches => RecordState::Watches(record.clone()),
            Outcome::Fine { record, .. } => RecordState::Fine(record.clone()),
            Outcome::Weak { record, flaw: is } => RecordState::Weak(record.clone(), flaw(is)),
            Outcome::Missing => RecordState::Missing,
            Outcome::Unknown { why } => RecordState::Unknown(match why {
                LookupFailure::Unreachable => Failure::Unreachable,
                LookupFailure::TimedOut => Failure::TimedOut,
                LookupFailure::ServerError => Failure::ServerError,
            }),
        },
        publish: looked.publish.clone(),
    }
}

fn flaw(flaw: &Flaw) -> FlawView {
    match flaw {
        Flaw::AllowsEverybody => FlawView::AllowsEverybody,
        Flaw::AllowsUnknown => FlawView::AllowsUnknown,
        Flaw::Several => FlawView::Several,
        Flaw::TooManyLookups => FlawView::TooManyLookups,
        Flaw::IncludesNothing { domain } => FlawView::IncludesNothing(domain.clone()),
        Flaw::Unreadable { part } => FlawView::Unreadable(part.clone()),
        Flaw::NoPolicy => FlawView::NoPolicy,
        Flaw::OtherKey => FlawView::OtherKey,
        Flaw::Revoked => FlawView::Revoked,
        Flaw::Testing => FlawView::Testing,
    }
}
