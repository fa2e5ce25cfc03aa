//! What goes out when: a month as a table or as a list, for all newsletters or one.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use maud::{Markup, html};

use super::holidays::FreeDayView;
use super::sample;
use super::slots::{self, SlotView};
use crate::locale::Locale;
use crate::pages::newsroom::components::{Tab, tabs};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame};
use crate::sample::Sample;

/// A month.
#[derive(Debug, Clone)]
pub struct CalendarView {
    /// Its first day.
    pub month: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// Whether it is shown as a list.
    pub is_list: bool,
    /// What goes out in it, in order.
    pub slots: Vec<SlotView>,
    /// Holidays in it, of the newsletters that keep some.
    pub holidays: Vec<(NaiveDate, FreeDayView)>,
    /// The month before and the one after, and the present one where this is another.
    pub months: Months,
    /// This month as a table, and as a list.
    pub views: [String; 2],
    /// The newsletters: key and name.
    pub newsletters: Vec<(String, String)>,
    /// The key of the one that is shown; none: all.
    pub chosen: Option<String>,
    /// Where the page is, for the form.
    pub url: String,
    /// The schedules; none where this user may not change them.
    pub schedules_url: Option<String>,
}

/// Other months.
#[derive(Debug, Clone)]
pub struct Months {
    /// The month before.
    pub before: String,
    /// The month after.
    pub after: String,
    /// The present month, where this is another one.
    pub present: Option<String>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &CalendarView) -> Markup {
    let t = desk.site.locale;
    let month = t.month(view.month);
    let mut page = DeskPage::new(t.fill("planning-calendar-title", [("month", month.into())]));
    page.actions = html! {
        @if let Some(url) = &view.schedules_url { a class="button quiet" href=(url) { (t.say("planning-schedules")) } }
    };
    page.tabs = tabs(
        &t.say("planning-views"),
        &[
            tab(&view.views[0], t.say("planning-as-month"), !view.is_list),
            tab(&view.views[1], t.say("planning-as-list"), view.is_list),
        ],
    );
    let body = html! {
        div class="between" {
            (months(t, view))
            (filter(t, view))
        }
        @if view.newsletters.is_empty() {
            p { (t.say("planning-no-newsletter")) }
        } @else if view.slots.is_empty() && view.is_list {
            p { (t.say("planning-nothing")) }
        } @else if view.is_list {
            (slots::table(t, &page.title, &view.slots, true))
        } @else {
            (grid(t, view, &page.title))
        }
    };
    frame(desk, &page, &body)
}

fn tab(url: &str, name: String, current: bool) -> Tab {
    Tab {
        url: url.to_owned(),
        name,
        count: None,
        current,
    }
}

fn months(t: Locale, view: &CalendarView) -> Markup {
    let other = |distance: i32| {
        let count = view.month.year() * 12 + view.month.month0().cast_signed() + distance;
        let month = u32::try_from(count.rem_euclid(12)).unwrap_or(0) + 1;
        NaiveDate::from_ymd_opt(count.div_euclid(12), month, 1).unwrap_or(view.month)
    };
    html! {
        nav class="months" aria-label=(t.say("planning-months")) {
            a href=(view.months.before) rel="prev" { "← " (t.month(other(-1))) }
            @if let Some(present) = &view.months.present { a href=(present) { (t.say("planning-this-month")) } }
            a href=(view.months.after) rel="next" { (t.month(other(1))) " →" }
        }
    }
}

fn filter(t: Locale, view: &CalendarView) -> Markup {
    html! {
        @if view.newsletters.len() > 1 {
            form method="get" action=(view.url) class="filters" {
                input type="hidden" name="month" value=(view.month.format("%Y-%m"));
                @if view.is_list { input type="hidden" name="view" value="list"; }
                div {
                    label for="newsletter" { (t.say("planning-newsletter")) }
                    select id="newsletter" name="newsletter" {
                        option value="" selected[view.chosen.is_none()] { (t.say("planning-all-newsletters")) }
                        @for (key, name) in &view.newsletters {
                            option value=(key) selected[view.chosen.as_deref() == Some(key.as_str())] { (name) }
                        }
                    }
                }
                button class="quiet" { (t.say("planning-show")) }
            }
        }
    }
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The month as a table of weeks. On a phone, days without anything are left out.
fn grid(t: Locale, view: &CalendarView, caption: &str) -> Markup {
    let back = u64::from(view.month.weekday().num_days_from_monday());
    let first = view.month.checked_sub_days(Days::new(back));
    let first = first.unwrap_or(view.month);
    let days: Vec<NaiveDate> = first
        .iter_days()
        .take(42)
        .take_while(|day| *day < view.month || is_in(*day, view) || day.weekday() != Weekday::Mon)
        .collect();
    html! {
        table class="month" {
            caption class="hidden" { (caption) }
            thead { tr { @for day in WEEK { th scope="col" { (t.weekday(day)) } } } }
            tbody {
                @for week in days.chunks(7) {
                    tr { @for day in week { (cell(t, view, *day)) } }
                }
            }
        }
    }
}

fn is_in(day: NaiveDate, view: &CalendarView) -> bool {
    (day.year(), day.month()) == (view.month.year(), view.month.month())
}

fn cell(t: Locale, view: &CalendarView, day: NaiveDate) -> Markup {
    if !is_in(day, view) {
        return html! { td class="other" {} };
    }
    let slots: Vec<_> = view
        .slots
        .iter()
        .filter(|slot| slot.at.date() == day)
        .collect();
    let holiday = view.holidays.iter().find(|(one, _)| *one == day);
    let is_empty = slots.is_empty() && holiday.is_none() && day != view.today;
    let class = match (is_empty, day == view.today) {
        (true, _) => Some("other"),
        (_, true) => Some("today"),
        _ => None,
    };
    html! {
        td class=[class] {
            p class="day" {
                time datetime=(day) { span class="weekday" { (t.weekday(day.weekday())) ", " } (t.day_number(day)) }
                @if day == view.today { " " span class="state go" { (t.say("planning-today")) } }
            }
            @if let Some((_, name)) = holiday { p class="small muted" { (name.name(t)) } }
            @if !slots.is_empty() {
                ul class="plain-list" { @for slot in slots { (item(t, slot)) } }
            }
        }
    }
}

fn item(t: Locale, slot: &SlotView) -> Markup {
    html! {
        li {
            p { span class="num" { (t.time(slot.at.time())) } " " (slot.name()) }
            p { (slot.badge(t)) }
            // When an issue will be composed is left to the list: columns are narrow.
            @for note in slot.special(t) { small { (note) } }
        }
    }
}

impl Sample for CalendarView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let month = Self {
            month: sample::day(12, 1),
            today: sample::day(12, 2),
            is_list: false,
            slots: sample::december(locale),
            holidays: vec![
                (sample::day(12, 24), FreeDayView::Public("christmas-eve")),
                (sample::day(12, 25), FreeDayView::Public("christmas")),
                (sample::day(12, 26), FreeDayView::Public("boxing-day")),
                (sample::day(12, 31), FreeDayView::Public("new-years-eve")),
            ],
            months: Months {
                before: "/newsroom/calendar?month=2026-11".into(),
                after: "/newsroom/calendar?month=2027-01".into(),
                present: Some("/newsroom/calendar".into()),
            },
            views: [
                "/newsroom/calendar?month=2026-12".into(),
                "/newsroom/calendar?month=2026-12&view=list".into(),
            ],
            newsletters: sample::newsletters(locale),
            chosen: None,
            url: "/newsroom/calendar".into(),
            schedules_url: Some("/newsroom/newsletters".into()),
        };
        let list = Self {
            is_list: true,
            ..month.clone()
        };
        let empty = Self {
            slots: Vec::new(),
            holidays: Vec::new(),
            newsletters: Vec::new(),
            schedules_url: None,
            ..month.clone()
        };
        vec![("month", month), ("list", list), ("empty", empty)]
    }
}
