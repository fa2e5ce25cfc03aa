//! How things were before and after, in words: from what the log keeps, which is the same in every
//! language and never changes.

use fluent_bundle::FluentValue;

use super::codes::{FIXED, WITH_VALUES};
use crate::locale::Locale;

/// What a line about a thing of this kind says of it, in words; none where nobody knows what is said, as
/// in lines of another version, and where it is a person's own text.
pub fn value(t: Locale, kind: &str, said: &str) -> Option<String> {
    whole(t, kind, said)
        .or_else(|| parts(t, kind, said))
        .or_else(|| with_text(t, kind, said))
}

fn whole(t: Locale, kind: &str, said: &str) -> Option<String> {
    if let Some((_, _, key)) = FIXED.iter().find(|one| one.0 == kind && one.1 == said) {
        return Some(t.say(key));
    }
    let of_kind = WITH_VALUES.iter().filter(|one| one.0 == kind);
    let mut fitting = of_kind.filter_map(|(_, pattern, key)| Some((captured(pattern, said)?, key)));
    let (values, key) = fitting.next()?;
    let names = ["a", "b", "c", "d"].into_iter();
    let values = names.zip(values).map(|(name, value)| {
        let value = value_within(t, kind, value);
        (name.to_owned(), FluentValue::from(value))
    });
    Some(t.fill_all(key, &values.collect::<Vec<_>>()))
}

/// A value within a sentence: a code, a list of codes, a language, or a name.
fn value_within(t: Locale, kind: &str, said: &str) -> String {
    let known = language_of(kind, said).or_else(|| fixed_list(t, kind, said));
    known.unwrap_or_else(|| said.to_owned())
}

fn fixed_list(t: Locale, kind: &str, said: &str) -> Option<String> {
    let codes = said.split(", ").map(|code| {
        let found = FIXED.iter().find(|one| one.0 == kind && one.1 == code);
        found.map(|(_, _, key)| t.say(key))
    });
    Some(codes.collect::<Option<Vec<_>>>()?.join(", "))
}

/// Several things that were said, each known; the choices of a subscriber end in a language.
fn parts(t: Locale, kind: &str, said: &str) -> Option<String> {
    if kind == "subscriber" {
        let (choices, code) = said.rsplit_once("; ")?;
        return Some(format!("{choices}; {}", language_of(kind, code)?));
    }
    // Roles are kept without blanks.
    let separator = if kind == "user" { "," } else { ", " };
    let parts = said
        .split(separator)
        .map(|part| part.strip_prefix(' ').unwrap_or(part));
    let mut rest: Vec<_> = parts.collect();
    let mut words = Vec::new();
    let mut has_known = false;
    while !rest.is_empty() {
        // As much as is known together: some have a comma of their own.
        let known = (1..=rest.len().min(4)).rev().find_map(|count| {
            let part = rest[..count].join(", ");
            let found = whole(t, kind, &part).or_else(|| language_of(kind, &part))?;
            Some((count, found))
        });
        // The schedule of a newsletter is a sentence among others.
        let is_known = known.is_some();
        let (count, found) = match known {
            Some(known) => known,
            None if kind == "newsletter" => (1, rest[0].to_owned()),
            None => return None,
        };
        has_known |= is_known;
        words.push(found);
        rest.drain(..count);
    }
    has_known.then(|| words.join(", "))
}

/// A code with a text of somebody: `suspended: moved away`, `de: Headline / …`.
fn with_text(t: Locale, kind: &str, said: &str) -> Option<String> {
    let (code, text) = said.split_once(": ")?;
    let words = fixed_list(t, kind, code).or_else(|| language_of(kind, code))?;
    Some(format!("{words}: {text}"))
}

/// A language of which a line about an issue or a subscriber tells.
fn language_of(kind: &str, code: &str) -> Option<String> {
    language(code).filter(|_| matches!(kind, "issue" | "subscriber"))
}

/// A language by its own name.
fn language(code: &str) -> Option<String> {
    let found = Locale::ALL.into_iter().find(|one| one.code() == code);
    found.map(|one| one.own_name().to_owned())
}

/// What stands in the places of a pattern, if it fits.
fn captured<'a>(pattern: &str, said: &'a str) -> Option<Vec<&'a str>> {
    const PLACES: [char; 3] = ['#', '~', '*'];
    let mut values = Vec::new();
    let (mut pattern, mut rest) = (pattern, said);
    while let Some(at) = pattern.find(PLACES) {
        rest = rest.strip_prefix(&pattern[..at])?;
        let place = &pattern[at..=at];
        pattern = &pattern[at + 1..];
        let literal = pattern.split(PLACES).next().unwrap_or_default();
        let end = if literal.is_empty() {
            rest.len()
        } else {
            rest.find(literal)?
        };
        let value = &rest[..end];
        let fits = match place {
            "#" => value.bytes().all(|byte| byte.is_ascii_digit()),
            "~" => !value.contains(", "),
            _ => true,
        };
        if value.is_empty() || !fits {
            return None;
        }
        values.push(value);
        rest = &rest[end..];
    }
    (rest == pattern).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_known_has_words_in_every_language() {
        for t in Locale::ALL {
            for (kind, code, key) in FIXED {
                assert_ne!(t.say(key), *key, "{kind} {code}");
            }
            for (kind, pattern, key) in WITH_VALUES {
                let said = pattern.replace('#', "7").replace(['~', '*'], "x");
                let words = value(t, kind, &said).expect("it fits");
                assert_ne!(words, *key);
                assert!(!words.contains('{'), "{words}");
            }
        }
    }

    #[test]
    fn lines_read_as_sentences() {
        let de = |kind, said| value(Locale::De, kind, said);
        let text = |text: &str| Some(text.to_owned());
        for (kind, said, words) in [
            ("issue", "in-review", text("zur Freigabe")),
            (
                "issue",
                "approved, texts 0a1b",
                text("freigegeben, Prüfsumme der Texte: 0a1b"),
            ),
            ("issue", "sent, failed: 3", text("versendet, abgewiesen: 3")),
            ("issue", "de, mails: 2", text("Deutsch, E-Mails: 2")),
            (
                "issue",
                "held: it was late, twice",
                text("angehalten: it was late, twice"),
            ),
            (
                "issue",
                "entry Wochenmarkt: 3",
                text("Beitrag Wochenmarkt: Platz 3"),
            ),
            ("entry", "event, published", text("Termin, veröffentlicht")),
            ("entry", "cancelled", text("abgesagt")),
            (
                "user",
                "administrator,editor",
                text("Administration, Redaktion"),
            ),
            (
                "proposal",
                "accepted: time, place of entry x",
                text("angenommen: Zeit, Ort (Beitrag x)"),
            ),
            (
                "subscriber",
                "suspended: moved away, it says",
                text("ausgesetzt: moved away, it says"),
            ),
            (
                "subscriber",
                "confirmation: region: a, b; de",
                text("Bestätigung angefragt: region: a, b; Deutsch"),
            ),
            (
                "subscriber",
                "region: a, b; fr",
                text("region: a, b; Français"),
            ),
            (
                "newsletter",
                "every Friday at 07:00, quiet hours none",
                text("every Friday at 07:00, keine Ruhezeit"),
            ),
            (
                "newsletter",
                "holidays de-nw, 24 and 31 December: send, own days ",
                text(
                    "Feiertage: Nordrhein-Westfalen, auch 24. und 31. Dezember; Trotzdem versenden, keine eigenen Tage",
                ),
            ),
            (
                "newsletter",
                "schedule 0 7 * * 5, approval four-eyes",
                text("Versandplan 0 7 * * 5, Freigabe: eine zweite Person"),
            ),
            ("retention", "12 removed", text("entfernt: 12")),
            ("retention", "x removed", None),
            ("issue", "of tomorrow", None),
            ("topic", "draft", None),
            ("issue", "", None),
        ] {
            assert_eq!(de(kind, said), words, "{kind} {said}");
        }
    }

    #[test]
    fn patterns_fit_whole_texts_only() {
        assert_eq!(captured("# of *", "3 of all"), Some(vec!["3", "all"]));
        assert_eq!(captured("# of *", "three of all"), None);
        assert_eq!(captured("# of *", "3 of "), None);
        assert_eq!(captured("# removed", "3 removed today"), None);
    }
}
