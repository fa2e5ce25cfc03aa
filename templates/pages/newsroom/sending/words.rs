//! Times, shares and numbers as the pages about sending say them.

use chrono::{NaiveDateTime, NaiveTime, Timelike as _};

use crate::locale::Locale;

/// “7:00:41 Uhr”.
pub(super) fn clock(t: Locale, time: NaiveTime) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    match t {
        Locale::De => format!("{hour}:{minute:02}:{second:02} Uhr"),
        Locale::En | Locale::Fr => format!("{hour}:{minute:02}:{second:02}"),
        Locale::Nl => format!("{hour}.{minute:02}.{second:02} uur"),
    }
}

/// The time; with its day where that is another day than that of `now`.
pub(super) fn moment(t: Locale, at: NaiveDateTime, now: NaiveDateTime) -> String {
    if at.date() == now.date() {
        t.time(at.time())
    } else {
        t.moment(at)
    }
}

/// A share in per cent, in whole numbers; what is less than one is not nothing.
pub(super) fn share(t: Locale, part: i64, whole: i64) -> String {
    let space = if t == Locale::En { "" } else { "\u{a0}" };
    if whole <= 0 || part <= 0 {
        return format!("0{space}%");
    }
    let hundredfold = i128::from(part) * 100;
    let whole = i128::from(whole);
    if hundredfold < whole {
        return format!("<\u{a0}1{space}%");
    }
    // Whoever reads 100 % believes that all got it.
    let most = if i128::from(part) < whole { 99 } else { 100 };
    let rounded = ((hundredfold + whole / 2) / whole).min(most);
    format!("{rounded}{space}%")
}

/// A rate: whole numbers, and one decimal where it is slow.
pub(super) fn rate(t: Locale, rate: f64) -> String {
    if rate >= 10.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a rate of mails")]
        return t.number(rate.round() as i64);
    }
    let text = format!("{rate:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match t {
        Locale::En => text.to_owned(),
        _ => text.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_says_neither_all_nor_nothing_of_some() {
        let of = |part, whole| share(Locale::De, part, whole).replace('\u{a0}', " ");
        assert_eq!(of(0, 100), "0 %");
        assert_eq!(of(1, 4312), "< 1 %");
        assert_eq!(of(2968, 4312), "69 %");
        assert_eq!(of(9_999, 10_000), "99 %");
        assert_eq!(of(5, 5), "100 %");
        assert_eq!(of(i64::MAX, i64::MAX), "100 %");
        assert_eq!(of(3, 0), "0 %");
        assert_eq!(share(Locale::En, 1, 2), "50%");
    }

    #[test]
    fn rates_are_short() {
        assert_eq!(rate(Locale::De, 33.4), "33");
        assert_eq!(rate(Locale::De, 4712.0), "4.712");
        assert_eq!(rate(Locale::De, 0.53), "0,5");
        assert_eq!(rate(Locale::En, 2.0), "2");
    }
}
