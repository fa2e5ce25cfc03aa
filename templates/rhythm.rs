//! How often a newsletter appears, in words.

use chrono::{NaiveTime, Weekday};

use crate::locale::Locale;

/// One time of day, on all or some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// On which days.
    pub days: RhythmDays,
    /// When, on the wall clock of the newsletter's zone.
    pub at: NaiveTime,
}

/// The days of a [`Rhythm`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RhythmDays {
    /// Each week on these days, in their order; all seven are every day.
    Weekly(Vec<Weekday>),
    /// Each month on this day.
    Monthly(u32),
}

/// This many days in a row are named by the first and the last of them.
const LONG_RUN: usize = 3;
const DAYS_OF_A_WEEK: usize = 7;

impl Rhythm {
    /// As it goes on after “Erscheint”, e.g. “jeden Donnerstag um 7:30 Uhr”.
    pub(crate) fn words(&self, t: Locale) -> String {
        let time = ("time", t.time(self.at).into());
        match &self.days {
            RhythmDays::Weekly(days) if days.len() == DAYS_OF_A_WEEK => {
                t.fill("rhythm-daily", [time])
            }
            RhythmDays::Weekly(days) => match days.as_slice() {
                [first, .., last] if days.len() >= LONG_RUN && is_run(days) => {
                    let (first, last) = (t.weekday(*first), t.weekday(*last));
                    t.fill(
                        "rhythm-run",
                        [("first", first.into()), ("last", last.into()), time],
                    )
                }
                days => {
                    let names: Vec<_> = days.iter().map(|day| t.weekday(*day)).collect();
                    t.fill("rhythm-weekly", [("days", t.list(&names).into()), time])
                }
            },
            RhythmDays::Monthly(day) => {
                t.fill("rhythm-monthly", [("day", ordinal(t, *day).into()), time])
            }
        }
    }
}

fn is_run(days: &[Weekday]) -> bool {
    days.windows(2)
        .all(|pair| matches!(pair, [one, next] if one.succ() == *next))
}

/// The day of a month as each language counts it: “1.”, “1st”, “1er”, “1e”.
fn ordinal(t: Locale, day: u32) -> String {
    let ending = match (t, day) {
        (Locale::De, _) => ".",
        (Locale::En, 1 | 21 | 31) => "st",
        (Locale::En, 2 | 22) => "nd",
        (Locale::En, 3 | 23) => "rd",
        (Locale::En, _) => "th",
        (Locale::Fr, 1) => "er",
        (Locale::Fr, _) => "",
        (Locale::Nl, _) => "e",
    };
    format!("{day}{ending}")
}

#[cfg(test)]
mod tests {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

    use super::*;

    fn words(days: RhythmDays) -> [String; 4] {
        let at = NaiveTime::from_hms_opt(7, 30, 0).expect("a time of day");
        let rhythm = Rhythm { days, at };
        Locale::ALL.map(|locale| rhythm.words(locale))
    }

    #[test]
    fn each_language_says_it_its_way() {
        assert_eq!(
            words(RhythmDays::Weekly(vec![Thu])),
            [
                "jeden Donnerstag um 7:30 Uhr",
                "every Thursday at 7:30",
                "chaque jeudi à 7\u{a0}h\u{a0}30",
                "elke donderdag om 7.30 uur",
            ]
        );
        assert_eq!(
            words(RhythmDays::Weekly(vec![Mon, Wed, Fri])),
            [
                "jeden Montag, Mittwoch und Freitag um 7:30 Uhr",
                "every Monday, Wednesday and Friday at 7:30",
                "chaque lundi, mercredi et vendredi à 7\u{a0}h\u{a0}30",
                "elke maandag, woensdag en vrijdag om 7.30 uur",
            ]
        );
        assert_eq!(
            words(RhythmDays::Weekly(vec![Mon, Tue, Wed, Thu, Fri])),
            [
                "von Montag bis Freitag um 7:30 Uhr",
                "Monday to Friday at 7:30",
                "du lundi au vendredi à 7\u{a0}h\u{a0}30",
                "van maandag tot en met vrijdag om 7.30 uur",
            ]
        );
        assert_eq!(
            words(RhythmDays::Weekly(vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun])),
            [
                "täglich um 7:30 Uhr",
                "daily at 7:30",
                "chaque jour à 7\u{a0}h\u{a0}30",
                "dagelijks om 7.30 uur",
            ]
        );
        assert_eq!(
            words(RhythmDays::Monthly(1)),
            [
                "am 1. jedes Monats um 7:30 Uhr",
                "on the 1st of every month at 7:30",
                "le 1er de chaque mois à 7\u{a0}h\u{a0}30",
                "elke maand op de 1e om 7.30 uur",
            ]
        );
    }

    #[test]
    fn two_days_are_named_both() {
        let weekend = words(RhythmDays::Weekly(vec![Sat, Sun]));
        assert_eq!(weekend[0], "jeden Samstag und Sonntag um 7:30 Uhr");
    }

    #[test]
    fn days_are_counted_as_each_language_does() {
        let english = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23].map(|day| ordinal(Locale::En, day));
        let expected = [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd",
        ];
        assert_eq!(english, expected);
        assert_eq!(ordinal(Locale::Fr, 15), "15");
    }
}
