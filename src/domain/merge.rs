//! Two people have changed the same text: what both say, word by word.

use similar::algorithms::{Capture, diff_slices};
use similar::{Algorithm, DiffOp};

/// Words of all three texts together that are compared; of longer ones both are kept, one after the other.
const MOST_WORDS: usize = 20_000;

/// A text that two people made of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text of both.
    pub text: String,
    /// Whether both changed the same place: then `text` has what both wrote there, one after the other,
    /// and a person decides.
    pub is_conflict: bool,
}

/// Merges what two people made of `base`, word by word. No word that one of them added is left out.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let of = |text: &str, is_conflict| Merged {
        text: text.to_owned(),
        is_conflict,
    };
    if mine == theirs || theirs == base {
        return of(mine, false);
    }
    if mine == base {
        return of(theirs, false);
    }
    let whole = || Merged {
        text: format!("{}\n\n{}", theirs.trim_end(), mine),
        is_conflict: true,
    };
    let (base, mine_words, theirs_words) = (words(base), words(mine), words(theirs));
    if base.len() + mine_words.len() + theirs_words.len() > MOST_WORDS {
        return whole();
    }
    let (mine, theirs) = (mine_words, theirs_words);
    let changes = (changes(&base, &mine), changes(&base, &theirs));
    join(&base, (&mine, &theirs), changes)
}

/// A word with the space behind it. What kind of space that is makes no difference, unless it ends a line.
#[derive(Debug, Clone, Copy)]
struct Word<'a>(&'a str);

impl<'a> Word<'a> {
    fn key(self) -> (&'a str, usize) {
        let word = self.0.trim_end();
        (word, self.0[word.len()..].matches('\n').count())
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Word<'_> {}

impl PartialOrd for Word<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl std::hash::Hash for Word<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut begin = 0;
    let mut in_space = false;
    for (at, c) in text.char_indices() {
        if in_space && !c.is_whitespace() {
            words.push(Word(&text[begin..at]));
            begin = at;
        }
        in_space = c.is_whitespace();
    }
    if begin < text.len() {
        words.push(Word(&text[begin..]));
    }
    words
}

/// Words `base` that were replaced by words `new`.
#[derive(Debug, Clone)]
struct Change {
    base: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// The changes in their order: what lies between the words that both texts have. At least one such word
/// lies between two changes.
fn changes(base: &[Word<'_>], other: &[Word<'_>]) -> Vec<Change> {
    // Not `capture_diff_slices`: what it returns is shifted about, and may overlap then.
    let mut operations = Capture::new();
    let Ok(()) = diff_slices(Algorithm::Myers, &mut operations, base, other);
    let same = operations.ops().iter().filter_map(|one| match one {
        DiffOp::Equal { .. } => Some((one.old_range(), one.new_range())),
        _ => None,
    });
    let ends = (base.len()..base.len(), other.len()..other.len());
    let mut changes = Vec::new();
    let (mut base_at, mut new_at) = (0, 0);
    for (of_base, of_new) in same.chain([ends]) {
        if base_at < of_base.start || new_at < of_new.start {
            changes.push(Change {
                base: base_at..of_base.start,
                new: new_at..of_new.start,
            });
        }
        (base_at, new_at) = (of_base.end, of_new.end);
    }
    changes
}

/// Joins two lists of changes to `base`. Where changes touch, what both wrote is put one after the other.
fn join(
    base: &[Word<'_>],
    (mine, theirs): (&[Word<'_>], &[Word<'_>]),
    (my_changes, their_changes): (Vec<Change>, Vec<Change>),
) -> Merged {
    let mut merged = Merged {
        text: String::new(),
        is_conflict: false,
    };
    let (mut my_rest, mut their_rest) = (my_changes.as_slice(), their_changes.as_slice());
    let mut at = 0;
    loop {
        let begin = match (my_rest.first(), their_rest.first()) {
            (Some(one), Some(other)) => one.base.start.min(other.base.start),
            (Some(one), None) | (None, Some(one)) => one.base.start,
            (None, None) => break,
        };
        push_words(&mut merged.text, &base[at..begin]);
        // Everything that touches this place, from either side.
        let (mut end, mut my_count, mut their_count) = (begin, 0, 0);
        loop {
            let before = (my_count, their_count);
            while let Some(one) = my_rest.get(my_count).filter(|one| one.base.start <= end) {
                end = end.max(one.base.end);
                my_count += 1;
            }
            while let Some(one) = their_rest
                .get(their_count)
                .filter(|one| one.base.start <= end)
            {
                end = end.max(one.base.end);
                their_count += 1;
            }
            if before == (my_count, their_count) {
                break;
            }
        }
        let (my_here, my_after) = my_rest.split_at(my_count);
        let (their_here, their_after) = their_rest.split_at(their_count);
        let my_text = applied(base, mine, begin..end, my_here);
        let their_text = applied(base, theirs, begin..end, their_here);
        match (my_here.is_empty(), their_here.is_empty()) {
            (false, true) => push(&mut merged.text, &my_text),
            (true, _) => push(&mut merged.text, &their_text),
            (false, false) if my_text == their_text => push(&mut merged.text, &my_text),
            (false, false) => {
                merged.is_conflict = true;
                push(&mut merged.text, &their_text);
                push(&mut merged.text, &my_text);
            }
        }
        (my_rest, their_rest, at) = (my_after, their_after, end);
    }
    push_words(&mut merged.text, &base[at..]);
    merged
}

/// The words of a place with some changes.
fn applied(
    base: &[Word<'_>],
    new: &[Word<'_>],
    place: std::ops::Range<usize>,
    changes: &[Change],
) -> String {
    let mut text = String::new();
    let mut at = place.start;
    for change in changes {
        push_words(&mut text, &base[at..change.base.start]);
        push_words(&mut text, &new[change.new.clone()]);
        at = change.base.end;
    }
    push_words(&mut text, &base[at..place.end]);
    text
}

fn push_words(text: &mut String, words: &[Word<'_>]) {
    for word in words {
        push(text, word.0);
    }
}

/// A word that stood at the end of its text has no space behind it.
fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !text.ends_with(char::is_whitespace) && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn merged(base: &str, mine: &str, theirs: &str) -> (String, bool) {
        let merged = merge(base, mine, theirs);
        (merged.text, merged.is_conflict)
    }

    #[test]
    fn changes_apart_merge_by_themselves() {
        let base = "Der Brunnen kommt an den Markt. Er kostet 84.000 Euro.";
        let mine = "Der neue Brunnen kommt an den Markt. Er kostet 84.000 Euro.";
        let theirs = "Der Brunnen kommt an den Markt. Er kostet 90.000 Euro.";
        let both = "Der neue Brunnen kommt an den Markt. Er kostet 90.000 Euro.";
        assert_eq!(merged(base, mine, theirs), (both.to_owned(), false));
        assert_eq!(merged(base, theirs, mine), (both.to_owned(), false));
    }

    #[test]
    fn changes_of_one_place_are_both_kept() {
        let (text, is_conflict) = merged(
            "kommt an den Markt.",
            "kommt vor das Rathaus.",
            "kommt an den Bahnhof.",
        );
        assert!(is_conflict);
        assert_eq!(text, "kommt an den Bahnhof. vor das Rathaus.");
        assert_eq!(merged("", "a", "b"), ("b a".to_owned(), true));
        assert_eq!(merged("a", "", "a b"), ("a b".to_owned(), true));
    }

    #[test]
    fn what_one_side_left_is_as_the_other_has_it() {
        assert_eq!(merged("a", "a", "b"), ("b".to_owned(), false));
        assert_eq!(merged("a", "b", "a"), ("b".to_owned(), false));
        assert_eq!(merged("a", "b", "b"), ("b".to_owned(), false));
    }

    #[test]
    fn changes_of_repeated_words_are_in_their_order() {
        let (base, changed) = ("b b b c", "c a c y");
        let (base_words, changed_words) = (words(base), words(changed));
        let mut at = 0;
        for change in changes(&base_words, &changed_words) {
            assert!(at <= change.base.start && change.base.start <= change.base.end);
            at = change.base.end;
        }
        let (text, is_conflict) = merged(base, "", changed);
        assert!(is_conflict);
        assert_eq!(text, changed);
        assert_eq!(merged(base, changed, ""), (changed.to_owned(), true));
    }

    proptest! {
        #[test]
        fn no_added_word_is_lost(base in "([abc] ?){0,8}", mine in "([abcx] ?){0,8}", theirs in "([abcy] ?){0,8}") {
            let merged = merge(&base, &mine, &theirs);
            let count = |text: &str, letter| text.matches(letter).count();
            prop_assert_eq!(count(&merged.text, 'x'), count(&mine, 'x'));
            prop_assert_eq!(count(&merged.text, 'y'), count(&theirs, 'y'));
            // Who saves first makes no difference to what is asked.
            prop_assert_eq!(merge(&base, &theirs, &mine).is_conflict, merged.is_conflict);
        }
    }
}
