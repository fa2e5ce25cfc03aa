//! The first of three passes over foreign HTML: reading tags out of it without building a tree.
//!
//! Only called by [`super::html`]. It decides nothing about safety; it makes sure that what the
//! real parser gets afterwards is small, flat and free of attributes.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text with its entities as they were written.
    Text(&'a str),
    /// A start tag, its name in lower case, and what stands behind the name.
    Start(Name, &'a str),
    /// An end tag.
    End(Name),
}

/// What an element is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Kept under this name.
    Kept(&'static str),
    /// Not kept, but text before and after it does not run together.
    Block,
    /// Not kept; its text is part of the line.
    Inline,
    /// Not kept, nor anything in it.
    Dropped(&'static str),
}

/// What becomes of the elements of HTML; `None` where there is no such element.
fn element(name: &str) -> Option<Name> {
    use Name::{Block, Dropped, Inline, Kept};
    Some(match name {
        "p" => Kept("p"),
        "br" => Kept("br"),
        "ul" | "menu" | "dir" => Kept("ul"),
        "ol" => Kept("ol"),
        "li" => Kept("li"),
        "a" => Kept("a"),
        "strong" | "b" => Kept("strong"),
        "em" | "i" => Kept("em"),
        "blockquote" => Kept("blockquote"),
        "h1" | "h2" | "h3" => Kept("h3"),
        "h4" | "h5" | "h6" => Kept("h4"),
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details"
        | "dialog" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "frameset" | "header" | "hgroup" | "hr" | "html" | "legend" | "main" | "nav"
        | "optgroup" | "option" | "pre" | "search" | "section" | "select" | "summary" | "table"
        | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Block,
        "abbr" | "acronym" | "area" | "audio" | "base" | "bdi" | "bdo" | "big" | "button"
        | "canvas" | "cite" | "code" | "col" | "colgroup" | "data" | "datalist" | "del" | "dfn"
        | "embed" | "font" | "frame" | "img" | "input" | "ins" | "kbd" | "label" | "link"
        | "map" | "mark" | "marquee" | "meta" | "meter" | "nobr" | "output" | "param"
        | "picture" | "progress" | "q" | "rp" | "rt" | "ruby" | "s" | "samp" | "slot" | "small"
        | "source" | "span" | "strike" | "sub" | "sup" | "time" | "track" | "tt" | "u" | "var"
        | "video" | "wbr" => Inline,
        "script" => Dropped("script"),
        "style" => Dropped("style"),
        "head" => Dropped("head"),
        "title" => Dropped("title"),
        "template" => Dropped("template"),
        "textarea" => Dropped("textarea"),
        "iframe" => Dropped("iframe"),
        "noembed" => Dropped("noembed"),
        "noframes" => Dropped("noframes"),
        "noscript" => Dropped("noscript"),
        "object" => Dropped("object"),
        "applet" => Dropped("applet"),
        "plaintext" => Dropped("plaintext"),
        "xmp" => Dropped("xmp"),
        "svg" => Dropped("svg"),
        "math" => Dropped("math"),
        // Word writes <o:p>, pages have <my-element>: markup of theirs, not text.
        _ if name.contains([':', '-']) => Inline,
        _ => return None,
    })
}

/// Walks over the pieces of `html`. Comments, declarations and processing instructions are left
/// out; a `<` that begins no element of HTML is text. Time: linear.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(open) = self.rest.find('<') else {
                return Some(Piece::Text(std::mem::take(&mut self.rest)));
            };
            if open > 0 {
                let (text, rest) = self.rest.split_at(open);
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            match tag(self.rest) {
                Tag::Text(length) => {
                    let (text, rest) = self.rest.split_at(length);
                    self.rest = rest;
                    return Some(Piece::Text(text));
                }
                Tag::Nothing(length) => self.rest = &self.rest[length..],
                Tag::Element {
                    name,
                    closing,
                    attributes,
                    length,
                } => {
                    let attributes = &self.rest[attributes.0..attributes.1];
                    self.rest = &self.rest[length..];
                    if let (Name::Dropped(element), false) = (name, closing) {
                        self.skip_to_end_of(element);
                        return Some(Piece::Text(" "));
                    }
                    return Some(if closing {
                        Piece::End(name)
                    } else {
                        Piece::Start(name, attributes)
                    });
                }
            }
        }
    }
}

impl Pieces<'_> {
    /// Leaves out everything up to the end tag; all the rest where there is none.
    fn skip_to_end_of(&mut self, element: &str) {
        let mut at = 0;
        while let Some(found) = self.rest[at..].find("</") {
            let name = at + found + 2;
            let end = name + element.len();
            if self
                .rest
                .as_bytes()
                .get(name..end)
                .is_some_and(|bytes| bytes.eq_ignore_ascii_case(element.as_bytes()))
            {
                let close = self.rest[end..]
                    .find('>')
                    .map_or(self.rest.len(), |close| end + close + 1);
                self.rest = &self.rest[close..];
                return;
            }
            at = name;
        }
        self.rest = "";
    }
}

enum Tag {
    /// This many bytes are text.
    Text(usize),
    /// This many bytes say nothing.
    Nothing(usize),
    Element {
        name: Name,
        closing: bool,
        attributes: (usize, usize),
        length: usize,
    },
}

/// Reads the tag at the beginning of `html`, which begins with `<`.
fn tag(html: &str) -> Tag {
    let bytes = html.as_bytes();
    if let Some(comment) = html.strip_prefix("<!--") {
        // As browsers do: `<!-->` and `<!--->` are whole comments.
        let end = if comment.starts_with('>') {
            Some(1)
        } else if comment.starts_with("->") {
            Some(2)
        } else {
            comment.find("-->").map(|at| at + 3)
        };
        return Tag::Nothing(end.map_or(html.len(), |end| "<!--".len() + end));
    }
    if html.starts_with("<![CDATA[") {
        // A wrapper that some systems escape along with their HTML: only the marks are left out.
        return Tag::Nothing("<![CDATA[".len());
    }
    if matches!(bytes.get(1), Some(b'!' | b'?')) {
        return Tag::Nothing(html.find('>').map_or(html.len(), |at| at + 1));
    }
    let closing = bytes.get(1) == Some(&b'/');
    let begin = if closing { 2 } else { 1 };
    let end = begin
        + bytes[begin.min(bytes.len())..]
            .iter()
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-'))
            .count();
    let lower = html[begin.min(end)..end].to_ascii_lowercase();
    let starts_like_a_name = lower.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends_like_a_name = matches!(
        bytes.get(end),
        None | Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
    );
    let Some(name) = element(&lower).filter(|_| starts_like_a_name && ends_like_a_name) else {
        return Tag::Text(1);
    };
    let close = end_of_tag(bytes, end);
    Tag::Element {
        name,
        closing,
        attributes: (end, close.unwrap_or(bytes.len())),
        length: close.map_or(bytes.len(), |close| close + 1),
    }
}

/// Where the `>` of a tag is, quoted values passed over.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
        after_equals = match byte {
            b'=' => true,
            b' ' | b'\t' | b'\n' | b'\r' => after_equals,
            _ => false,
        };
    }
    None
}

/// The value of the first `href` among the attributes of a tag, as it was written.
pub(super) fn href(attributes: &str) -> Option<&str> {
    let bytes = attributes.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at
            + bytes[at..]
                .iter()
                .take_while(|b| b.is_ascii_whitespace() || **b == b'/')
                .count();
        let name_end = start
            + bytes[start..]
                .iter()
                .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/'))
                .count();
        let mut value_start = name_end
            + bytes[name_end..]
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
        let mut value = "";
        if bytes.get(value_start) == Some(&b'=') {
            value_start += 1;
            value_start += bytes[value_start..]
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            let (from, to, next) = if let Some(quote @ (b'"' | b'\'')) = bytes.get(value_start) {
                let from = value_start + 1;
                let to = bytes[from..]
                    .iter()
                    .position(|b| b == quote)
                    .map_or(bytes.len(), |len| from + len);
                (from, to, to + 1)
            } else {
                let to = value_start
                    + bytes[value_start..]
                        .iter()
                        .take_while(|b| !b.is_ascii_whitespace())
                        .count();
                (value_start, to, to)
            };
            value = &attributes[from..to];
            at = next;
        } else {
            at = value_start.max(start + 1);
        }
        if attributes[start..name_end].eq_ignore_ascii_case("href") {
            return Some(value);
        }
    }
    None
}
