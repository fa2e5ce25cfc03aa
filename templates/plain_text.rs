//! Writing the text part: lines of at most [`WIDTH`] characters, links on lines of their own.

use crate::locale::Locale;

/// Characters in a line. Readers quote it, terminals show it; URLs may be longer and are not broken.
const WIDTH: usize = 72;

/// A text part that is being written.
pub(crate) struct Text {
    written: String,
    locale: Locale,
}

impl Text {
    /// An empty text.
    pub(crate) const fn new(locale: Locale) -> Self {
        Self {
            written: String::new(),
            locale,
        }
    }

    /// The text, with one line end at its end.
    pub(crate) fn into_string(self) -> String {
        let mut text = self.written.trim().to_owned();
        text.push('\n');
        text
    }

    /// The text as a part of a longer one: as it was written.
    pub(crate) fn into_part(self) -> String {
        self.written
    }

    /// An empty line, unless there is one.
    pub(crate) fn blank(&mut self) {
        if !self.written.is_empty() && !self.written.ends_with("\n\n") {
            self.written.push('\n');
        }
    }

    /// A text, wrapped; its own line ends stay.
    pub(crate) fn line(&mut self, text: &str) {
        self.indented(text, "", "");
    }

    /// A text, wrapped: the first line begins with `first`, further ones with `further`.
    pub(crate) fn indented(&mut self, text: &str, first: &str, further: &str) {
        let mut begin = first;
        for line in text.split('\n') {
            let mut current = String::with_capacity(line.len().min(4 * WIDTH));
            let mut length = 0; // its characters
            for word in line
                .split([' ', '\t', '\r'])
                .filter(|word| !word.is_empty())
            {
                let more = word.chars().count();
                if !current.is_empty() && begin.chars().count() + length + 1 + more > WIDTH {
                    self.push_line(begin, &current);
                    begin = further;
                    current.clear();
                    length = 0;
                }
                if !current.is_empty() {
                    current.push(' ');
                    length += 1;
                }
                current.push_str(word);
                length += more;
            }
            self.push_line(begin, &current);
            begin = further;
        }
    }

    /// A paragraph, and an empty line.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.line(text);
        self.blank();
    }

    /// Words, and below them the link.
    pub(crate) fn link(&mut self, words: &str, url: &str) {
        if let Some(url) = crate::link::absolute(url) {
            self.line(&self.locale.colon(words));
            self.push_line("", url);
        }
    }

    /// A URL on a line of its own, which no program breaks.
    pub(crate) fn url(&mut self, url: &str) {
        self.push_line("", url);
    }

    /// What follows is a signature to mail programs, which set it apart. No other text can write
    /// this line: an entry that did would have all that follows it folded away.
    pub(crate) fn signature(&mut self) {
        self.push_line("", "-- ");
    }

    /// A line of text with a line of `mark`s below it.
    pub(crate) fn heading(&mut self, text: &str, mark: char) {
        self.blank();
        self.line(text);
        let length = text.chars().count().min(WIDTH);
        self.push_line("", &mark.to_string().repeat(length));
        self.blank();
    }

    fn push_line(&mut self, begin: &str, text: &str) {
        self.written.push_str(begin);
        self.written.push_str(text);
        if text.is_empty() {
            self.written
                .truncate(self.written.trim_end_matches([' ', '\t']).len());
        }
        self.written.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_and_urls_are_not() {
        let url = format!("https://rundbrief.example/{}", "x".repeat(100));
        let mut text = Text::new(Locale::De);
        text.paragraph(&"Wort ".repeat(40));
        text.link("Mehr dazu", &url);
        text.link("nichts", "javascript:alert(1)");
        let text = text.into_string();
        assert!(
            text.lines()
                .all(|line| line.chars().count() <= WIDTH || line == url),
            "{text}"
        );
        assert!(text.ends_with(&format!("Mehr dazu:\n{url}\n")));
    }

    #[test]
    fn headings_and_lists_line_up() {
        let mut text = Text::new(Locale::De);
        text.heading("Termine", '=');
        text.indented(&"lang ".repeat(20), "* ", "  ");
        let text = text.into_string();
        assert!(
            text.starts_with("Termine\n=======\n\n* lang lang"),
            "{text}"
        );
        assert!(text.contains("\n  lang"), "{text}");
    }
}
