//! Finds dates: the text is cut into words, figures and marks, and each figure or month is looked at from
//! there.

use chrono::Weekday;

use super::{Date, Words};

/// Characters of a line that are looked at; longer lines are no prose.
const LONGEST: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Figure,
    Mark,
}

/// A word, a figure or a mark of a text.
#[derive(Debug)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    /// In small letters.
    low: String,
    begin: usize,
    /// Whether white space stands before it.
    spaced: bool,
}

impl Token<'_> {
    fn is(&self, mark: &str) -> bool {
        self.text == mark
    }

    const fn end(&self) -> usize {
        self.begin + self.text.len()
    }

    fn figure(&self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let fits = self.kind == Kind::Figure && digits.contains(&self.text.len());
        fits.then(|| self.text.parse().ok()).flatten()
    }
}

/// The dates in a line of text, in order; they do not overlap.
pub(in crate::digest::checks) fn find(text: &str, words: &Words) -> Vec<Date> {
    let tokens = tokens(text);
    let scan = Scan {
        text,
        tokens: &tokens,
        words,
    };
    let mut dates = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match scan.date_at(at) {
            Some((date, next)) => {
                dates.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    dates
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut spaced = true;
    let mut extends = false;
    for (begin, c) in text.char_indices().take(LONGEST) {
        if c.is_whitespace() {
            (spaced, extends) = (true, false);
            continue;
        }
        let kind = if c.is_ascii_digit() {
            Kind::Figure
        } else if c.is_alphabetic() {
            Kind::Word
        } else {
            Kind::Mark
        };
        match tokens.last_mut() {
            Some(last) if extends && last.kind == kind && kind != Kind::Mark => {
                last.text = &text[last.begin..begin + c.len_utf8()];
            }
            _ => tokens.push(Token {
                kind,
                text: &text[begin..begin + c.len_utf8()],
                low: String::new(),
                begin,
                spaced,
            }),
        }
        (spaced, extends) = (false, true);
    }
    for token in &mut tokens {
        token.low = token.text.to_lowercase();
    }
    tokens
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    words: &'a Words,
}

/// Day, month and year, whether the first two may be swapped, and the first token after them.
struct Figures {
    day: u32,
    month: u32,
    year: Option<i32>,
    is_ambiguous: bool,
    next: usize,
}

impl Scan<'_> {
    fn get(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, mark: &str) -> bool {
        self.get(at).is_some_and(|token| token.is(mark))
    }

    /// The date that begins with this token, and the first token after it.
    fn date_at(&self, at: usize) -> Option<(Date, usize)> {
        let figures = self
            .iso(at)
            .or_else(|| self.in_figures(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))?;
        if !(1..=31).contains(&figures.day) || !(1..=12).contains(&figures.month) {
            return None;
        }
        let weekday = self.weekday_before(at);
        let begin = weekday.map_or(at, |(_, begin)| begin);
        let (begin, end) = (
            self.tokens[begin].begin,
            self.tokens[figures.next - 1].end(),
        );
        let date = Date {
            weekday: weekday.map(|(weekday, _)| weekday),
            day: figures.day,
            month: figures.month,
            year: figures.year,
            is_ambiguous: figures.is_ambiguous,
            text: self.text[begin..end]
                .trim_end_matches(['.', ','])
                .to_owned(),
            begin,
            end,
        };
        Some((date, figures.next))
    }

    /// “2026-12-04”.
    fn iso(&self, at: usize) -> Option<Figures> {
        let year = self.get(at)?.figure(4..=4)?;
        let joined = |at: usize| self.is(at, "-") && !self.tokens[at].spaced;
        if !joined(at + 1) || !joined(at + 3) {
            return None;
        }
        Some(Figures {
            year: i32::try_from(year).ok(),
            month: self.get(at + 2)?.figure(2..=2)?,
            day: self.get(at + 4)?.figure(2..=2)?,
            is_ambiguous: false,
            next: at + 5,
        })
    }

    /// “4.12.2026”, “4. 12.”, “4/12/2026”, “4-12-2026”.
    fn in_figures(&self, at: usize) -> Option<Figures> {
        let day = self.get(at)?.figure(1..=2)?;
        // Part of a longer figure: “§ 2.4.12.”
        let after_mark = |mark: &str| at > 0 && self.is(at - 1, mark) && !self.tokens[at].spaced;
        if [".", "/", "-", ","].iter().any(|mark| after_mark(mark)) {
            return None;
        }
        let mark = self.get(at + 1).filter(|mark| !mark.spaced)?.text;
        let month = self.get(at + 2)?.figure(1..=2)?;
        let second = self
            .get(at + 3)
            .filter(|second| second.is(mark) && !second.spaced);
        let year = self.get(at + 4).filter(|_| second.is_some());
        let year = year.and_then(|year| self.year(year, mark));
        let (has_year, next) = (year.is_some(), if year.is_some() { at + 5 } else { at + 4 });
        let is_date = match mark {
            "." => second.is_some() && !self.is_measure(next),
            "/" | "-" => has_year,
            _ => false,
        };
        is_date.then_some(Figures {
            day,
            month,
            year,
            is_ambiguous: mark == "/",
            next,
        })
    }

    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn year(&self, token: &Token<'_>, mark: &str) -> Option<i32> {
        if let Some(year) = token.figure(4..=4) {
            return i32::try_from(year)
                .ok()
                .filter(|year| (1500..2200).contains(year));
        }
        // “4.12.26”, but neither “4.12. 26 Menschen” nor “4/12/26”.
        let short = token
            .figure(2..=2)
            .filter(|_| mark == "." && !token.spaced)?;
        i32::try_from(2000 + short).ok()
    }

    /// “4. Dezember 2026”, “4th of December”, “1er décembre”.
    fn day_first(&self, at: usize) -> Option<Figures> {
        let token = self.get(at)?;
        let day = token.figure(1..=2)?;
        let mut next = at + 1;
        let ordinal = self.get(next).filter(|token| !token.spaced);
        let is_ordinal =
            |token: &Token<'_>| token.is(".") || self.words.ordinals.contains(&token.low.as_str());
        if ordinal.is_some_and(is_ordinal) {
            next += 1;
        }
        if self.get(next).is_some_and(|token| token.low == "of") {
            next += 1;
        }
        let (month, next) = self.month(next)?;
        let (year, next) = self.year_after(next);
        Some(Figures {
            day,
            month,
            year,
            is_ambiguous: false,
            next,
        })
    }

    /// “December 4, 2026”.
    fn month_first(&self, at: usize) -> Option<Figures> {
        if self.words.language != crate::domain::language::Language::En {
            return None;
        }
        let (month, mut next) = self.month(at)?;
        let day = self.get(next)?.figure(1..=2)?;
        next += 1;
        let ordinal = self.get(next).filter(|token| !token.spaced);
        if ordinal.is_some_and(|token| self.words.ordinals.contains(&token.low.as_str())) {
            next += 1;
        }
        if self.is_measure(next) || self.is(next, ":") {
            return None;
        }
        let comma = usize::from(self.is(next, ","));
        let (year, after) = self.year_after(next + comma);
        let next = if year.is_some() { after } else { next };
        Some(Figures {
            day,
            month,
            year,
            is_ambiguous: false,
            next,
        })
    }

    /// The month at this token, and the first token after it.
    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.get(at).filter(|token| token.kind == Kind::Word)?;
        let months = self.words.months.iter();
        let found = (1..)
            .zip(months)
            .find(|(_, names)| names.contains(&token.low.as_str()))?;
        // “May” begins with a capital letter, “may” does not.
        if token.text == "may" {
            return None;
        }
        let is_short = self.words.months[found.0 as usize - 1][0] != token.low;
        let point = usize::from(is_short && self.is(at + 1, ".") && !self.tokens[at + 1].spaced);
        Some((found.0, at + 1 + point))
    }

    fn year_after(&self, at: usize) -> (Option<i32>, usize) {
        let year = self.get(at).and_then(|token| token.figure(4..=4));
        match year.and_then(|year| i32::try_from(year).ok()) {
            Some(year) if (1500..2200).contains(&year) => (Some(year), at + 1),
            _ => (None, at),
        }
    }

    /// Whether what stands here makes a time or a measure of the figures before.
    fn is_measure(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|token| self.words.hours.contains(&token.low.as_str()))
    }

    /// The weekday that belongs to the date beginning at `at`, and the token it begins with. None where
    /// it belongs to more than one day: “Montag bis Freitag, 7. bis 11.12.”
    fn weekday_before(&self, at: usize) -> Option<(Weekday, usize)> {
        let mut before = at.checked_sub(1)?;
        let mut only_short = true;
        let mut commas = 0;
        loop {
            let token = self.get(before)?;
            let is_comma = token.is(",") || token.is("(");
            let skipped = is_comma || self.words.between.contains(&token.low.as_str());
            if !skipped {
                break;
            }
            commas += usize::from(is_comma);
            only_short = only_short && is_comma;
            before = before.checked_sub(1)?;
            if commas > 2 {
                return None;
            }
        }
        // The point of a short form.
        let has_point = self.is(before, ".");
        if has_point {
            before = before.checked_sub(1)?;
        }
        let token = self.get(before)?;
        let named = |names: &[&[&str]; 7]| {
            let days = names.iter();
            days.enumerate()
                .find(|(_, names)| names.contains(&token.low.as_str()))
                .map(|(day, _)| day)
        };
        let day = match named(&self.words.weekdays) {
            Some(day) if !has_point => Some(day),
            _ if only_short => named(&self.words.short_weekdays).filter(|_| self.is_short(token)),
            _ => None,
        };
        let day = u8::try_from(day?).ok()?;
        (!self.is_joined(before)).then_some((Weekday::try_from(day).ok()?, before))
    }

    /// Whether a short form is written as one: “Do”, not “do”, in German and English.
    fn is_short(&self, token: &Token<'_>) -> bool {
        use crate::domain::language::Language::{De, En};
        let capital = token.text.starts_with(char::is_uppercase);
        capital || !matches!(self.words.language, De | En)
    }

    /// Whether another weekday is joined to the one at this token from before.
    fn is_joined(&self, weekday: usize) -> bool {
        let joins = |at: usize| {
            let token = self.get(at);
            token.is_some_and(|token| self.words.joining.contains(&token.low.as_str()))
        };
        let mut at = weekday;
        while at > 0 && joins(at - 1) {
            at -= 1;
        }
        // The point of a short form: “Mo. bis Fr.”
        if at < weekday && at > 0 && self.is(at - 1, ".") {
            at -= 1;
        }
        at < weekday && at > 0 && {
            let low = self.tokens[at - 1].low.as_str();
            let all = self.words.weekdays.iter().chain(&self.words.short_weekdays);
            all.into_iter().any(|names| names.contains(&low))
        }
    }
}
