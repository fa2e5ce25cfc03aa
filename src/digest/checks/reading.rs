//! How easy texts are to read, by the formula that was measured for their language. Never more than a
//! hint: a formula counts syllables and knows nothing of sense.

use std::collections::BTreeSet;

use super::{Facts, place};
use crate::domain::check::{Field, Finding, Formula, Observation};
use crate::domain::entry::EntryKind;
use crate::domain::language::{Language, LanguageTag};
use crate::domain::text::html_to_plain;

/// Shorter texts cannot be measured.
const FEWEST_WORDS: usize = 60;
const FEWEST_SENTENCES: usize = 4;
/// Below this a text is “very difficult” in every one of these formulas.
const HARD: f64 = 20.0;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let mut formulas = BTreeSet::new();
    let mut texts = 0;
    // What a council decides on is not for the newsroom to reword, and agendas are no prose.
    let own = |kind| matches!(kind, EntryKind::News | EntryKind::Event);
    for item in facts.snapshot.items().filter(|item| own(item.kind)) {
        for (tag, text) in &item.texts {
            let prose = format!("{} {}", text.teaser, html_to_plain(&text.body));
            let Some((formula, score)) = measure(tag, &prose) else {
                continue;
            };
            texts += 1;
            formulas.insert(formula);
            if score < HARD {
                #[expect(clippy::cast_possible_truncation, reason = "a score has three digits")]
                let score = score.floor() as i32;
                let what = Observation::HardToRead {
                    language: tag.clone(),
                    formula,
                    score,
                };
                found.push(Finding::at(place(item, Field::Text), what));
            }
        }
    }
    if found.is_empty() && texts > 0 {
        let formulas = formulas.into_iter().collect();
        found.push(Finding::new(Observation::ReadingEasy { texts, formulas }));
    }
}

/// The score of a text, from 0 (hard) to 100 (easy), and by which formula. None for a short text or
/// another language.
fn measure(tag: &LanguageTag, text: &str) -> Option<(Formula, f64)> {
    let language = Language::ALL.iter().copied().find(|one| tag.is(*one))?;
    let (mut words, mut syllables) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 0 {
            words += 1;
            syllables += syllables_of(word, language);
        }
    }
    let sentences = sentences(text);
    if words < FEWEST_WORDS || sentences < FEWEST_SENTENCES {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a text has few words")]
    let (words, syllables, sentences) = (words as f64, syllables as f64, sentences as f64);
    let (length, weight) = (words / sentences, syllables / words);
    Some(match language {
        Language::De => (Formula::Amstad, 180.0 - length - 58.5 * weight),
        Language::En => (Formula::Flesch, 206.835 - 1.015 * length - 84.6 * weight),
        Language::Fr => (Formula::KandelMoles, 207.0 - 1.015 * length - 73.6 * weight),
        Language::Nl => (
            Formula::FleschDouma,
            206.835 - 0.93 * length - 77.0 * weight,
        ),
    })
}

/// The ends of sentences: marks after a word, before a capital letter or the end. A figure's point and
/// that of a short word (“z. B.”, “Dr.”) end none.
fn sentences(text: &str) -> usize {
    let mut ends = 0;
    let mut word = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_alphabetic() {
            word += 1;
            continue;
        }
        let is_short = c == '.' && word < 3;
        if matches!(c, '.' | '!' | '?' | ':') && word > 0 && !is_short {
            while rest
                .peek()
                .is_some_and(|c| matches!(c, '“' | '”' | '"' | ')' | '’'))
            {
                rest.next();
            }
            if rest.peek().is_none_or(|c| c.is_whitespace()) {
                ends += 1;
            }
        }
        word = 0;
    }
    ends.max(1)
}

/// Groups of vowels, without the ones that are not spoken.
fn syllables_of(word: &str, language: Language) -> usize {
    let low = word.to_lowercase();
    let is_vowel = |c: char| "aeiouyäöüàâéèêëîïôùûœæáíóú".contains(c);
    let mut groups = 0;
    let mut before: Option<char> = None;
    for c in low.chars() {
        if is_vowel(c) {
            let joined =
                before.is_some_and(|before| is_vowel(before) && !is_split(before, c, language));
            groups += usize::from(!joined);
        }
        before = Some(c);
    }
    let is_silent = match language {
        Language::En => {
            low.ends_with('e') && !low.ends_with("le") || low.ends_with("ed") && low.len() > 4
        }
        Language::Fr => {
            low.ends_with('e') || low.ends_with("es") || low.ends_with("ent") && low.len() > 5
        }
        Language::De | Language::Nl => false,
    };
    if is_silent && groups > 1 {
        groups -= 1;
    }
    groups.max(1)
}

/// Whether two vowels belong to two syllables.
fn is_split(one: char, other: char, language: Language) -> bool {
    match language {
        // “Familie”, “Studium”, “Museum”, but not “die” and “Haus”.
        Language::De => matches!(
            (one, other),
            ('i', 'o' | 'a' | 'u') | ('e', 'o' | 'a') | ('u', 'a')
        ),
        Language::En => matches!((one, other), ('i', 'o' | 'a') | ('e', 'o')),
        Language::Fr => matches!((one, other), ('é', _)),
        Language::Nl => matches!((one, other), ('i' | 'e', 'o' | 'a')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_about_as_they_are_spoken() {
        for (word, language, count) in [
            ("Haus", Language::De, 1),
            ("Trinkwasserbrunnen", Language::De, 5),
            ("Situation", Language::De, 5),
            ("make", Language::En, 1),
            ("table", Language::En, 2),
            ("région", Language::Fr, 2),
            ("commune", Language::Fr, 2),
            ("gemeente", Language::Nl, 3),
        ] {
            assert_eq!(syllables_of(word, language), count, "{word}");
        }
    }

    #[test]
    fn points_of_figures_and_short_words_end_no_sentence() {
        assert_eq!(
            sentences("Am 4. Dezember, z. B. um 10 Uhr, geht es los. Wer kommt? Alle!"),
            3
        );
        assert_eq!(sentences("Ohne Ende"), 1);
    }

    #[test]
    fn officialese_is_harder_than_plain_speech() {
        let plain =
            "Wir bauen neue Brunnen. Du kannst dort Wasser trinken. Das Wasser ist gut. ".repeat(8);
        let official =
            "Die Inanspruchnahme der Fördermöglichkeiten setzt die Berücksichtigung der \
            haushaltsrechtlichen Bestimmungen und die Nachweisführung der Verwendung voraus. "
                .repeat(8);
        let score = |text: &str| measure(&Language::De.into(), text).map(|(_, score)| score);
        let (plain, official) = (score(&plain), score(&official));
        assert!(
            plain > Some(60.0) && official < Some(HARD),
            "{plain:?} {official:?}"
        );
        assert_eq!(
            measure(&LanguageTag::parse("pl").expect("a tag"), "tekst"),
            None
        );
    }
}
