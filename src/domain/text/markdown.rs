//! Markdown, as people write texts, and the HTML that is stored.
//!
//! It is CommonMark with tables and `~~strikethrough~~`; a line break is a line break, and web addresses
//! are links. Raw HTML is text. What is read goes through the same blocks as HTML from outside
//! ([`super::read_html`]), so nothing can be said in Markdown that could not be said otherwise.

mod write;

use pulldown_cmark::{
    CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::blocks::{Block, escape, to_html};
use super::read;

/// How many characters a text in Markdown may have.
pub const MAX_MARKDOWN: usize = 60_000;

/// How long the target of a link may be; of a longer one the text is kept.
const MAX_TARGET: usize = 2_000;

/// A text that is too long to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the text has more than {MAX_MARKDOWN} characters, or grows too long as HTML; write less of it"
)]
pub struct TooLong;

/// Markdown as sanitised HTML. Nothing is cut: what is too long is refused.
pub fn markdown_to_html(markdown: &str) -> Result<String, TooLong> {
    if markdown.chars().nth(MAX_MARKDOWN).is_some() {
        return Err(TooLong);
    }
    let (blocks, is_whole) = read::read_whole(&html(markdown), None);
    if is_whole {
        Ok(to_html(&blocks))
    } else {
        Err(TooLong)
    }
}

/// HTML as Markdown: reading that gives the same blocks again. Bold or stressed text that Markdown
/// cannot say (inside a word, beside punctuation) loses its style and keeps its words.
pub fn html_to_markdown(html: &str) -> String {
    write::markdown(&read::read(html, None))
}

/// The blocks that Markdown says.
fn blocks(markdown: &str) -> Vec<Block> {
    read::read(&html(markdown), None)
}

/// Markdown as HTML that is not clean yet.
fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(markdown, options).into_offset_iter();
    let mut writer = Writer::default();
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    let events = TextMergeWithOffset::new(parser);
    pulldown_cmark::html::push_html(
        &mut html,
        // One `~` is a tilde: people write “~5 km”.
        events.map(|(event, range)| match event {
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                if !markdown[range.clone()].starts_with("~~") =>
            {
                raw("~")
            }
            event => writer.event(event),
        }),
    );
    html
}

/// Turns what [`pulldown_cmark`] would write into what is meant here.
#[derive(Default)]
struct Writer {
    in_link: usize,
    in_code: bool,
}

fn raw(html: impl Into<String>) -> Event<'static> {
    Event::Html(CowStr::from(html.into()))
}

impl Writer {
    fn event<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            // Somebody wrote a tag, or pasted one: it is text.
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::SoftBreak => Event::HardBreak,
            Event::Rule => raw("<hr>"),
            event => event,
        }
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Event<'a> {
        match tag {
            Tag::Heading { level, .. } => raw(heading(level, "<")),
            Tag::Link { dest_url, .. } => {
                self.in_link += 1;
                let mut link = String::from("<a>");
                if dest_url.len() <= MAX_TARGET {
                    let mut target = String::new();
                    escape(&dest_url, &mut target);
                    link = format!("<a href=\"{}\">", target.replace('"', "&quot;"));
                }
                raw(link)
            }
            // The alternative text stays.
            Tag::Image { .. } => raw(""),
            Tag::CodeBlock(_) => {
                self.in_code = true;
                raw("<p>")
            }
            Tag::HtmlBlock => raw("<p>"),
            tag => Event::Start(tag),
        }
    }

    fn end<'a>(&mut self, tag: TagEnd) -> Event<'a> {
        match tag {
            TagEnd::Heading(level) => raw(heading(level, "</")),
            TagEnd::Link => {
                self.in_link = self.in_link.saturating_sub(1);
                raw("</a>")
            }
            TagEnd::Image => raw(""),
            TagEnd::CodeBlock => {
                self.in_code = false;
                raw("</p>")
            }
            TagEnd::HtmlBlock => raw("</p>"),
            tag => Event::End(tag),
        }
    }

    fn text<'a>(&mut self, text: &str) -> Event<'a> {
        let mut html = String::new();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && self.in_code {
                html.push_str("<br>");
            } else if index > 0 {
                html.push('\n');
            }
            for word in line.split_inclusive(' ') {
                if self.in_link > 0 {
                    escape(word, &mut html);
                } else {
                    super::push_word(&mut html, word.trim_end_matches(' '));
                    html.push_str(&word[word.trim_end_matches(' ').len()..]);
                }
            }
        }
        raw(html)
    }
}

/// The tag of a heading: `#` and `##` are sections of a text, deeper ones parts of them.
fn heading(level: HeadingLevel, begin: &str) -> String {
    let name = if level <= HeadingLevel::H2 {
        "h3"
    } else {
        "h4"
    };
    format!("{begin}{name}>")
}
