//! What the samples of these pages are made of.

use super::approve::{ApproveView, ChecksPart, May, Stage, Typed};
use super::event::{Did, Event, Who};
use crate::locale::Locale;
use crate::pages::newsroom::checks::list::{FindingRow, ListView};
use crate::pages::newsroom::issues;
use crate::pages::newsroom::issues::contents::PreviewPane;
use crate::pages::newsroom::issues::head::IssueHead;
use crate::sample::{moment, pick};
use crate::{ReasonView, RelayView};

/// The head of an issue in review.
pub(super) fn head(t: Locale) -> IssueHead {
    issues::sample_head(t)
}

fn note(t: Locale) -> String {
    pick(
        t,
        [
            "Bitte den Vorspann ansehen.",
            "Please look at the introduction.",
            "Veuillez regarder l’introduction.",
            "Kijk graag naar de inleiding.",
        ],
    )
}

fn event(who: Who, did: Did, day: u32, minute: u32) -> Event {
    Event {
        who,
        on_behalf: None,
        did,
        at: moment(day, 9, minute),
        said: None,
        because: None,
        times: 1,
    }
}

fn jana() -> Who {
    Who::User("Jana Kern".into())
}

/// The history of an issue that was handed in.
fn events(t: Locale) -> Vec<Event> {
    vec![
        Event {
            said: Some(note(t)),
            ..event(jana(), Did::HandIn, 25, 40)
        },
        Event {
            times: 9,
            ..event(jana(), Did::Reorder, 25, 22)
        },
        event(jana(), Did::Write, 25, 18),
        Event {
            because: Some(crate::pages::newsroom::issues::time::words(
                t,
                Some(moment(26, 7, 0)),
            )),
            ..event(jana(), Did::SetTime, 25, 10)
        },
        event(Who::Job, Did::Compose, 24, 0),
    ]
}

const RELAY: &str = "smtp://mail.example:587";

fn relay(t: Locale, did: Did, view: RelayView<'_>) -> Event {
    Event {
        because: Some(crate::about_relay(t, &view)),
        ..event(Who::Job, did, 25, 55)
    }
}

/// Sending stopped by itself.
fn stopped(t: Locale) -> Event {
    let reason = ReasonView::PolicyRefusals(20, 100, Some("550 5.7.1 blocked"));
    Event {
        because: Some(crate::because(t, &crate::reason(t, &reason))),
        ..event(Who::Job, Did::Pause, 25, 58)
    }
}

/// One line of each kind.
pub(in crate::pages::newsroom) fn every_event(t: Locale) -> Vec<Event> {
    let erika = || Who::User("Erika Beispiel".into());
    let changed = pick(
        t,
        [
            "Geändert: Text von „Bus über die Grenze fährt öfter“",
            "Changed: the text of “Buses cross the border more often”",
            "Modifié\u{a0}: texte de «\u{a0}Plus de bus à travers la frontière\u{a0}»",
            "Gewijzigd: tekst van “Bus over de grens rijdt vaker”",
        ],
    );
    let mut all = vec![
        event(Who::Job, Did::Finish, 25, 59),
        event(Who::Operator("root".into()), Did::Retry, 25, 58),
        event(Who::Job, Did::Tell, 25, 58),
        stopped(t),
        event(erika(), Did::Resume, 25, 57),
        event(erika(), Did::Pause, 25, 56),
        event(Who::Job, Did::DeferralsEnd, 25, 55),
        relay(t, Did::DeferralsBegin, RelayView::Deferring(62, 100)),
        relay(
            t,
            Did::RelayLimit,
            RelayView::Limited(RELAY, moment(25, 10, 30)),
        ),
        relay(t, Did::RelayUp, RelayView::Up(RELAY)),
        relay(
            t,
            Did::RelayDown,
            RelayView::Down(RELAY, "authentication", Some("535 5.7.8 bad credentials")),
        ),
        event(Who::Job, Did::Send, 25, 55),
        Event {
            on_behalf: Some(erika()),
            ..event(Who::User("Paul Muster".into()), Did::Approve, 25, 50)
        },
        Event {
            because: Some(changed),
            ..event(jana(), Did::Invalidate, 25, 48)
        },
        event(erika(), Did::TakeBack, 25, 47),
        Event {
            because: Some(crate::because(
                t,
                &crate::reason(t, &ReasonView::ImprintIncomplete(&["email".to_owned()])),
            )),
            ..event(Who::Job, Did::Hold, 25, 46)
        },
        event(Who::Unknown, Did::Cancel, 25, 45),
        event(erika(), Did::Reject, 25, 44),
        Event {
            said: Some(note(t)),
            ..event(erika(), Did::Return, 25, 43)
        },
    ];
    all.extend(events(t));
    let rest = [
        Did::AddEntry,
        Did::LeaveOut,
        Did::Pin,
        Did::Unpin,
        Did::Shorten,
        Did::ViewAs,
        Did::Test,
        Did::Check,
        Did::AcceptFinding,
        Did::UnacceptFinding,
        Did::Other,
    ];
    all.extend(rest.map(|did| event(jana(), did, 3, 0)));
    all
}

/// What the checks found.
pub(super) fn checks(rows: Vec<FindingRow>, blocks: bool) -> ChecksPart {
    ChecksPart {
        list: ListView {
            rows,
            accept_url: Some("/newsroom/issues/region/48/checks/accept".into()),
            back: Some("approve"),
        },
        fine: 11,
        blocks,
    }
}

/// An issue in review, as an approver sees it.
pub(super) fn review(t: Locale) -> ApproveView {
    let events = events(t);
    ApproveView {
        head: head(t),
        url: "/newsroom/issues/region/48/approve".into(),
        checks_url: "/newsroom/issues/region/48/checks".into(),
        checks: Some(checks(Vec::new(), false)),
        problem: None,
        preview_url: "/newsroom/issues/region/48/variants".into(),
        preview: Some(PreviewPane {
            variants_url: None,
            ..issues::sample_preview()
        }),
        is_scheduled: true,
        deputies_url: Some("/newsroom/deputies".into()),
        now: moment(25, 9, 41),
        send_at: Some(moment(26, 7, 0)),
        people: 4_312,
        is_trial: false,
        stage: Stage::InReview,
        asked: events.first().cloned(),
        may: May {
            decide: true,
            seconds: 60,
            ..May::default()
        },
        seen: "5d41402abc4b2a76-1795672800000000".into(),
        typed: Typed::default(),
        wrong: None,
        done: None,
        events,
    }
}
