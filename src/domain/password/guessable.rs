//! Whether a password is among those that attackers try first.
//!
//! A list of whole passwords would miss `Sommer2026!!`. So what is common is taken away: rows of
//! keys, repeated characters, years, and the words of a short list. A password of which little is
//! left is refused.

/// The fewest characters that must be left.
const LEAST_LEFT: usize = 6;
/// The fewest different characters of a password.
const LEAST_DIFFERENT: usize = 5;
/// The fewest characters of a row of keys.
const ROW: usize = 3;

/// Rows of keyboards, German, English and French; read in both directions.
const ROWS: &[&str] = &[
    "1234567890",
    "qwertzuiopü",
    "qwertyuiop",
    "azertyuiop",
    "asdfghjklöä",
    "qsdfghjklm",
    "yxcvbnm",
    "zxcvbnm",
    "wxcvbn",
    "abcdefghijklmnopqrstuvwxyz",
    "1qay2wsx3edc4rfv5tgb6zhn",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "!\"§$%&/()=",
    "!@#$%^&*()",
];

/// What passwords commonly consist of, in lower case; a line that begins with `#` is a comment.
const WORDS: &str = include_str!("common_words.txt");

/// Whether a password, in lower case, consists of what is commonly used.
pub(super) fn is_guessable(password: &str) -> bool {
    let letters: Vec<char> = password.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    if different.len() < LEAST_DIFFERENT || is_repeated(&letters) {
        return true;
    }
    let mut common = vec![false; letters.len()];
    mark_rows(&letters, &mut common);
    mark_years(&letters, &mut common);
    // `P4ssw0rt` is `passwort`.
    let read: Vec<char> = letters.iter().map(|letter| plain(*letter)).collect();
    for word in words() {
        let word: Vec<char> = word.chars().collect();
        mark_word(&letters, &word, &mut common);
        mark_word(&read, &word, &mut common);
    }
    common.iter().filter(|is_common| !**is_common).count() < LEAST_LEFT
}

fn words() -> impl Iterator<Item = &'static str> {
    WORDS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// The letter that a digit or sign commonly stands for.
const fn plain(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether the password is a short part repeated, such as `ab3 ab3 ab3 `.
fn is_repeated(letters: &[char]) -> bool {
    (1..=letters.len().min(LEAST_LEFT + 2)).any(|period| {
        letters.len() >= period * 2
            && letters
                .iter()
                .zip(&letters[period..])
                .all(|(one, later)| one == later)
    })
}

fn mark_word(letters: &[char], word: &[char], common: &mut [bool]) {
    for (start, window) in letters.windows(word.len()).enumerate() {
        if window == word {
            common[start..start + word.len()].fill(true);
        }
    }
}

/// Marks repeated characters and neighbours on a keyboard, three and more.
fn mark_rows(letters: &[char], common: &mut [bool]) {
    for (start, window) in letters.windows(ROW).enumerate() {
        let same = window.iter().all(|letter| *letter == window[0]);
        let forward: String = window.iter().collect();
        let backward: String = window.iter().rev().collect();
        let in_row = |row: &&str| row.contains(&forward) || row.contains(&backward);
        if same || ROWS.iter().any(in_row) {
            common[start..start + ROW].fill(true);
        }
    }
}

/// Marks the years that people live in.
fn mark_years(letters: &[char], common: &mut [bool]) {
    for (start, window) in letters.windows(4).enumerate() {
        let century = matches!(window[..2], ['1', '9'] | ['2', '0']);
        if century && window[2..].iter().all(char::is_ascii_digit) {
            common[start..start + 4].fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_guessable;

    #[test]
    fn what_attackers_try_first_is_guessable() {
        for password in [
            "passwort1234",
            "p4ssw0rt2026!",
            "sommer2026!!",
            "qwertzuiop12",
            "123456789012",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "ab3 ab3 ab3 ",
            "willkommen!1!",
            "1qay2wsx3edc",
            "rathaus-passwort",
            "asdfghjklöä1",
            "iloveyou1234",
            "newsletter2027#",
            "correct horse battery",
            "09876543211",
            "hallohallohallo",
            "winter-1998-x",
        ] {
            assert!(is_guessable(password), "{password}");
        }
    }

    #[test]
    fn words_without_relation_are_not() {
        for password in [
            "drei störche im schnee",
            "vier sehr öd",
            "k7#vq!mzp2xw",
            "mein hund bellt leise",
            "teekanne wolke 9 rollschuh",
            "zaunkönig pfeift",
            "correct horse umbrella",
        ] {
            assert!(!is_guessable(password), "{password}");
        }
    }
}
