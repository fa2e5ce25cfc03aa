//! Numbers and people in words.

use crate::locale::Locale;

/// “4.312”, as the language groups digits.
pub(super) fn number(t: Locale, number: i64) -> String {
    let between = match t {
        Locale::De | Locale::Nl => '.',
        Locale::En => ',',
        Locale::Fr => '\u{202f}',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    if number < 0 {
        format!("−{text}")
    } else {
        text
    }
}

/// “4.312 Personen”.
pub(in crate::pages::newsroom) fn people(t: Locale, count: i64) -> String {
    counted(t, "issue-desk-people", count)
}

/// “31 Fassungen”.
pub(super) fn variants(t: Locale, count: i64) -> String {
    counted(t, "issue-desk-variants", count)
}

/// “31 Fassungen”, where no preposition stands before it.
pub(super) fn variants_alone(t: Locale, count: i64) -> String {
    counted(t, "issue-desk-variants-alone", count)
}

fn counted(t: Locale, key: &str, count: i64) -> String {
    let shown = number(t, count);
    t.fill(key, [("count", count.into()), ("number", shown.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(number(Locale::De, 4312), "4.312");
        assert_eq!(number(Locale::En, 1_234_567), "1,234,567");
        assert_eq!(number(Locale::Nl, 7), "7");
        assert_eq!(people(Locale::De, 1), "eine Person");
        assert_eq!(people(Locale::De, 4312), "4.312 Personen");
    }
}
