//! Samples of the page of an approval.

use super::view::{ApproveView, Done, Part, Stage, Wrong};
use crate::locale::Locale;
use crate::pages::newsroom::checks;
use crate::pages::newsroom::issues::head::State;
use crate::pages::newsroom::review::event::Who;
use crate::pages::newsroom::review::sample;
use crate::sample::{Sample, moment as sample_moment, pick};

impl Sample for ApproveView {
    fn samples(t: Locale) -> Vec<(&'static str, Self)> {
        let review = sample::review(t);
        let view = |change: &dyn Fn(&mut Self)| {
            let mut view = review.clone();
            change(&mut view);
            view
        };
        let reason = pick(t, ["Zu lang.", "Too long.", "Trop long.", "Te lang."]);
        vec![
            ("in-review", review.clone()),
            ("not-sure", view(&|view| view.wrong = Some(Wrong::NotSure))),
            (
                "no-reason",
                view(&|view| view.wrong = Some(Wrong::NoReason)),
            ),
            (
                "changed",
                view(&|view| {
                    view.wrong = Some(Wrong::Changed);
                    view.typed.reason.clone_from(&reason);
                }),
            ),
            (
                "four-eyes",
                view(&|view| {
                    view.may.involved = vec![Part::WroteText, Part::ChoseEntries, Part::HandedIn];
                    view.is_trial = true;
                }),
            ),
            (
                "draft",
                view(&|view| {
                    view.stage = Stage::Draft;
                    view.head.state = State::Draft;
                    view.asked = None;
                    view.may.hand_in = true;
                    view.may.decide = false;
                    view.wrong = Some(Wrong::NoteTooLong);
                }),
            ),
            (
                "not-handed-in",
                view(&|view| {
                    view.asked = None;
                    view.send_at = None;
                    view.may.hand_in = true;
                }),
            ),
            (
                "approved",
                view(&|view| {
                    let by = view.events.iter().find(|event| event.who != Who::Job);
                    view.stage = Stage::Approved {
                        by: by.cloned(),
                        take_back: Some((sample_moment(25, 9, 42), 60)),
                    };
                    view.done = Some(Done::Approved);
                }),
            ),
            (
                "blocked",
                view(&|view| {
                    let rows = checks::sample::open_rows(t);
                    view.checks = Some(sample::checks(rows, true));
                }),
            ),
            (
                "over",
                view(&|view| {
                    view.stage = Stage::Over;
                    view.head.state = State::Sent;
                    view.head.has_begun = true;
                    view.preview = None;
                    view.checks = None;
                }),
            ),
            (
                "moved-on",
                view(&|view| {
                    view.stage = Stage::Over;
                    view.preview = None;
                    view.checks = None;
                    view.wrong = Some(Wrong::State);
                    view.typed.reason.clone_from(&reason);
                }),
            ),
        ]
    }
}
