//! Cleaning what somebody else wrote: titles to one line, paragraphs to plain text, HTML to the few
//! elements a mail can carry.
//!
//! Called by `sources` when entries come in, by the store's callers before saving and by `digest`
//! before showing. HTML is read once into a small tree of blocks ([`Block`]); the HTML that is
//! stored, the lines of plain text and the mails are written from that tree.
//!
//! Every function is total: any input gives a result, in time linear in its length.

mod blocks;
mod build;
mod elements;
mod line;
mod markdown;
mod opening;
mod read;
mod table;
#[cfg(test)]
mod tests;

pub use blocks::{Block, Cell, Inline, Level, Table};
pub use markdown::{MAX_MARKDOWN, TooLong, html_to_markdown, markdown_to_html};
pub use opening::opening;

/// How many characters of an HTML text are read, and written; the rest is dropped.
pub const MAX_HTML: usize = 100_000;

/// How deep lists, items and quotations may lie in each other; deeper ones lose their tags and keep
/// their text.
pub const MAX_NESTING: usize = 16;

/// How many columns a table has at most; what stands further right begins a new row.
pub const MAX_COLUMNS: usize = 16;

/// How many characters of a text are looked at when it is made plain; the rest is dropped.
const MAX_PLAIN_INPUT: usize = 100_000;

/// HTML as blocks of paragraphs, headings, lists, quotations and tables, with links to absolute `http`,
/// `https` and `mailto` addresses: no image, no style, no script, nothing remote. Loose text is put
/// into paragraphs, elements without text are left out.
pub fn read_html(html: &str) -> Vec<Block> {
    read::read(html, None)
}

/// The same as HTML. Doing it again changes nothing.
pub fn sanitise_html(html: &str) -> String {
    sanitise_html_at(html, None)
}

/// The same for a text whose relative links are seen from `base`.
pub fn sanitise_html_at(html: &str, base: Option<&url::Url>) -> String {
    blocks::to_html(&read::read(html, base))
}

/// One line of plain text of at most `max_chars` characters: no markup, entities decoded, no
/// control characters (those that turn the direction of writing among them), no runs of spaces.
/// A longer text ends with “…” after a whole word.
///
/// Doing it again changes nothing: a title cannot hide markup under several layers of escaping.
pub fn single_line(text: &str, max_chars: usize) -> String {
    truncate(&plain(text), max_chars)
}

/// A paragraph of plain text out of plain text or HTML: what [`single_line`] does, for teasers.
/// Line breaks and paragraphs become spaces.
pub fn plain_paragraph(text: &str, max_chars: usize) -> String {
    single_line(text, max_chars)
}

/// The text of an HTML fragment without its markup, on one line, uncut.
pub fn html_to_plain(html: &str) -> String {
    plain(html)
}

/// `text` where it has at most `max_chars` characters, else as many whole words as fit, then “…”.
pub fn truncate(text: &str, max_chars: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(max_chars) else {
        return text.to_owned();
    };
    let Some((limit, _)) = text[..cut].char_indices().next_back() else {
        return String::new();
    };
    let head = &text[..limit];
    // Half a word is better than half a text: very long words are cut.
    let end = if text[limit..].starts_with(char::is_whitespace) {
        limit
    } else {
        head.rfind(char::is_whitespace)
            .filter(|space| *space > limit / 2)
            .unwrap_or(limit)
    };
    let kept = head[..end]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '-'));
    format!("{kept}…")
}

/// Whether a character is removed from texts: it is invisible, or it changes how its neighbours
/// are shown (bidirectional overrides and isolates, interlinear marks, tags, non-characters).
/// Line breaks and tabs are not among them; joiners are kept, scripts and emoji need them.
pub fn is_unwanted(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' | ' '..='~' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

/// Paragraphs of HTML out of plain text: an empty line begins a new one, a line break is kept, and
/// web addresses become links. The result is sanitised.
pub fn paragraphs_to_html(text: &str) -> String {
    let text: String = text.chars().take(MAX_HTML).collect();
    let mut html = String::with_capacity(text.len() + 64);
    let mut open = false;
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        html.push_str(if open { "<br>" } else { "<p>" });
        open = true;
        for (index, word) in line.split_whitespace().enumerate() {
            if index > 0 {
                html.push(' ');
            }
            push_word(&mut html, word);
        }
    }
    sanitise_html(&html)
}

fn push_word(html: &mut String, word: &str) {
    let bare = word.trim_start_matches(['(', '<', '[', '„', '“', '"']);
    let link = bare.trim_end_matches([
        '.', ',', ';', ':', '!', '?', ')', '>', ']', '“', '”', '"', '\'',
    ]);
    if (link.starts_with("https://") || link.starts_with("http://")) && web_address(link).is_some()
    {
        let before = &word[..word.len() - bare.len()];
        let after = &bare[link.len()..];
        blocks::escape(before, html);
        blocks::write_link(link, html, |html| blocks::escape(link, html));
        blocks::escape(after, html);
    } else {
        blocks::escape(word, html);
    }
}

/// An absolute `http` or `https` URL with a host, at most 2,000 characters, normalised; nothing
/// for any other text.
pub fn web_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text.trim()).ok()?;
    let fits =
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.as_str().len() <= 2_000;
    fits.then(|| url.into())
}

/// Rounds of unescaping until a text stays as it is; nobody escapes more often by accident.
const MAX_LAYERS: usize = 4;

fn plain(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(MAX_PLAIN_INPUT)
        .map_or(text.len(), |(at, _)| at);
    let mut now = collapse(&text[..end]);
    for _ in 0..MAX_LAYERS {
        if !now.contains(['<', '&']) {
            return now;
        }
        let next = collapse(&blocks::to_line(&read_html(&now)));
        if next == now {
            return now;
        }
        now = next;
    }
    collapse(&now.replace(['<', '&'], ""))
}

/// Drops unwanted characters and joins runs of white space to one space.
fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        // The separators U+2028 and U+2029 stand for line breaks.
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            space = true;
        } else if !is_unwanted(c) {
            if space && !line.is_empty() {
                line.push(' ');
            }
            space = false;
            line.push(c);
        }
    }
    line
}
