//! A text of several blocks as a mail shows it: as HTML with styles on its elements, and as plain
//! text.

use maud::{Markup, html};

use crate::link;
use crate::palette::Palette;
use crate::plain_text::Text;

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the text.
    Heading(Level, Vec<Inline>),
    /// A list; each item holds blocks.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
}

/// The level of a heading inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Right below the title of the text.
    Section,
    /// Below a section.
    Subsection,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A line break.
    Break,
    /// Text of importance.
    Strong(Vec<Inline>),
    /// Stressed text.
    Emphasis(Vec<Inline>),
    /// A link; its text alone is shown where the target is none that a mail may link to.
    Link {
        /// Where it leads.
        target: String,
        /// The text of the link.
        content: Vec<Inline>,
    },
}

/// The text of an item as HTML, its headings below the item's own. GMX and WEB.DE drop style
/// sheets, so styles stand on the elements.
pub(crate) fn styled(blocks: &[Block], palette: &Palette) -> Markup {
    html! { @for block in blocks { (block_html(block, palette)) } }
}

fn block_html(block: &Block, palette: &Palette) -> Markup {
    const HEADING: &str = "margin:16px 0 4px;font-size:16px;line-height:1.4";
    const LIST: &str = "margin:0 0 12px;padding:0 0 0 24px";
    let inline = |content| inline_html(content, palette);
    html! {
        @match block {
            Block::Paragraph(content) => p style="margin:0 0 12px" { (inline(content)) }
            Block::Heading(Level::Section, content) => h4 style=(HEADING) { (inline(content)) }
            Block::Heading(Level::Subsection, content) => h5 style=(HEADING) { (inline(content)) }
            Block::List { ordered: true, items } => ol style=(LIST) { (items_html(items, palette)) }
            Block::List { ordered: false, items } => ul style=(LIST) { (items_html(items, palette)) }
            Block::Quote(blocks) => blockquote style="margin:0 0 12px 16px" { (styled(blocks, palette)) }
        }
    }
}

fn items_html(items: &[Vec<Block>], palette: &Palette) -> Markup {
    html! {
        @for item in items {
            li style="margin:0 0 4px" {
                @match item.as_slice() {
                    // Lists of short items stand close together.
                    [Block::Paragraph(content), rest @ ..] if !rest.iter().any(|block| matches!(block, Block::Paragraph(_))) => {
                        (inline_html(content, palette)) (styled(rest, palette))
                    }
                    blocks => { (styled(blocks, palette)) }
                }
            }
        }
    }
}

fn inline_html(content: &[Inline], palette: &Palette) -> Markup {
    html! {
        @for inline in content {
            @match inline {
                Inline::Text(text) => { (text) }
                Inline::Break => br;
                Inline::Strong(content) => strong { (inline_html(content, palette)) }
                Inline::Emphasis(content) => em { (inline_html(content, palette)) }
                Inline::Link { target, content } => {
                    @match link::absolute(target) {
                        Some(target) => a href=(target) style={ "color:" (palette.action) } { (inline_html(content, palette)) }
                        None => { (inline_html(content, palette)) }
                    }
                }
            }
        }
    }
}

/// The text as plain text: list items with their marks, links written out behind their words.
pub(crate) fn write(blocks: &[Block], text: &mut Text) {
    write_blocks(blocks, "", text);
    text.blank();
}

fn write_blocks(blocks: &[Block], indent: &str, text: &mut Text) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                text.indented(&inline_text(content), indent, indent);
                text.blank();
            }
            Block::List { ordered, items } => {
                for (item, number) in items.iter().zip(1..) {
                    let mark = if *ordered {
                        format!("{number}. ")
                    } else {
                        "- ".to_owned()
                    };
                    write_item(item, indent, &mark, text);
                }
                text.blank();
            }
            Block::Quote(blocks) => write_blocks(blocks, &format!("{indent}  "), text),
        }
    }
}

/// An item: its first line behind the mark, all else as far in. Items of one paragraph stand close
/// together.
fn write_item(item: &[Block], indent: &str, mark: &str, text: &mut Text) {
    let inside = format!("{indent}{}", " ".repeat(mark.len()));
    let first = format!("{indent}{mark}");
    let rest = match item {
        [
            Block::Paragraph(content) | Block::Heading(_, content),
            rest @ ..,
        ] => {
            text.indented(&inline_text(content), &first, &inside);
            rest
        }
        blocks => {
            text.indented("", &first, &inside);
            blocks
        }
    };
    if let [
        Block::Paragraph(_) | Block::Heading(..) | Block::Quote(_),
        ..,
    ] = rest
    {
        text.blank();
    }
    write_blocks(rest, &inside, text);
}

fn inline_text(content: &[Inline]) -> String {
    let mut text = String::new();
    push_inline_text(content, &mut text);
    text
}

fn push_inline_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::Break => text.push('\n'),
            Inline::Strong(content) | Inline::Emphasis(content) => push_inline_text(content, text),
            Inline::Link { target, content } => {
                let words = inline_text(content);
                match link::absolute(target) {
                    // “post@example.org” and “example.org” say where they lead.
                    Some(target) if target.strip_prefix("mailto:") == Some(&words) => {
                        text.push_str(&words);
                    }
                    Some(target) if target.ends_with(words.trim()) => text.push_str(target),
                    Some(target) => text.extend([&words, " <", target, ">"]),
                    None => text.push_str(&words),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    fn words(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(words(text))
    }

    fn link(target: &str, text: &str) -> Inline {
        Inline::Link {
            target: target.to_owned(),
            content: words(text),
        }
    }

    fn as_html(blocks: &[Block]) -> String {
        styled(blocks, &Palette::new(None)).into_string()
    }

    fn as_text(blocks: &[Block]) -> String {
        let mut text = Text::new(Locale::De);
        write(blocks, &mut text);
        text.into_string()
    }

    #[test]
    fn elements_carry_their_styles() {
        assert_eq!(
            as_html(&[
                Block::Heading(Level::Section, words("A")),
                Block::Paragraph(vec![
                    Inline::Strong(words("1 < 2")),
                    Inline::Break,
                    link("https://x.example/?a=1&b=2", "y"),
                ]),
                Block::List {
                    ordered: false,
                    items: vec![vec![paragraph("c")], vec![paragraph("d"), paragraph("e")]],
                },
            ]),
            "<h4 style=\"margin:16px 0 4px;font-size:16px;line-height:1.4\">A</h4>\
             <p style=\"margin:0 0 12px\"><strong>1 &lt; 2</strong><br>\
             <a href=\"https://x.example/?a=1&amp;b=2\" style=\"color:#2044aa\">y</a></p>\
             <ul style=\"margin:0 0 12px;padding:0 0 0 24px\"><li style=\"margin:0 0 4px\">c</li>\
             <li style=\"margin:0 0 4px\"><p style=\"margin:0 0 12px\">d</p>\
             <p style=\"margin:0 0 12px\">e</p></li></ul>"
        );
    }

    #[test]
    fn a_link_that_no_mail_may_have_is_text() {
        let blocks = [Block::Paragraph(vec![link("javascript:x", "y")])];
        assert_eq!(as_html(&blocks), "<p style=\"margin:0 0 12px\">y</p>");
        assert_eq!(as_text(&blocks), "y\n");
    }

    #[test]
    fn plain_text_keeps_lists_and_links() {
        let blocks = [
            Block::Paragraph(vec![
                Inline::Text("Eins ".to_owned()),
                link("https://a.example/x", "zwei"),
                Inline::Text(", ".to_owned()),
                link("https://b.example", "https://b.example"),
                Inline::Text(", ".to_owned()),
                link("mailto:post@b.example", "post@b.example"),
            ]),
            Block::List {
                ordered: true,
                items: vec![
                    vec![paragraph("A")],
                    vec![
                        Block::Paragraph(vec![
                            Inline::Text("B".to_owned()),
                            Inline::Break,
                            Inline::Text("C".to_owned()),
                        ]),
                        Block::List {
                            ordered: false,
                            items: vec![vec![paragraph("D")]],
                        },
                    ],
                    vec![paragraph("E"), paragraph("F")],
                ],
            },
            Block::Quote(vec![paragraph("G")]),
        ];
        assert_eq!(
            as_text(&blocks),
            "Eins zwei <https://a.example/x>, https://b.example, post@b.example\n\n\
             1. A\n2. B\n   C\n   - D\n\n3. E\n\n   F\n\n  G\n"
        );
    }
}
