//! Sanitised HTML as a mail shows it: once with styles on its elements, once as plain text.
//!
//! What comes in was cleaned by the caller; here it is still read as if it had not been. Only the
//! elements named below come out, closed in order, at most [`DEEPEST`] inside one another, and only
//! links that [`crate::link`] lets pass.

use maud::{Markup, PreEscaped};

use crate::link;
use crate::mails::palette::Palette;

/// Elements inside one another; deeper ones are left out, their text stays.
const DEEPEST: usize = 20;

/// Where a text stands: its headings go below the one before it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Below {
    /// The mail's heading.
    Mail,
    /// An item's heading.
    Item,
}

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Open { name: String, href: Option<String> },
    Close(String),
    Text(&'a str),
}

/// The text with our styles on its elements.
pub(crate) fn styled(html: &str, below: Below, palette: &Palette) -> Markup {
    let mut out = String::with_capacity(html.len() * 2);
    let mut open: Vec<&'static str> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Text(text) => escape(&decode(text), &mut out),
            Token::Open { name, .. } if name == "br" => out.push_str("<br>"),
            Token::Open { name, href } => {
                let Some(element) = element(&name, below).filter(|_| open.len() < DEEPEST) else {
                    continue;
                };
                let target = href.as_deref().and_then(link::absolute);
                if element == "a" && target.is_none() {
                    continue;
                }
                if let Some(at) = ended_by(element, &open) {
                    for name in open.drain(at..).rev() {
                        end(name, &mut out);
                    }
                }
                open.push(element);
                start(element, target, palette, &mut out);
            }
            Token::Close(name) => {
                let Some(at) = element(&name, below)
                    .and_then(|name| open.iter().rposition(|one| *one == name))
                else {
                    continue;
                };
                for name in open.drain(at..).rev() {
                    end(name, &mut out);
                }
            }
        }
    }
    for name in open.into_iter().rev() {
        end(name, &mut out);
    }
    PreEscaped(out)
}

/// What an element of a text becomes, if anything.
fn element(name: &str, below: Below) -> Option<&'static str> {
    Some(match (name, below) {
        ("p", _) => "p",
        ("ul", _) => "ul",
        ("ol", _) => "ol",
        ("li", _) => "li",
        ("a", _) => "a",
        ("strong" | "b", _) => "strong",
        ("em" | "i", _) => "em",
        ("blockquote", _) => "blockquote",
        ("h3", Below::Mail) => "h2",
        ("h4", Below::Mail) => "h3",
        ("h3", Below::Item) => "h4",
        ("h4", Below::Item) => "h5",
        _ => return None,
    })
}

/// Where in `open` what a new element ends begins: a block ends the paragraph or heading it stands
/// in, as HTML's parser would.
fn ended_by(element: &str, open: &[&str]) -> Option<usize> {
    if matches!(element, "a" | "strong" | "em") {
        return None;
    }
    open.iter()
        .rposition(|one| matches!(*one, "p" | "h2" | "h3" | "h4" | "h5"))
}

fn start(element: &str, href: Option<&str>, palette: &Palette, out: &mut String) {
    let style = match element {
        "p" => "margin:0 0 12px",
        "ul" | "ol" => "margin:0 0 12px;padding:0 0 0 24px",
        "li" => "margin:0 0 4px",
        "h2" | "h3" | "h4" | "h5" => "margin:16px 0 4px;font-size:16px;line-height:1.4",
        "blockquote" => "margin:0 0 12px 16px",
        _ => "",
    };
    out.push('<');
    out.push_str(element);
    if let Some(href) = href {
        out.push_str(" href=\"");
        escape(href, out);
        out.push_str("\" style=\"color:");
        out.push_str(&palette.action);
        out.push('"');
    } else if !style.is_empty() {
        out.push_str(" style=\"");
        out.push_str(style);
        out.push('"');
    }
    out.push('>');
}

fn end(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// The text as plain paragraphs: one string for each, list items with their mark, links written
/// out behind their words.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut writer = Plain::default();
    for token in tokens(html) {
        match token {
            Token::Text(text) => writer.text(&decode(text)),
            Token::Open { name, href } => writer.open(&name, href.as_deref()),
            Token::Close(name) => writer.close(&name),
        }
    }
    writer.end_paragraph();
    writer.done
}

#[derive(Default)]
struct Plain {
    done: Vec<String>,
    line: String,
    /// The lists we are in; the number of the last item of an ordered one.
    lists: Vec<Option<u32>>,
    /// The link we are in, and where its words begin.
    link: Option<(String, usize)>,
}

impl Plain {
    fn text(&mut self, text: &str) {
        self.line.reserve(text.len());
        for word in text.split_inclusive(char::is_whitespace) {
            let blank = word.ends_with(char::is_whitespace);
            self.line.push_str(word.trim_end());
            if blank && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    fn open(&mut self, name: &str, href: Option<&str>) {
        match name {
            "br" => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push('\n');
            }
            "ul" | "ol" => {
                self.end_paragraph();
                if self.lists.len() < DEEPEST {
                    self.lists.push((name == "ol").then_some(0));
                }
            }
            "li" => {
                self.end_paragraph();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    _ => "- ".to_owned(),
                };
                self.line = mark;
            }
            "p" | "h3" | "h4" | "blockquote" if !is_mark(&self.line) => self.end_paragraph(),
            "a" => {
                let target = href.and_then(link::absolute).map(str::to_owned);
                self.link = target.map(|target| (target, self.line.len()));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "li" | "h3" | "h4" | "blockquote" => self.end_paragraph(),
            "ul" | "ol" => {
                self.end_paragraph();
                self.lists.pop();
            }
            "a" => {
                let Some((target, from)) = self.link.take() else {
                    return;
                };
                let words = self.line.get(from..).unwrap_or_default().trim();
                if !target.ends_with(words) || words.is_empty() {
                    self.line.push_str(" <");
                    self.line.push_str(&target);
                    self.line.push('>');
                } else if words != target {
                    self.line.truncate(from);
                    self.line.push_str(&target);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.link = None;
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() && !is_mark(&line) {
            self.done.push(line.trim().to_owned());
        }
    }
}

/// Whether a line has nothing on it yet but the mark of a list.
fn is_mark(line: &str) -> bool {
    let line = line.trim_end();
    line == "-"
        || line
            .strip_suffix('.')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some(inside) = rest.strip_prefix('<')
                && inside.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic())
                && let Some(end) = inside.find('>')
            {
                let tag = &inside[..end];
                rest = &inside[end + 1..];
                match read_tag(tag) {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            // A lone `<` is text.
            let next = rest.match_indices('<').find(|(at, _)| *at > 0);
            let end = next.map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(end);
            rest = after;
            return Some(Token::Text(text));
        }
    })
}

fn read_tag(tag: &str) -> Option<Token<'static>> {
    if let Some(name) = tag.strip_prefix('/') {
        return Some(Token::Close(name.trim().to_ascii_lowercase()));
    }
    let end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    let name = tag[..end].to_ascii_lowercase();
    if name.is_empty() {
        return None;
    }
    let href = tag[end..]
        .split_once("href=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(href, _)| decode(href));
    Some(Token::Open { name, href })
}

/// The text with the entities that a sanitiser writes resolved.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let known = end.and_then(|end| entity(&rest[1..end]).map(|c| (c, end)));
        if let Some((character, end)) = known {
            out.push(character);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        styled(html, Below::Item, &Palette::new(None)).into_string()
    }

    #[test]
    fn only_known_elements_come_out_and_all_are_closed() {
        assert_eq!(
            shown("<p>a<script>b</p>"),
            "<p style=\"margin:0 0 12px\">ab</p>"
        );
        assert_eq!(shown("<em>x"), "<em>x</em>");
        assert_eq!(shown("</p></em>x<b>y"), "x<strong>y</strong>");
        assert_eq!(shown("<a href=\"javascript:x\">y</a>"), "y");
        assert_eq!(
            shown("<a href=\"https://x.example/?a=1&amp;b=2\" onclick=\"z\">y</a>"),
            "<a href=\"https://x.example/?a=1&amp;b=2\" style=\"color:#2044aa\">y</a>"
        );
        assert_eq!(
            shown("1 < 2 &amp; 3 > 2 &#8211; &unknown; <"),
            "1 &lt; 2 &amp; 3 &gt; 2 – &amp;unknown; &lt;"
        );
        assert!(shown("<h3>x</h3>").starts_with("<h4 "));
    }

    #[test]
    fn a_block_ends_the_paragraph_it_stands_in() {
        assert_eq!(
            shown("<p>a<b>b<ul><li>c</ul>d</p>"),
            "<p style=\"margin:0 0 12px\">a<strong>b</strong></p>\
             <ul style=\"margin:0 0 12px;padding:0 0 0 24px\">\
             <li style=\"margin:0 0 4px\">c</li></ul>d"
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = "<ul><li>".repeat(10_000);
        assert!(shown(&format!("{deep}x")).matches("<ul").count() <= DEEPEST);
        assert_eq!(paragraphs(&format!("{deep}x")), ["- x"]);
    }

    #[test]
    fn plain_text_keeps_lists_and_links() {
        let html = "<p>Eins <a href=\"https://a.example/x\">zwei</a>, <a href=\"https://b.example\">https://b.example</a>.</p>\
                    <ol><li>A</li><li><p>B<br>C</p></li></ol><ul><li>D</li></ul><h3>E</h3>F";
        assert_eq!(
            paragraphs(html),
            [
                "Eins zwei <https://a.example/x>, https://b.example.",
                "1. A",
                "2. B\nC",
                "- D",
                "E",
                "F"
            ]
        );
        assert_eq!(
            paragraphs("ü<öä</ß &nbsp; 🎉<"),
            ["ü<öä</ß \u{a0} 🎉<"].map(|text| text.replace("\u{a0} ", ""))
        );
    }
}
