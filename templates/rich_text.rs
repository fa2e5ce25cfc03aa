//! A text of several blocks as a mail shows it: as HTML with styles on its elements, and as plain
//! text.

use maud::{Markup, html};

use crate::colour::mail as colour;
use crate::link;
use crate::palette::Palette;
use crate::plain_text::Text;

/// Columns that a mail shows side by side; mail programs on telephones shrink or cut what is wider, so a
/// wider table is told row by row.
const MOST_COLUMNS: usize = 4;

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
    /// A table.
    Table(Table),
}

/// A table: each row has as many cells as the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns; nothing in any of them where it has no head.
    pub head: Vec<Cell>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub type Cell = Vec<Inline>;

impl Table {
    /// Whether something stands above the columns.
    pub(crate) fn has_head(&self) -> bool {
        self.head.iter().any(|cell| !cell.is_empty())
    }

    /// Whether a telephone has room for it beside the margins of a mail.
    fn is_narrow(&self) -> bool {
        self.head.len() <= MOST_COLUMNS
    }

    /// Each row with what stands above its cells; empty cells are left out. A head without rows is a row.
    fn labelled(&self) -> Vec<Vec<(&[Inline], &[Inline])>> {
        let alone = self.rows.is_empty().then_some(&self.head);
        let alone = alone.map(|head| (head, true)).into_iter();
        let rows = alone.chain(self.rows.iter().map(|row| (row, false)));
        rows.map(|(row, is_head)| {
            let above = self
                .head
                .iter()
                .map(|cell| if is_head { &[] } else { cell.as_slice() });
            let cells = above.zip(row.iter().map(Vec::as_slice));
            cells.filter(|(_, cell)| !cell.is_empty()).collect()
        })
        .collect()
    }
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
    /// Text that is struck through.
    Deleted(Vec<Inline>),
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
            Block::Table(table) if table.is_narrow() => (table_html(table, palette)),
            Block::Table(table) => ul style=(LIST) {
                @for row in table.labelled() {
                    li style="margin:0 0 4px" {
                        @for (at, (head, cell)) in row.into_iter().enumerate() {
                            @if at > 0 { "; " }
                            @if !head.is_empty() { (inline(head)) ": " }
                            (inline(cell))
                        }
                    }
                }
            }
        }
    }
}

/// A table of data: mail programs read its head out with each cell.
fn table_html(table: &Table, palette: &Palette) -> Markup {
    const TABLE: &str = "margin:0 0 12px;border-collapse:collapse";
    // Outlook gives cells a size of their own.
    let cell = format!(
        "padding:4px 12px 4px 0;border-bottom:1px solid {};text-align:left;vertical-align:top;font-size:16px;line-height:1.4",
        colour::LINE
    );
    html! {
        table style=(TABLE) {
            @if table.has_head() {
                thead { tr { @for head in &table.head { th class="line" scope="col" style=(cell) { (inline_html(head, palette)) } } } }
            }
            tbody {
                @for row in &table.rows {
                    tr { @for content in row { td class="line" style=(cell) { (inline_html(content, palette)) } } }
                }
            }
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
                Inline::Deleted(content) => del { (inline_html(content, palette)) }
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
            Block::Table(table) => {
                let (first, further) = (format!("{indent}- "), format!("{indent}  "));
                for row in table.labelled() {
                    let cells =
                        row.into_iter()
                            .map(|(head, cell)| match inline_text(head).as_str() {
                                "" => inline_text(cell),
                                head => format!("{head}: {}", inline_text(cell)),
                            });
                    let row = cells.collect::<Vec<_>>().join("; ").replace('\n', " ");
                    text.indented(&row, &first, &further);
                }
                text.blank();
            }
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

pub(crate) fn inline_text(content: &[Inline]) -> String {
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
            // Without a mark it would be read as if it held.
            Inline::Deleted(content) => {
                text.push_str("~~");
                push_inline_text(content, text);
                text.push_str("~~");
            }
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
