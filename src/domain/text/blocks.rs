//! A text as a small tree of blocks, and the two things that are written from it: HTML and one line
//! of plain text.
//!
//! The tree holds text, a few kinds of block and link targets that were parsed; nothing else can be
//! said with it. So what is written from it is safe by construction, whatever it was read from.
//! [`super::read`] makes the tree; the mail templates write their own HTML and text from it.

/// A block of text. No block is empty, and no two lines of text run into each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading(Level, Vec<Inline>),
    /// A list; each item holds at least one block.
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

/// A table: each row has as many cells as the head, at least one. Some of them may be empty, but in each
/// row something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns; nothing in any of them where a table has no head.
    pub head: Vec<Cell>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub type Cell = Vec<Inline>;

/// The level of a heading inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `h3`; `h1` and `h2` become one.
    Section,
    /// `h4`; `h5` and `h6` become one.
    Subsection,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text without line breaks; runs of spaces are one space.
    Text(String),
    /// A line break.
    Break,
    /// Text of importance.
    Strong(Vec<Inline>),
    /// Stressed text.
    Emphasis(Vec<Inline>),
    /// Text that no longer holds: it is struck through.
    Deleted(Vec<Inline>),
    /// A link.
    Link {
        /// An absolute `http`, `https` or `mailto` URL.
        target: String,
        /// The text of the link.
        content: Vec<Inline>,
    },
}

impl Table {
    /// All cells, row by row, the head first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(self.rows.iter().flatten())
    }

    /// Each row with what stands above its cells; cells that say nothing are left out. A table of nothing
    /// but a head has that as its only row.
    pub fn labelled(&self) -> impl Iterator<Item = impl Iterator<Item = (&Cell, &Cell)>> {
        static NOTHING: Cell = Cell::new();
        let alone = self.rows.is_empty().then_some(&self.head);
        let alone = alone.map(|head| (head, true));
        let rows = self.rows.iter().map(|row| (row, false));
        alone.into_iter().chain(rows).map(|(row, is_head)| {
            let above = self
                .head
                .iter()
                .map(move |cell| if is_head { &NOTHING } else { cell });
            above.zip(row).filter(|(_, cell)| !cell.is_empty())
        })
    }
}

/// The blocks as HTML. Reading it gives the same blocks again.
pub(super) fn to_html(blocks: &[Block]) -> String {
    let mut html = String::new();
    write_blocks(blocks, &mut html);
    html
}

fn write_blocks(blocks: &[Block], html: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => element("p", html, |html| write_inlines(content, html)),
            Block::Heading(Level::Section, content) => {
                element("h3", html, |html| write_inlines(content, html));
            }
            Block::Heading(Level::Subsection, content) => {
                element("h4", html, |html| write_inlines(content, html));
            }
            Block::List { ordered, items } => {
                let name = if *ordered { "ol" } else { "ul" };
                element(name, html, |html| {
                    for item in items {
                        element("li", html, |html| write_item(item, html));
                    }
                });
            }
            Block::Quote(blocks) => element("blockquote", html, |html| write_blocks(blocks, html)),
            Block::Table(table) => element("table", html, |html| write_table(table, html)),
        }
    }
}

fn write_table(table: &Table, html: &mut String) {
    let row = |name: &str, cells: &[Cell], html: &mut String| {
        element("tr", html, |html| {
            for cell in cells {
                element(name, html, |html| write_inlines(cell, html));
            }
        });
    };
    element("thead", html, |html| row("th", &table.head, html));
    if !table.rows.is_empty() {
        element("tbody", html, |html| {
            for cells in &table.rows {
                row("td", cells, html);
            }
        });
    }
}

/// An item that begins with its only paragraph needs no `p` around it.
fn write_item(item: &[Block], html: &mut String) {
    match item {
        [Block::Paragraph(content), rest @ ..] if is_tight(item) => {
            write_inlines(content, html);
            write_blocks(rest, html);
        }
        blocks => write_blocks(blocks, html),
    }
}

fn is_tight(item: &[Block]) -> bool {
    let is_paragraph = |block: &&Block| matches!(block, Block::Paragraph(_));
    item.iter().filter(is_paragraph).count() == 1
}

fn write_inlines(content: &[Inline], html: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) => escape(text, html),
            Inline::Break => html.push_str("<br>"),
            Inline::Strong(content) => {
                element("strong", html, |html| write_inlines(content, html));
            }
            Inline::Emphasis(content) => element("em", html, |html| write_inlines(content, html)),
            Inline::Deleted(content) => element("del", html, |html| write_inlines(content, html)),
            Inline::Link { target, content } => {
                write_link(target, html, |html| write_inlines(content, html));
            }
        }
    }
}

fn element(name: &str, html: &mut String, content: impl FnOnce(&mut String)) {
    html.extend(["<", name, ">"]);
    content(html);
    html.extend(["</", name, ">"]);
}

/// A link around text that is HTML already.
pub(super) fn write_link(target: &str, html: &mut String, content: impl FnOnce(&mut String)) {
    html.push_str("<a href=\"");
    for part in target.split_inclusive('"') {
        escape(part.trim_end_matches('"'), html);
        if part.ends_with('"') {
            html.push_str("&quot;");
        }
    }
    html.push_str("\">");
    content(html);
    html.push_str("</a>");
}

/// Escapes what could be read as markup.
pub(super) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            c => html.push(c),
        }
    }
}

/// The text of the blocks on one line: breaks and the ends of blocks are spaces. What is struck through is
/// left out: without its line it would be taken for what holds.
pub(super) fn to_line(blocks: &[Block]) -> String {
    let mut line = String::new();
    line_of_blocks(blocks, &mut line);
    line.truncate(line.trim_end().len());
    line
}

fn line_of_blocks(blocks: &[Block], line: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading(_, content) => {
                line_of_inlines(content, line);
                line.push(' ');
            }
            Block::List { items, .. } => {
                for item in items {
                    line_of_blocks(item, line);
                }
            }
            Block::Quote(blocks) => line_of_blocks(blocks, line),
            Block::Table(table) => {
                for cell in table.cells().filter(|cell| !cell.is_empty()) {
                    line_of_inlines(cell, line);
                    line.push(' ');
                }
            }
        }
    }
}

fn line_of_inlines(content: &[Inline], line: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) => line.push_str(text),
            Inline::Break => line.push(' '),
            Inline::Deleted(_) => {}
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => {
                line_of_inlines(content, line);
            }
        }
    }
}
