//! What the elements of foreign HTML are to us.

use html5ever::tokenizer::states::RawKind;

use super::blocks::Level;

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    Break,
    Heading(Level),
    List {
        ordered: bool,
    },
    Item,
    Quote,
    Strong,
    Emphasis,
    Deleted,
    Link,
    Table,
    /// The head, the body or the foot of a table.
    Rows,
    Row,
    Cell {
        is_head: bool,
    },
    /// Not kept, but text before and after it does not run together.
    Block,
    /// Not kept; its text is part of the line.
    Inline,
    /// Not kept, nor anything in it.
    Hidden,
    /// The same, and what is in it is not markup (HTML, 13.2.6.2).
    Raw(Raw),
}

/// How the tokenizer reads what is in a [`Element::Raw`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// Up to its end tag.
    Until(RawKind),
    /// To the end of the text.
    ToTheEnd,
}

/// What an element is; `None` where HTML has none of this name.
pub(super) fn element(name: &str) -> Option<Element> {
    use Element::{
        Block, Break, Cell, Deleted, Emphasis, Heading, Hidden, Inline, Item, Link, List,
        Paragraph, Quote, Row, Rows, Strong, Table,
    };
    const RAW_TEXT: Element = Element::Raw(Raw::Until(RawKind::Rawtext));
    const RC_DATA: Element = Element::Raw(Raw::Until(RawKind::Rcdata));
    Some(match name {
        "p" => Paragraph,
        "br" => Break,
        "ul" | "menu" | "dir" => List { ordered: false },
        "ol" => List { ordered: true },
        "li" => Item,
        "a" => Link,
        "strong" | "b" => Strong,
        "em" | "i" => Emphasis,
        "del" | "s" | "strike" => Deleted,
        "blockquote" => Quote,
        "table" => Table,
        "thead" | "tbody" | "tfoot" => Rows,
        "tr" => Row,
        "th" => Cell { is_head: true },
        "td" => Cell { is_head: false },
        "h1" | "h2" | "h3" => Heading(Level::Section),
        "h4" | "h5" | "h6" => Heading(Level::Subsection),
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details"
        | "dialog" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "frameset" | "header" | "hgroup" | "hr" | "html" | "legend" | "main" | "nav"
        | "optgroup" | "option" | "pre" | "search" | "section" | "select" | "summary" => Block,
        "abbr" | "acronym" | "area" | "audio" | "base" | "bdi" | "bdo" | "big" | "button"
        | "canvas" | "cite" | "code" | "col" | "colgroup" | "data" | "datalist" | "dfn"
        | "embed" | "font" | "frame" | "img" | "input" | "ins" | "kbd" | "label" | "link"
        | "map" | "mark" | "marquee" | "meta" | "meter" | "nobr" | "output" | "param"
        | "picture" | "progress" | "q" | "rp" | "rt" | "ruby" | "samp" | "slot" | "small"
        | "source" | "span" | "sub" | "sup" | "time" | "track" | "tt" | "u" | "var" | "video"
        | "wbr" => Inline,
        "applet" | "head" | "math" | "noscript" | "object" | "svg" | "template" => Hidden,
        "script" => Element::Raw(Raw::Until(RawKind::ScriptData)),
        "iframe" | "noembed" | "noframes" | "style" | "xmp" => RAW_TEXT,
        "textarea" | "title" => RC_DATA,
        "plaintext" => Element::Raw(Raw::ToTheEnd),
        // Word writes <o:p>, pages have <my-element>: markup of theirs, not text.
        _ if name.contains([':', '-']) => Inline,
        _ => return None,
    })
}

/// The longest name of an element that is looked for.
const MAX_NAME: usize = 40;

/// Whether `html`, which begins with `<`, begins a tag of an element that HTML has. Any other `<` is
/// text: people write “a < b”, `<Name>` and `<post@example.org>`.
pub(super) fn begins_tag(html: &str) -> bool {
    let name = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    let end = name
        .bytes()
        .take(MAX_NAME)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-'))
        .count();
    let ends_like_a_name = matches!(
        name.as_bytes().get(end),
        None | Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
    );
    ends_like_a_name
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && element(&name[..end].to_ascii_lowercase()).is_some()
}
