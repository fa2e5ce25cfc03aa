//! Words as people search for them: without capitals, accents and punctuation, so that “mull” finds
//! “Müll” and “2026/1187” is found by either number.

use std::collections::BTreeSet;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// The version of these rules. Words that were stored by other rules are made again.
pub const VERSION: i64 = 1;

/// Words of an entry that are kept at most: a long text has some hundred different ones.
const MOST_WORDS: usize = 4_000;
/// Characters of a word that are kept.
const LONGEST_WORD: usize = 40;
/// Words of a search that are looked for; the others are ignored.
pub const MOST_SOUGHT: usize = 4;
/// A shorter word finds only itself: nearly all entries have several words that begin with “be”.
const SHORTEST_PREFIX: usize = 3;

/// The different words of these texts.
pub fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts {
        for word in split(text) {
            found.insert(word);
            if found.len() == MOST_WORDS {
                return found;
            }
        }
    }
    found
}

/// What is searched for: words that begin with one of these, each of them once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought(Vec<String>);

impl Sought {
    /// Reads what somebody typed.
    pub fn parse(text: &str) -> Self {
        let mut sought = Vec::new();
        for word in split(text) {
            if sought.len() < MOST_SOUGHT && !sought.contains(&word) {
                sought.push(word);
            }
        }
        Self(sought)
    }

    /// Whether nothing is searched for.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The range of words that begin with the word at this place: from the first, to before the second.
    /// Both are empty where there is no such word.
    pub fn range(&self, at: usize) -> (String, String) {
        let Some(word) = self.0.get(at) else {
            return (String::new(), String::new());
        };
        // No word has control characters, so the first one follows the word itself immediately.
        let is_prefix = word.chars().count() >= SHORTEST_PREFIX;
        let end = if is_prefix { char::MAX } else { '\u{1}' };
        (word.clone(), format!("{word}{end}"))
    }
}

fn split(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect();
    words.into_iter()
}

/// The text in small letters without accents.
fn fold(text: &str) -> String {
    let category = CodePointMapData::<GeneralCategory>::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let bare = decomposed.chars().filter(|c| {
        category.get(*c) != GeneralCategory::NonspacingMark && !super::text::is_unwanted(*c)
    });
    bare.flat_map(char::to_lowercase)
        .fold(String::with_capacity(text.len()), |mut folded, c| {
            match c {
                'ß' => folded.push_str("ss"),
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ø' => folded.push('o'),
                c => folded.push(c),
            }
            folded
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<String> {
        words([text]).into_iter().collect()
    }

    #[test]
    fn words_have_no_capitals_accents_or_punctuation() {
        assert_eq!(
            of("Müll, Straße: „Éclair“ (Vorlage 2026/1187)"),
            ["1187", "2026", "eclair", "mull", "strasse", "vorlage"]
        );
        assert_eq!(of("İstanbul Œuvre ﬁn"), ["fin", "istanbul", "oeuvre"]);
        assert_eq!(of("MÜLL müll Mu\u{308}ll"), ["mull"]);
        assert!(of("… – !").is_empty());
    }

    #[test]
    fn a_search_is_a_range_of_words() {
        let sought = Sought::parse("Brun Markt brun ki a b c d");
        let finds = |at: usize, word: &str| {
            let (from, until) = sought.range(at);
            from.as_str() <= word && word < until.as_str()
        };
        assert!(finds(0, "brunnen") && finds(0, "brun") && !finds(0, "bru"));
        assert!(!finds(0, "brumm"));
        assert!(finds(1, "marktplatz"));
        assert!(
            finds(2, "ki") && !finds(2, "kita"),
            "two letters find only themselves"
        );
        assert_eq!(
            sought.range(4),
            (String::new(), String::new()),
            "four words at most"
        );
    }

    proptest! {
        #[test]
        fn every_word_of_a_text_is_found_by_itself(text in ".*") {
            for word in words([text.as_str()]) {
                let (from, until) = Sought::parse(&word).range(0);
                prop_assert!(from <= word && word < until);
            }
        }
    }
}
