//! An issue on its way, and one that has arrived.

use super::view::{DomainView, FiguresView, OverTimeView, RelayView, ReportView};
use super::{ChosenDomain, Done, SendingView};
use crate::locale::Locale;
use crate::pages::newsroom::issues;
use crate::pages::newsroom::issues::head::{IssueHead, State};
use crate::pages::newsroom::review::Event;
use crate::pages::newsroom::review::sample::every_event;
use crate::sample::{Sample, moment, november};

impl Sample for SendingView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let url = "/newsroom/issues/town/48/sending";
        let sending = Self {
            head: IssueHead {
                state: State::Sending,
                has_begun: true,
                ..issues::sample::head(locale)
            },
            figures: Some(figures()),
            report: None,
            stopped: None,
            events_url: Some(format!("{url}/events")),
            find_url: Some(format!("{url}/find")),
            chosen: None,
            events: happened(locale),
            today: november(25),
            done: None,
        };
        let paused = Self {
            head: IssueHead {
                state: State::Paused,
                ..sending.head.clone()
            },
            stopped: Some(crate::reason(
                locale,
                &crate::ReasonView::PolicyRefusals(20, 100, Some("550 5.7.1 blocked")),
            )),
            done: Some(Done::Moved),
            events_url: None,
            ..sending.clone()
        };
        let sent = Self {
            head: IssueHead {
                state: State::Sent,
                ..sending.head.clone()
            },
            figures: Some(FiguresView {
                sent: 4281,
                waiting: 0,
                deferred: 0,
                left: 3,
                rate: 0.0,
                ends_in: None,
                relays: vec![
                    relay("mail-1.example:25", 2841),
                    relay("mail-2.example:25", 1440),
                ],
                among: Some(10_000),
                ..figures()
            }),
            report: Some(report()),
            chosen: Some(ChosenDomain {
                figures: sample_domain(),
                retry_url: Some(format!("{url}/retry?domain=large.example")),
                all_url: url.into(),
            }),
            events_url: None,
            done: Some(Done::Retried(14)),
            ..sending.clone()
        };
        let before = Self {
            head: IssueHead {
                state: State::Approved,
                has_begun: false,
                ..sending.head.clone()
            },
            figures: None,
            events: Vec::new(),
            events_url: None,
            ..sending.clone()
        };
        let rejected = Self {
            head: IssueHead {
                state: State::Rejected,
                reason: Some(crate::reason(
                    locale,
                    &crate::ReasonView::Rejected("Bitte kürzen."),
                )),
                time_url: None,
                ..before.head.clone()
            },
            find_url: None,
            ..before.clone()
        };
        vec![
            ("sending", sending),
            ("paused", paused),
            ("sent", sent),
            ("before", before),
            ("rejected", rejected),
        ]
    }
}

fn relay(name: &str, sent: i64) -> RelayView {
    RelayView {
        name: name.to_owned(),
        sent,
        refused: 12,
    }
}

fn report() -> ReportView {
    ReportView {
        began: Some(moment(26, 7, 0)),
        ended: Some(moment(26, 7, 31)),
        took: Some(1871),
        cancelled: false,
        failures: vec![
            ("mailbox-full".into(), 14),
            ("no-such-mailbox".into(), 6),
            ("policy".into(), 1),
        ],
        skipped: 128,
        departures: 7,
        only_totals: false,
        retry_url: Some("/newsroom/issues/town/48/sending/retry".into()),
    }
}

/// A domain that refuses many mails.
pub(in crate::pages::newsroom) fn sample_domain() -> DomainView {
    DomainView {
        domain: Some("large.example".into()),
        domains: 1,
        sent: 611,
        deferred: 124,
        failed: 2,
        said: Some("450 4.7.1 try again later".into()),
    }
}

/// What happened to its sending.
fn happened(locale: Locale) -> Vec<Event> {
    let mut events = every_event(locale);
    events.retain(|event| event.did.is_of_sending());
    events
}

fn figures() -> FiguresView {
    let domain = |name: &str, [sent, deferred, failed]: [i64; 3], said: &str| DomainView {
        domain: Some(name.to_owned()),
        domains: 1,
        sent,
        deferred,
        failed,
        said: Some(said.to_owned()),
    };
    FiguresView {
        at: moment(26, 7, 1),
        recipients: 4312,
        sent: 2968,
        waiting: 1194,
        deferred: 126,
        next_attempt: None,
        failed: 21,
        uncertain: 2,
        left: 1,
        cancelled: 0,
        rate: 33.2,
        ends_in: Some(40),
        quiet_until: None,
        relays: vec![relay("mail.example:587", 2968)],
        domains: vec![
            sample_domain(),
            domain("post.example", [548, 2, 4], "250 2.0.0 accepted"),
            domain("mail.example", [502, 0, 1], "250 2.0.0 accepted"),
            domain("mailbox.example", [377, 0, 9], "550 5.1.1 no such mailbox"),
            DomainView {
                domain: None,
                domains: 203,
                sent: 930,
                deferred: 0,
                failed: 5,
                said: None,
            },
        ],
        among: None,
        over_time: Some(over_time()),
    }
}

fn over_time() -> OverTimeView {
    OverTimeView {
        from: moment(26, 7, 0),
        span: 10,
        sent: vec![320, 336, 332, 336, 328, 192, 340, 336, 344],
        refused: vec![0, 2, 0, 30, 61, 50, 4, 0, 0],
    }
}
