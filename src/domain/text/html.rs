//! HTML as a mail can carry it.
//!
//! Three passes. The first ([`super::markup`]) reads tags without a tree and writes a flat, small
//! document with only our elements and no attribute but `href`, because a tree builder can be led
//! into quadratic work and deep recursion by nested formatting elements. The second is ammonia,
//! which alone decides what is safe. The third walks over its well-formed result and leaves out
//! elements without text, so that no reader meets an empty link.
//!
//! Bounds: [`MAX_HTML`] characters are read, at most [`MAX_NESTING`] elements lie in each other,
//! links have at most 2,000 characters.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::is_unwanted;
use super::markup::{Name, Piece, href, pieces};

/// How many characters of an HTML text are read; the rest is dropped.
pub const MAX_HTML: usize = 100_000;

/// How deep elements may lie in each other; deeper ones lose their tags and keep their text.
pub const MAX_NESTING: usize = 16;

const MAX_LINK: usize = 2_000;

/// The elements that are kept; `b` comes out as `strong`, `i` as `em`, headings as `h3` and `h4`.
const ELEMENTS: [&str; 11] = [
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "blockquote",
    "h3",
    "h4",
];

/// HTML with nothing but [`ELEMENTS`] and links to absolute `http`, `https` and `mailto` addresses:
/// no image, no style, no script, nothing remote. Loose text is put into paragraphs, empty
/// elements are left out. Doing it again changes nothing.
pub fn sanitise_html(html: &str) -> String {
    sanitise_html_at(html, None)
}

/// The same for a text whose relative links are seen from `base`.
pub fn sanitise_html_at(html: &str, base: Option<&url::Url>) -> String {
    let mut clean = once(html, base);
    if clean == html {
        return clean; // clean before, as what comes from the database is
    }
    // One round is almost always enough; what a parser rearranged is settled by the next ones.
    for _ in 0..3 {
        let again = once(&clean, None);
        if again == clean {
            return clean;
        }
        clean = again;
    }
    // Never seen by the property tests; plain text is the safe way out.
    let text = strip(&clean)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        text
    } else {
        format!("<p>{text}</p>")
    }
}

fn once(html: &str, base: Option<&url::Url>) -> String {
    let flat = flatten(html, base, true);
    let clean = CLEANER.clean(&flat).to_string();
    tidy(&clean)
}

/// The text of HTML without its tags, entities decoded, breaks as spaces.
pub(super) fn strip(html: &str) -> String {
    let flat = flatten(html, None, false);
    let clean = TEXT_ONLY.clean(&flat).to_string();
    decode_basic(&clean)
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from(ELEMENTS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None);
    builder
});

static TEXT_ONLY: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder.clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// Writes `html` anew with few elements in few levels; with spaces in place of the elements
/// where `keep` is false.
fn flatten(html: &str, base: Option<&url::Url>, keep: bool) -> String {
    let end = html
        .char_indices()
        .nth(MAX_HTML)
        .map_or(html.len(), |(at, _)| at);
    let mut out = String::with_capacity(end + 64);
    if keep {
        out.push_str("<p>");
    }
    let mut open: Vec<&'static str> = Vec::new();
    for piece in pieces(&html[..end]) {
        match piece {
            Piece::Text(text) => push_text(&mut out, text),
            _ if !keep => {
                if !matches!(
                    piece,
                    Piece::Start(Name::Inline | Name::Kept("a" | "strong" | "em"), _)
                        | Piece::End(Name::Inline | Name::Kept("a" | "strong" | "em"))
                ) {
                    out.push(' ');
                }
            }
            Piece::Start(Name::Kept("br"), _) | Piece::End(Name::Kept("br")) => {
                out.push_str("<br>");
            }
            Piece::Start(Name::Kept("p") | Name::Block, _)
            | Piece::End(Name::Kept("p") | Name::Block) => paragraph(&mut out),
            Piece::Start(Name::Kept(name), attributes) => {
                start(&mut out, &mut open, name, attributes, base);
            }
            Piece::End(Name::Kept(name)) => finish(&mut out, &mut open, name),
            Piece::Start(..) | Piece::End(_) => {}
        }
    }
    out
}

fn start(
    out: &mut String,
    open: &mut Vec<&'static str>,
    name: &'static str,
    attributes: &str,
    base: Option<&url::Url>,
) {
    if name == "li" && open.last() == Some(&"li") {
        finish(out, open, "li");
    }
    if name == "a" && open.contains(&"a") {
        finish(out, open, "a");
    }
    if open.len() >= MAX_NESTING {
        return;
    }
    if name == "a" {
        let Some(target) = href(attributes).and_then(|href| absolute(href, base)) else {
            return;
        };
        out.extend(["<a href=\"", &target, "\">"]);
    } else {
        // The parser closes an open paragraph before these by itself.
        out.extend(["<", name, ">"]);
    }
    open.push(name);
}

/// Closes the innermost `name` and all that lies in it; a stray end tag is left out.
fn finish(out: &mut String, open: &mut Vec<&'static str>, name: &str) {
    let Some(at) = open.iter().rposition(|one| *one == name) else {
        return;
    };
    // An end tag of a line of text does not close blocks around it.
    if matches!(name, "a" | "strong" | "em")
        && open[at..]
            .iter()
            .any(|one| !matches!(*one, "a" | "strong" | "em"))
    {
        return;
    }
    for one in open.drain(at..).rev() {
        out.extend(["</", one, ">"]);
        if !matches!(one, "a" | "strong" | "em" | "li") {
            paragraph(out);
        }
    }
}

/// Begins a paragraph, unless one has just begun: an empty one is left out in the end, but a tree
/// is built of it first.
fn paragraph(out: &mut String) {
    if !out.ends_with("<p>") {
        out.push_str("<p>");
    }
}

/// Text with its white space joined and without unwanted characters; its `<` are no tags.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        if c == '<' {
            out.push_str("&lt;");
        } else if c != '\u{a0}' && c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_unwanted(c) {
            out.push(c);
        }
    }
}

/// The target of a link, escaped for an attribute.
fn absolute(href: &str, base: Option<&url::Url>) -> Option<String> {
    let written = decode_basic(href);
    let url = match (url::Url::parse(written.trim()), base) {
        (Ok(url), _) => url,
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
            base.join(written.trim()).ok()?
        }
        _ => return None,
    };
    let known = match url.scheme() {
        "http" | "https" => url.has_host(),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    let fits = known && url.as_str().len() <= MAX_LINK;
    fits.then(|| {
        url.as_str()
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
    })
}

/// Undoes the only entities that ammonia writes.
fn decode_basic(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// An element being written by [`tidy`].
struct Frame<'a> {
    tag: &'a str,
    content: String,
    has_text: bool,
}

/// Leaves out elements without text and breaks at the edges of blocks, and drops unwanted
/// characters that were written as entities. `html` is ammonia's own, well-formed output.
fn tidy(html: &str) -> String {
    let mut frames = vec![Frame {
        tag: "",
        content: String::with_capacity(html.len()),
        has_text: false,
    }];
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        write_text(frames.last_mut(), &rest[..open]);
        let close = rest[open..]
            .find('>')
            .map_or(rest.len() - 1, |at| open + at);
        let tag = &rest[open + 1..close];
        rest = &rest[close + 1..];
        if tag == "br" {
            if let Some(frame) = frames.last_mut() {
                push_break(&mut frame.content);
            }
        } else if tag.starts_with('/') {
            if frames.len() > 1 {
                close_frame(&mut frames);
            }
        } else {
            frames.push(Frame {
                tag,
                content: String::new(),
                has_text: false,
            });
        }
    }
    write_text(frames.last_mut(), rest);
    while frames.len() > 1 {
        close_frame(&mut frames);
    }
    frames
        .pop()
        .map(|root| root.content.trim().to_owned())
        .unwrap_or_default()
}

fn write_text(frame: Option<&mut Frame<'_>>, text: &str) {
    let Some(frame) = frame else { return };
    frame.content.reserve(text.len());
    for c in text.chars().filter(|c| !is_unwanted(*c)) {
        let space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if space
            && (frame.content.is_empty()
                || frame.content.ends_with([' ', '\n'])
                || frame.content.ends_with("<br>"))
            && is_block(frame.tag)
        {
            continue;
        }
        frame.content.push(if space { ' ' } else { c });
    }
    frame.has_text = frame.has_text
        || text
            .split("&nbsp;")
            .flat_map(str::chars)
            .any(|c| !c.is_whitespace() && !is_unwanted(c));
}

/// At most two breaks in a row, none at the beginning.
fn push_break(content: &mut String) {
    let trimmed = content.trim_end().len();
    content.truncate(trimmed);
    if !content.is_empty() && !content.ends_with("<br><br>") {
        content.push_str("<br>");
    }
}

fn is_block(tag: &str) -> bool {
    !matches!(tag, "strong" | "em") && !tag.starts_with("a ")
}

fn close_frame(frames: &mut Vec<Frame<'_>>) {
    let Some(frame) = frames.pop() else { return };
    let Some(parent) = frames.last_mut() else {
        return;
    };
    if !frame.has_text {
        // The space between two words is kept when the element around it goes.
        if frame.content.contains(' ')
            && !is_block(frame.tag)
            && !parent.content.ends_with(' ')
            && !parent.content.is_empty()
        {
            parent.content.push(' ');
        }
        return;
    }
    parent.has_text = true;
    let name = frame.tag.split(' ').next().unwrap_or_default();
    let mut content = frame.content.as_str();
    if is_block(frame.tag) {
        content = content.trim_matches([' ', '\n']);
        while let Some(shorter) = content.strip_suffix("<br>") {
            content = shorter.trim_end_matches([' ', '\n']);
        }
        if is_block(parent.tag) {
            let trimmed = parent.content.trim_end_matches([' ', '\n']).len();
            parent.content.truncate(trimmed);
        }
    }
    if name == "a" && frame.tag == "a" {
        // A link that lost its target is text.
        parent.content.push_str(content);
    } else {
        parent
            .content
            .extend(["<", frame.tag, ">", content, "</", name, ">"]);
    }
}
