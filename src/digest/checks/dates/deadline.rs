//! Whether a date is a deadline: “Anmeldung bis 20. November”.

use super::{Date, Words};

/// Words before a date in which “bis” is looked for.
const BEFORE: usize = 4;

/// Whether the date is the end of something that people are asked to do, in a sentence that does not
/// tell of the past.
pub(in crate::digest::checks) fn is_one(text: &str, date: &Date, words: &Words) -> bool {
    let (begin, end) = sentence(text, date);
    let sentence = text[begin..end].to_lowercase();
    let before = text[begin..date.begin].to_lowercase();
    let tokens: Vec<&str> = before
        .split(is_gap)
        .filter(|word| !word.is_empty())
        .collect();
    let near = &tokens[tokens.len().saturating_sub(BEFORE)..];
    let is_until = near.iter().any(|word| words.until.contains(word));
    let is_span = tokens.iter().any(|word| words.from.contains(word));
    let mut all = sentence.split(is_gap);
    let is_past = all.any(|word| words.past.contains(&word));
    let asks = words.asking.iter().any(|stem| sentence.contains(stem));
    is_until && !is_span && asks && !is_past
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '„' | '“' | '”' | '"')
}

/// Where the sentence around a date begins and ends. The points of figures and short words end none.
fn sentence(text: &str, date: &Date) -> (usize, usize) {
    let is_end = |at: usize, c: char| {
        let after = text[at + c.len_utf8()..]
            .chars()
            .find(|c| !c.is_whitespace());
        let before = text[..at].chars().next_back();
        matches!(c, '!' | '?')
            || c == '.'
                && before.is_some_and(char::is_alphabetic)
                && after.is_none_or(char::is_uppercase)
    };
    let ends = |range: &str, from: usize| {
        let found = range.char_indices().map(move |(at, c)| (from + at, c));
        found.filter(|(at, c)| is_end(*at, *c)).collect::<Vec<_>>()
    };
    let begin = ends(&text[..date.begin], 0).pop();
    let end = ends(&text[date.end..], date.end);
    (
        begin.map_or(0, |(at, c)| at + c.len_utf8()),
        end.first().map_or(text.len(), |(at, _)| *at),
    )
}
