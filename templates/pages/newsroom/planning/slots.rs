//! A date on which an issue goes out, went out, or would have.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use maud::{Markup, html};

use super::holidays::FreeDayView;
use crate::locale::Locale;
use crate::pages::newsroom::components::{Tone, badge};
use crate::pages::newsroom::issues::head::State;

/// A date of a newsletter.
#[derive(Debug, Clone)]
pub struct SlotView {
    /// When it goes out or would, by the wall clock of its newsletter.
    pub at: NaiveDateTime,
    /// The name of its newsletter.
    pub newsletter: String,
    /// What becomes of it.
    pub state: SlotState,
    /// What is special about it.
    pub notes: Vec<SlotNote>,
    /// How many people get it, where that is known.
    pub people: Option<i64>,
}

/// What becomes of a date.
#[derive(Debug, Clone)]
pub enum SlotState {
    /// There is an issue: its number, its page and its state.
    Issue(i64, String, State),
    /// An issue will be composed at this time; none: as soon as the date has come.
    Planned(Option<NaiveDateTime>),
    /// It gives no issue: its day is a holiday.
    Skipped,
    /// It gives no issue: the newsletter pauses, for this reason.
    Paused(String),
}

/// Something to know about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotNote {
    /// A holiday moved it from this day.
    Moved(FreeDayView, NaiveDate),
    /// Somebody moved it from this time of the schedule.
    ByHand(NaiveDateTime),
    /// Its day is a holiday.
    Holiday(FreeDayView),
    /// The clock goes forward over this time.
    Gap,
    /// The clock shows this time twice.
    Overlap,
    /// So many more dates of its newsletter follow on its day.
    Further(usize),
}

impl SlotView {
    /// The name of the newsletter, with the number and a link where there is an issue.
    pub(crate) fn name(&self) -> Markup {
        html! {
            @match &self.state {
                SlotState::Issue(number, url, _) => { a href=(url) { (self.newsletter) " " (number) } }
                _ => { (self.newsletter) }
            }
        }
    }

    /// The state as a badge.
    pub(crate) fn badge(&self, t: Locale) -> Markup {
        match &self.state {
            SlotState::Issue(_, _, state) => state.badge(t),
            SlotState::Planned(_) => badge(Tone::Quiet, &t.say("planning-state-planned")),
            SlotState::Skipped => badge(Tone::Quiet, &t.say("planning-state-skipped")),
            SlotState::Paused(_) => badge(Tone::Quiet, &t.say("planning-state-paused")),
        }
    }

    /// When it is composed, and what is special, as sentences.
    pub(crate) fn remarks(&self, t: Locale) -> Vec<String> {
        let own = match &self.state {
            SlotState::Planned(Some(at)) => Some(t.fill(
                "planning-composed-at",
                [
                    ("day", t.short_day(at.date()).into()),
                    ("time", t.time(at.time()).into()),
                ],
            )),
            _ => None,
        };
        own.into_iter().chain(self.special(t)).collect()
    }

    /// What is special about it, as sentences.
    pub(crate) fn special(&self, t: Locale) -> Vec<String> {
        let pause = match &self.state {
            SlotState::Paused(reason) => Some(reason.clone()),
            _ => None,
        };
        let notes = self.notes.iter().map(|note| note.words(t, self.at.date()));
        pause.into_iter().chain(notes).collect()
    }
}

impl SlotNote {
    fn words(&self, t: Locale, on: NaiveDate) -> String {
        match self {
            Self::Moved(day, from) => {
                let days = (on - *from).num_days();
                let key = if days < 0 {
                    "planning-moved-before"
                } else {
                    "planning-moved-after"
                };
                t.fill(
                    key,
                    [("holiday", day.name(t).into()), ("days", days.abs().into())],
                )
            }
            Self::ByHand(slot) => t.fill(
                "planning-by-hand",
                [
                    ("day", t.day(slot.date()).into()),
                    ("time", t.time(slot.time()).into()),
                ],
            ),
            Self::Holiday(day) => day.name(t),
            Self::Gap => t.say("planning-clock-gap"),
            Self::Overlap => t.say("planning-clock-overlap"),
            Self::Further(count) => t.fill(
                "planning-further",
                [
                    ("count", (*count).into()),
                    (
                        "number",
                        t.number(i64::try_from(*count).unwrap_or(i64::MAX)).into(),
                    ),
                ],
            ),
        }
    }
}

/// Dates as a table, which is a list on a phone. `has_names` says whether there are several
/// newsletters.
pub(crate) fn table(t: Locale, caption: &str, slots: &[SlotView], has_names: bool) -> Markup {
    let heads = [
        "planning-column-when",
        "planning-column-newsletter",
        "planning-column-state",
    ]
    .map(|key| t.say(key));
    html! {
        table class="lists" {
            caption class="hidden" { (caption) }
            thead {
                tr {
                    th scope="col" { (heads[0]) }
                    @if has_names { th scope="col" { (heads[1]) } }
                    th scope="col" { (heads[2]) }
                }
            }
            tbody {
                @for slot in slots {
                    tr {
                        th scope="row" {
                            time datetime=(slot.at.format("%Y-%m-%dT%H:%M")) {
                                span class="nowrap" { (t.day(slot.at.date())) }
                                small { (t.weekday(slot.at.weekday())) ", " (t.time(slot.at.time())) }
                            }
                        }
                        @if has_names {
                            td data-label=(heads[1]) {
                                (slot.name())
                                (small(t, slot))
                            }
                        }
                        td data-label=(heads[2]) {
                            (slot.badge(t))
                            @if !has_names { (small(t, slot)) }
                        }
                    }
                }
            }
        }
    }
}

fn small(t: Locale, slot: &SlotView) -> Markup {
    html! {
        @for remark in slot.remarks(t) { small { (remark) } }
        @if let Some(people) = slot.people { small { (t.fill("planning-people", [("count", people.into()), ("number", t.number(people).into())])) } }
    }
}
