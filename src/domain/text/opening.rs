//! The first sentences of a text: what stands for a teaser where nobody wrote one.

/// The first whole sentences of a line of plain text, in at most `most` characters. Where the first
/// sentence is longer, as many whole words of it as fit, then “…”; nothing where not one fits.
///
/// A full stop ends no sentence after an abbreviation (“z. B.”), an initial or the number of a day (“9.
/// November”): rather one sentence less than half of one.
pub fn opening(text: &str, most: usize) -> String {
    let text = text.trim();
    let limit = text
        .char_indices()
        .nth(most)
        .map_or(text.len(), |(at, _)| at);
    if limit == text.len() {
        return text.to_owned();
    }
    let end = sentence_ends(text).take_while(|end| *end <= limit).last();
    end.map_or_else(|| words(text, most), |end| text[..end].to_owned())
}

/// As many whole words as fit before “…”.
fn words(text: &str, most: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(most.saturating_sub(2)) else {
        return String::new();
    };
    // The blank may be the first character that is not kept.
    let next = text[limit..].chars().next().map_or(0, char::len_utf8);
    let Some(end) = text[..limit + next].rfind(char::is_whitespace) else {
        return String::new();
    };
    let kept = text[..end]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '-'));
    if kept.is_empty() {
        String::new()
    } else {
        format!("{kept} …")
    }
}

/// Where sentences end, behind their marks and closing quotation marks.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices()
        .filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…'))
        .filter_map(move |(at, mark)| {
            let after = &text[at + mark.len_utf8()..];
            let rest = after.trim_start_matches(is_closing);
            let end = text.len() - rest.len();
            let next = rest.chars().next();
            if next.is_some_and(|next| !next.is_whitespace()) {
                return None;
            }
            let following = rest.trim_start().chars().find(|c| !is_opening(*c));
            let goes_on = following.is_some_and(char::is_lowercase);
            let ends = match mark {
                '.' => !goes_on && (next.is_none() || !is_abbreviation(&text[..at])),
                _ => !goes_on,
            };
            ends.then_some(end)
        })
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '”' | '’' | '‘' | '«' | '»' | '›' | ')' | ']'
    )
}

const fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '„' | '“' | '‚' | '‘' | '«' | '»' | '‹' | '(' | '['
    )
}

/// Whether a full stop behind this belongs to its last word.
fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_start_matches(is_opening);
    let letters = word.chars().count();
    if letters == 1 && word.chars().all(char::is_alphabetic) {
        return true; // an initial, and “z. B.”
    }
    if letters <= 2 && word.chars().all(|c| c.is_ascii_digit()) {
        return true; // “am 9. November”
    }
    // “z.B.”, “d.h.”
    let mut pieces = word.split('.');
    if word.contains('.') && pieces.all(|piece| (1..=2).contains(&piece.chars().count())) {
        return true;
    }
    ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// In German, English, French and Dutch; without the full stop, in lower case.
const ABBREVIATIONS: [&str; 92] = [
    "abs", "abt", "allg", "anm", "apr", "art", "aug", "av", "bd", "betr", "bijv", "bspw", "bzw",
    "ca", "co", "dec", "dez", "dhr", "dipl", "dr", "drs", "déc", "enz", "etc", "ev", "evt", "evtl",
    "ex", "excl", "exkl", "feb", "fr", "févr", "geb", "gem", "ggf", "hl", "hr", "incl", "ing",
    "inkl", "insb", "jan", "janv", "jh", "jhd", "jr", "jul", "jun", "kath", "kl", "max", "med",
    "mevr", "min", "mio", "mlle", "mme", "mr", "mrd", "mrs", "ms", "mär", "no", "nov", "nr", "obl",
    "oct", "okt", "phil", "pp", "prof", "rer", "resp", "sep", "sept", "sog", "spec", "sr", "st",
    "ste", "str", "str.-nr", "tel", "tél", "usw", "vers", "vgl", "vol", "vs", "vzw", "zzgl",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_sentences_are_kept() {
        for (text, most, expected) in [
            ("Eins. Zwei. Drei.", 12, "Eins. Zwei."),
            ("Eins. Zwei. Drei.", 100, "Eins. Zwei. Drei."),
            (
                "Erst dies! Dann das? Und so weiter, immerzu.",
                22,
                "Erst dies! Dann das?",
            ),
            (
                "„Wir kommen.“ Das sagte sie gestern im Rat.",
                30,
                "„Wir kommen.“",
            ),
            (
                "Es dauert bis 2026. Danach ist Schluss damit.",
                30,
                "Es dauert bis 2026.",
            ),
            (
                "Kurz. Am 9. November gibt es z. B. Musik von Dr. A. Meyer.",
                40,
                "Kurz.",
            ),
            (
                "Das gilt z.B. Montag, d.h. Anfang der Woche. Ende.",
                46,
                "Das gilt z.B. Montag, d.h. Anfang der Woche.",
            ),
            (
                "Das kostet 3.500 Euro im Jahr. Mehr nicht, sagt er.",
                35,
                "Das kostet 3.500 Euro im Jahr.",
            ),
            (
                "Ein Satz, der ohne ein Ende immer weiter geht",
                20,
                "Ein Satz, der ohne …",
            ),
            ("Donaudampfschifffahrtsgesellschaft", 10, ""),
            ("", 10, ""),
        ] {
            assert_eq!(opening(text, most), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_opening_is_short_and_whole(
            text in "([A-Za-zäöüß0-9]{1,12}[.!?,]{0,2}[ ]{1,2}|z\\. B\\. |„[a-z]{1,9}\\.“ |.{0,4}){0,60}",
            most in 0_usize..320,
        ) {
            let text = text.trim();
            let opening = opening(text, most);
            prop_assert!(opening.chars().count() <= most);
            let (head, is_cut) = match opening.strip_suffix(" …") {
                Some(head) if !text.starts_with(opening.as_str()) => (head, true),
                _ => (opening.as_str(), false),
            };
            let rest = text.strip_prefix(head);
            prop_assert!(rest.is_some(), "{opening:?} is no prefix");
            let next = rest.and_then(|rest| rest.chars().next());
            if !head.is_empty() {
                prop_assert!(next.is_none_or(|next| next.is_whitespace() || (is_cut && ",;:–-".contains(next))), "{opening:?} splits a word");
            }
        }
    }
}
