//! What the samples of planning are made of: December 2026 of an invented town.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::holidays::FreeDayView;
use super::newsletters::{Appears, NewsletterRow};
use super::pauses::{PauseForm, PauseView};
use super::schedule::{ScheduleForm, ScheduleView};
use super::slots::{SlotNote, SlotState, SlotView};
use crate::locale::Locale;
use crate::pages::newsroom::issues::head::State;
use crate::rhythm::{Rhythm, RhythmDays};
use crate::sample;

/// A day of the months around the turn of the year 2026.
pub(crate) fn day(month: u32, day: u32) -> NaiveDate {
    let year = if month < 6 { 2027 } else { 2026 };
    NaiveDate::from_ymd_opt(year, month, day).expect("invariant: samples name days that exist")
}

pub(crate) fn at(month: u32, of: u32, hour: u32) -> NaiveDateTime {
    day(month, of).and_time(time(hour))
}

fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).expect("invariant: samples name times that exist")
}

/// The newsletters: key and name.
pub(crate) fn newsletters(locale: Locale) -> Vec<(String, String)> {
    let all = sample::newsletters(locale).into_iter().take(2);
    all.map(|one| (one.key, one.name)).collect()
}

fn slot(locale: Locale, newsletter: usize, at: NaiveDateTime, state: SlotState) -> SlotView {
    SlotView {
        at,
        newsletter: newsletters(locale)[newsletter].1.clone(),
        state,
        notes: Vec::new(),
        people: None,
    }
}

/// A month with everything that can be special about a date.
pub(crate) fn december(locale: Locale) -> Vec<SlotView> {
    let issue = |number: i64, state| {
        SlotState::Issue(number, format!("/newsroom/issues/town/{number}"), state)
    };
    let planned = |of| SlotState::Planned(Some(at(12, of, 7)));
    let mut slots = vec![
        slot(locale, 1, at(12, 1, 9), issue(11, State::Sent)),
        slot(locale, 0, at(12, 3, 7), issue(49, State::InReview)),
        slot(locale, 0, at(12, 10, 7), planned(8)),
        slot(locale, 0, at(12, 17, 7), planned(15)),
        slot(locale, 0, at(12, 23, 7), planned(21)),
        slot(locale, 0, at(12, 31, 7), SlotState::Skipped),
        slot(locale, 1, at(12, 31, 9), SlotState::Paused("Umzug".into())),
    ];
    slots[0].people = Some(1_874);
    slots[1].people = Some(4_312);
    slots[4].notes = vec![SlotNote::Moved(
        FreeDayView::Public("christmas-eve"),
        day(12, 24),
    )];
    slots[1].notes = vec![SlotNote::ByHand(at(12, 3, 6))];
    slots[5].notes = vec![SlotNote::Holiday(FreeDayView::Public("new-years-eve"))];
    slots
}

/// The schedule of a newsletter that appears on Thursdays.
pub(crate) fn schedule(locale: Locale) -> ScheduleView {
    let mut next: Vec<_> = december(locale).split_off(2);
    next.truncate(4);
    let mut spring = slot(locale, 0, at(3, 28, 2), SlotState::Planned(None));
    spring.notes = vec![SlotNote::Gap];
    next.push(spring);
    ScheduleView {
        newsletter: newsletters(locale)[0].1.clone(),
        list_url: "/newsroom/newsletters".into(),
        url: "/newsroom/newsletters/town/schedule".into(),
        form: ScheduleForm {
            rhythm: "weekly".into(),
            weekdays: vec![Weekday::Thu],
            time: "07:00".into(),
            day: "1".into(),
            line: "0 7 * * 4".into(),
            zone: "Europe/Berlin".into(),
            lead: "2".into(),
            lead_unit: "days".into(),
            catch_up: "6".into(),
            quiet_from: "21:00".into(),
            quiet_until: "06:00".into(),
            region: "de-nw".into(),
            eves: true,
            rule: "before".into(),
            own_days: "2027-02-08 Rosenmontag".into(),
        },
        errors: Vec::new(),
        version: "0123456789abcdef".into(),
        next,
        is_preview: false,
        done: None,
        pauses: vec![PauseView {
            uuid: "p".into(),
            first: NaiveDate::from_ymd_opt(2027, 7, 5).expect("invariant: a day"),
            last: NaiveDate::from_ymd_opt(2027, 8, 15).expect("invariant: a day"),
            reason: "Sommerpause".into(),
            look_back: Some(14),
            has_begun: false,
        }],
        pause_url: "/newsroom/newsletters/town/pauses".into(),
        pause: PauseForm {
            look_back: "days".into(),
            days: "14".into(),
            ..PauseForm::default()
        },
    }
}

/// Newsletters in a rhythm, by a cron line, by hand.
pub(crate) fn newsletter_rows(locale: Locale) -> Vec<NewsletterRow> {
    let rhythm = Rhythm {
        days: RhythmDays::Weekly(vec![Weekday::Thu]),
        at: time(7),
    };
    let appears = [
        Appears::Rhythm(rhythm),
        Appears::Line("0 9 1-7 1,4,7,10 *".into()),
        Appears::ByHand,
    ];
    let all = sample::newsletters(locale).into_iter().zip(appears);
    all.enumerate()
        .map(|(number, (one, appears))| NewsletterRow {
            name: one.name,
            schedule_url: format!("/newsroom/newsletters/{}/schedule", one.key),
            release_url: Some(format!("/newsroom/newsletters/{}/release", one.key)),
            issues_url: format!("/newsroom/issues?newsletter={}", one.key),
            is_trial: number == 2,
            next: december(locale).into_iter().nth(4).filter(|_| number == 0),
            pauses: (number == 1).then(|| "Umzug".to_owned()),
            subscriptions: [4_312, 1, 0][number.min(2)],
            appears,
        })
        .collect()
}
