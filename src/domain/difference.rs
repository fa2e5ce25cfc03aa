//! The difference of two texts, word by word, for people to read.

use similar::algorithms::{Capture, diff_slices};
use similar::{Algorithm, DiffOp};

/// Words and signs of both texts together that are compared one by one. Longer texts are compared by
/// their lines: comparing takes time by the square of what differs.
const MOST_WORDS: usize = 12_000;
/// Lines of both texts together that are compared. Beyond that the one text replaces the other.
const MOST_LINES: usize = 4_000;

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in both texts.
    Kept,
    /// It is in the old text only.
    Removed,
    /// It is in the new text only.
    Added,
}

/// A part of a text, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// Its words, with the white space behind them.
    pub text: String,
}

/// The difference from `old` to `new`. The pieces that are kept or removed make the old text, those
/// kept or added the new one.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    if old == new {
        pieces.push(Fate::Kept, &[old]);
        return pieces.0;
    }
    let (words, lines) = ((words(old), words(new)), (lines(old), lines(new)));
    if words.0.len() + words.1.len() <= MOST_WORDS {
        pieces.compare(&words.0, &words.1);
    } else if lines.0.len() + lines.1.len() <= MOST_LINES {
        pieces.compare(&lines.0, &lines.1);
    } else {
        pieces.push(Fate::Removed, &[old]);
        pieces.push(Fate::Added, &[new]);
    }
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn compare(&mut self, old: &[&str], new: &[&str]) {
        // Not `capture_diff_slices`: what it returns is shifted about, and may overlap then.
        let mut operations = Capture::new();
        let Ok(()) = diff_slices(Algorithm::Myers, &mut operations, old, new);
        let (mut old_at, mut new_at) = (0, 0);
        for op in operations.ops() {
            if let DiffOp::Equal { .. } = op {
                let (kept, in_new) = (op.old_range(), op.new_range());
                self.push(Fate::Removed, &old[old_at..kept.start]);
                self.push(Fate::Added, &new[new_at..in_new.start]);
                (old_at, new_at) = (kept.end, in_new.end);
                self.push(Fate::Kept, &old[kept]);
            }
        }
        self.push(Fate::Removed, &old[old_at..]);
        self.push(Fate::Added, &new[new_at..]);
        self.join_islands();
    }

    fn push(&mut self, fate: Fate, parts: &[&str]) {
        let text = parts.concat();
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.fate == fate => last.text.push_str(&text),
            _ => self.0.push(Piece { fate, text }),
        }
    }

    /// What is kept between two changes and is no word, such as a space, is told as changed with them:
    /// a phrase that replaces another is read as a whole.
    fn join_islands(&mut self) {
        let mut joined = Self::default();
        let (mut removed, mut added) = (String::new(), String::new());
        let last = self.0.len();
        for (at, piece) in self.0.drain(..).enumerate() {
            let is_island = piece.fate == Fate::Kept
                && at + 1 < last
                && !(removed.is_empty() && added.is_empty())
                && !piece.text.contains('\n')
                && !piece.text.contains(char::is_alphanumeric);
            match piece.fate {
                Fate::Removed => removed.push_str(&piece.text),
                Fate::Added => added.push_str(&piece.text),
                Fate::Kept if is_island => {
                    removed.push_str(&piece.text);
                    added.push_str(&piece.text);
                }
                Fate::Kept => {
                    joined.push(Fate::Removed, &[&std::mem::take(&mut removed)]);
                    joined.push(Fate::Added, &[&std::mem::take(&mut added)]);
                    joined.push(Fate::Kept, &[&piece.text]);
                }
            }
        }
        joined.push(Fate::Removed, &[&removed]);
        joined.push(Fate::Added, &[&added]);
        *self = joined;
    }
}

/// The words, runs of white space and single signs of a text.
fn words(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Kind {
        Word,
        Space,
        Sign,
    }
    let kind = |c: char| {
        if c.is_alphanumeric() {
            Kind::Word
        } else if c.is_whitespace() && c != '\n' {
            Kind::Space
        } else {
            Kind::Sign
        }
    };
    let mut words = Vec::new();
    let mut begin = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if last.is_some_and(|last| last != now || now == Kind::Sign) {
            words.push(&text[begin..at]);
            begin = at;
        }
        last = Some(now);
    }
    if begin < text.len() {
        words.push(&text[begin..]);
    }
    words
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let mark = |piece: Piece| match piece.fate {
            Fate::Kept => piece.text,
            Fate::Removed => format!("[-{}-]", piece.text),
            Fate::Added => format!("[+{}+]", piece.text),
        };
        difference(old, new).into_iter().map(mark).collect()
    }

    #[test]
    fn words_are_told_apart() {
        assert_eq!(
            shown(
                "Der Brunnen kommt an den Markt.",
                "Der Brunnen kommt vor das Rathaus."
            ),
            "Der Brunnen kommt [-an den Markt-][+vor das Rathaus+]."
        );
        assert_eq!(shown("", "neu"), "[+neu+]");
        assert_eq!(shown("alt", ""), "[-alt-]");
        assert_eq!(shown("gleich", "gleich"), "gleich");
        assert_eq!(shown("19:00 Uhr", "20:00 Uhr"), "[-19-][+20+]:00 Uhr");
        assert_eq!(shown("a b", "a, b"), "a[+,+] b");
    }

    #[test]
    fn long_texts_are_compared_in_bounded_time() {
        let words = |mark: &str| {
            let all = (0..50_000).map(|n| format!("{mark}{n} "));
            all.collect::<Vec<_>>().concat()
        };
        let (one, other) = (words(""), words("x"));
        assert_eq!(difference(&one, &other).len(), 2);
        let lines = |changed: &str| {
            let line = |n| {
                if n == 700 {
                    changed.to_owned()
                } else {
                    format!("Zeile {n} mit sehr vielen Worten\n")
                }
            };
            (0..1_500).map(line).collect::<String>()
        };
        assert_eq!(
            difference(&lines("eins\n"), &lines("zwei\n"))
                .iter()
                .map(|piece| piece.fate)
                .collect::<Vec<_>>(),
            [Fate::Kept, Fate::Removed, Fate::Added, Fate::Kept]
        );
    }

    proptest! {
        #[test]
        fn the_pieces_make_both_texts(old in "[ab ,\n]{0,30}", new in "[ab ,\n]{0,30}") {
            let pieces = difference(&old, &new);
            let without = |fate| -> String {
                pieces.iter().filter(|piece| piece.fate != fate).map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(without(Fate::Added), old);
            prop_assert_eq!(without(Fate::Removed), new);
        }
    }
}
