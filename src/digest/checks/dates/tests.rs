//! Prose from councils, offices and partners, and what is a date in it. Each case that is passed over was
//! an alarm once, or could be one.

use chrono::NaiveDate;

use super::{deadline, find, words_of};
use crate::domain::language::LanguageTag;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What is wrong in a text that was written on 30 November 2026, a Monday.
fn wrong(language: &str, text: &str) -> Vec<String> {
    wrong_of(language, text, None)
}

fn wrong_of(language: &str, text: &str, event: Option<(&str, &str)>) -> Vec<String> {
    let words = words_of(&LanguageTag::parse(language).expect("a tag")).expect("words");
    let event = event.map(|(first, last)| (day(first), day(last)));
    let told = day("2026-11-30");
    let dates = find(text, words).into_iter();
    dates
        .filter(|date| {
            date.weekday
                .is_some_and(|weekday| !date.agrees(weekday, told, event))
        })
        .map(|date| date.text)
        .collect()
}

/// How many dates have a weekday.
fn with_weekday(language: &str, text: &str) -> usize {
    let words = words_of(&LanguageTag::parse(language).expect("a tag")).expect("words");
    let dates = find(text, words).into_iter();
    dates.filter(|date| date.weekday.is_some()).count()
}

#[test]
fn a_wrong_weekday_is_found_in_four_languages() {
    for (language, text, written) in [
        (
            "de",
            "Die Beratung ist am Donnerstag, 4. Dezember, um 14 Uhr.",
            "Donnerstag, 4. Dezember",
        ),
        (
            "de",
            "am Donnerstag, den 4. Dezember 2026",
            "Donnerstag, den 4. Dezember 2026",
        ),
        ("de", "Do., 4.12.2026, 18 Uhr", "Do., 4.12.2026"),
        ("de", "Do 4.12., 18 Uhr", "Do 4.12"),
        (
            "de",
            "Treffpunkt: Donnerstag (4. Dezember)",
            "Donnerstag (4. Dezember",
        ),
        ("de", "Sonnabend, 4. Dez. 2026", "Sonnabend, 4. Dez. 2026"),
        (
            "de",
            "Am Donnerstag Abend, 4. Dezember",
            "Donnerstag Abend, 4. Dezember",
        ),
        (
            "en",
            "on Thursday, 4 December 2026",
            "Thursday, 4 December 2026",
        ),
        (
            "en",
            "on Thursday, December 4th, 2026",
            "Thursday, December 4th, 2026",
        ),
        ("en", "Thu 4 Dec", "Thu 4 Dec"),
        (
            "en",
            "Thursday the 4th of December",
            "Thursday the 4th of December",
        ),
        (
            "fr",
            "le jeudi 4 décembre 2026 à 19 h",
            "jeudi 4 décembre 2026",
        ),
        ("fr", "jeudi 1er janvier 2027", "jeudi 1er janvier 2027"),
        (
            "nl",
            "op donderdag 4 december om 19.30 uur",
            "donderdag 4 december",
        ),
        ("nl-be", "donderdag 4/12/2026", "donderdag 4/12/2026"),
    ] {
        assert_eq!(wrong(language, text), [written], "{text}");
    }
}

#[test]
fn right_weekdays_are_right() {
    for (language, text) in [
        (
            "de",
            "Am Freitag, 4. Dezember, und am Samstag, 5. Dezember 2026",
        ),
        ("de", "Fr., 4.12.26"),
        ("de", "Am Donnerstag, 9. November 1989, fiel die Mauer."),
        ("de", "Mittwoch, 25. November, bis Sonntag, 29. November"),
        ("de", "Freitag, 1. Januar"),
        ("en", "Friday 4 December, and Friday, December 4"),
        ("en", "Friday 12/4/2026 or Friday 4/12/2026"),
        ("fr", "vendredi 4 décembre"),
        ("nl", "vrijdag 4 december"),
    ] {
        assert_eq!(wrong(language, text), [""; 0], "{text}");
        assert!(with_weekday(language, text) > 0, "{text}");
    }
}

#[test]
fn what_is_no_single_date_is_passed_over() {
    for (language, text) in [
        ("de", "Montag bis Freitag, 7. bis 11. Dezember"),
        ("de", "Montag bis Freitag, 7.12. bis 11.12."),
        ("de", "Mo.–Fr., 7.12.–10.12."),
        ("de", "Donnerstag und Freitag, 2.12. und 3.12."),
        ("de", "Donnerstag/Freitag, 3./4. Dezember"),
        ("de", "Donnerstag, 4. bis 6. Dezember"),
        ("de", "Donnerstag, 10.12 Uhr"),
        ("de", "jeden Donnerstag ab 4. Dezember"),
        ("de", "donnerstags, 4.12."),
        ("de", "Sonntag, 1. Advent"),
        ("de", "Montag, Aktenzeichen 4.12.30, § 2.4.12."),
        ("de", "Die Linie Do 4.12 fährt öfter."),
        ("de", "Straße des 17. Juni, Platz des 18. März"),
        ("de", "was Sie tun: do 4.12. ist kein Kürzel"),
        ("en", "Monday to Friday, 7 to 11 December"),
        ("en", "lundi 4 décembre"),
        ("fr", "du lundi au vendredi, du 7 au 11 décembre"),
        ("fr", "lundi, mardi et jeudi 4 décembre"),
        ("nl", "maandag t/m donderdag, 4 december"),
        ("nl", "donderdag, 4,12 meter"),
    ] {
        assert_eq!(wrong(language, text), [""; 0], "{text}");
    }
}

#[test]
fn a_date_without_a_year_is_in_the_nearest_or_in_the_events() {
    // 4 December 2025 was a Thursday, and 2027 has a Saturday: neither is meant.
    assert_eq!(wrong("de", "Donnerstag, 4. Dezember").len(), 1);
    assert_eq!(wrong("de", "Samstag, 4. Dezember").len(), 1);
    // An event of next year that is announced early.
    let event = Some(("2027-12-04", "2027-12-04"));
    assert_eq!(wrong_of("de", "Samstag, 4. Dezember", event), [""; 0]);
    assert_eq!(wrong_of("de", "Freitag, 4. Dezember", event).len(), 1);
    // Half a year away, either year may be meant: 1 June 2026 was a Monday, 2027 has a Tuesday.
    for text in ["Montag, 1. Juni", "Dienstag, 1. Juni"] {
        assert_eq!(wrong("de", text), [""; 0], "{text}");
    }
    assert_eq!(wrong("de", "Mittwoch, 1. Juni").len(), 1);
}

#[test]
fn a_day_that_does_not_exist_has_no_date() {
    let words = words_of(&LanguageTag::parse("de").expect("a tag")).expect("words");
    let dates = find("Montag, 31. November 2026", words);
    assert_eq!(dates[0].resolve(day("2026-11-30"), None), None);
}

/// What our own pages and mails write is read right, on every day of two years.
#[test]
fn dates_as_rundbrief_writes_them_are_read() {
    use chrono::Days;
    use templates::{Locale, When};

    let first = day("2026-01-01").and_hms_opt(19, 30, 0).expect("a time");
    for (starts, locale) in (0..730)
        .map(|days| first + Days::new(days))
        .flat_map(|starts| Locale::ALL.map(|locale| (starts, locale)))
    {
        let text = When::Time { starts, ends: None }.words(locale);
        assert_eq!(wrong(locale.code(), &text), [""; 0], "{text}");
        assert_eq!(with_weekday(locale.code(), &text), 1, "{text}");
        // With the weekday of the day after it is wrong.
        let tomorrow = When::Time {
            starts: starts + Days::new(1),
            ends: None,
        };
        let weekday = text.split([' ', ',']).next().expect("a weekday");
        let other = tomorrow.words(locale);
        let other_weekday = other.split([' ', ',']).next().expect("a weekday");
        let slipped = text.replacen(weekday, other_weekday, 1);
        assert_eq!(wrong(locale.code(), &slipped).len(), 1, "{slipped}");
    }
}

fn deadlines(language: &str, text: &str) -> Vec<String> {
    let words = words_of(&LanguageTag::parse(language).expect("a tag")).expect("words");
    let dates = find(text, words).into_iter();
    dates
        .filter(|date| deadline::is_one(text, date, words))
        .map(|date| date.text)
        .collect()
}

#[test]
fn deadlines_are_what_people_are_asked_to_meet() {
    for (language, text, written) in [
        (
            "de",
            "Bitte melden Sie sich bis 20. November an.",
            "20. November",
        ),
        (
            "de",
            "Anmeldung bis spätestens 20.11.2026 beim Kulturbüro.",
            "20.11.2026",
        ),
        (
            "de",
            "Bewerbungen sind bis zum Freitag, 20. November, möglich.",
            "Freitag, 20. November",
        ),
        ("en", "Please register by 20 November.", "20 November"),
        ("fr", "Inscription jusqu’au 20 novembre.", "20 novembre"),
        ("nl", "Aanmelden kan tot en met 20 november.", "20 november"),
    ] {
        assert_eq!(deadlines(language, text), [written], "{text}");
    }
    for (language, text) in [
        ("de", "Die Ausstellung läuft bis 20. November."),
        ("de", "Bis zum 20. November konnten sich Betriebe bewerben."),
        ("de", "Die Anmeldung vom 2. bis 20. November lief gut."),
        (
            "de",
            "Bewerben Sie sich! Der Ausschuss tagte bis 20. November.",
        ),
        ("de", "Anmeldung ab 20. November."),
        ("de", "Die Frist wurde vom 1. bis 20. November verlängert."),
        ("en", "Applications were accepted until 20 November."),
        (
            "fr",
            "Les inscriptions étaient possibles jusqu’au 20 novembre.",
        ),
    ] {
        assert_eq!(deadlines(language, text), [""; 0], "{text}");
    }
}
