//! A text of several blocks as a page shows it: HTML without styles of its own. For mails, see
//! [`crate::rich_text`].

use maud::{Markup, html};

use crate::link;
use crate::rich_text::{Block, Inline, Level, Table, inline_text};

/// The text as HTML below a page's heading. Its sections are `h2`; where it begins with a subsection,
/// so are those, for no level may be left out.
pub(crate) fn page_text(blocks: &[Block]) -> Markup {
    let flat = first_heading(blocks) == Some(Level::Subsection);
    html! { @for block in blocks { (block_html(block, flat)) } }
}

/// The level of the heading that is read first.
fn first_heading(blocks: &[Block]) -> Option<Level> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(level, _) => Some(*level),
        Block::Quote(inner) => first_heading(inner),
        Block::List { items, .. } => items.iter().find_map(|item| first_heading(item)),
        Block::Paragraph(_) | Block::Table(_) => None,
    })
}

fn block_html(block: &Block, flat: bool) -> Markup {
    html! {
        @match block {
            Block::Paragraph(content) => p { (inline_html(content)) }
            Block::Heading(Level::Subsection, content) if !flat => h3 { (inline_html(content)) }
            Block::Heading(_, content) => h2 { (inline_html(content)) }
            Block::List { ordered: true, items } => ol { (items_html(items, flat)) }
            Block::List { ordered: false, items } => ul { (items_html(items, flat)) }
            Block::Quote(blocks) => blockquote { @for block in blocks { (block_html(block, flat)) } }
            Block::Table(table) => (table_html(table)),
        }
    }
}

/// A table that a telephone shows row by row, each cell with its head before it.
fn table_html(table: &Table) -> Markup {
    let labels: Vec<_> = table.head.iter().map(|head| plain(head)).collect();
    html! {
        table class="lists" {
            @if table.has_head() {
                thead { tr { @for head in &table.head { th scope="col" { (inline_html(head)) } } } }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (cell, label) in row.iter().zip(&labels) {
                            td data-label=[Some(label).filter(|label| !label.is_empty())] { (inline_html(cell)) }
                        }
                    }
                }
            }
        }
    }
}

/// What a head says, and a colon.
fn plain(head: &[Inline]) -> String {
    let mut text = inline_text(head).replace('\n', " ");
    if !text.is_empty() && !text.ends_with(':') {
        text.push(':');
    }
    text
}

fn items_html(items: &[Vec<Block>], flat: bool) -> Markup {
    html! {
        @for item in items {
            li {
                @match item.as_slice() {
                    // Lists of short items stand close together.
                    [Block::Paragraph(content), rest @ ..] if !rest.iter().any(|block| matches!(block, Block::Paragraph(_))) => {
                        (inline_html(content)) @for block in rest { (block_html(block, flat)) }
                    }
                    blocks => { @for block in blocks { (block_html(block, flat)) } }
                }
            }
        }
    }
}

fn inline_html(content: &[Inline]) -> Markup {
    html! {
        @for inline in content {
            @match inline {
                Inline::Text(text) => { (text) }
                Inline::Break => br;
                Inline::Strong(content) => strong { (inline_html(content)) }
                Inline::Emphasis(content) => em { (inline_html(content)) }
                Inline::Deleted(content) => del { (inline_html(content)) }
                Inline::Link { target, content } => {
                    @match link::absolute(target) {
                        Some(target) => a href=(target) { (inline_html(content)) }
                        None => { (inline_html(content)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    fn written(blocks: &[Block]) -> String {
        page_text(blocks).into_string()
    }

    #[test]
    fn foreign_text_stays_text() {
        let link = Inline::Link {
            target: "javascript:x()".to_owned(),
            content: words("<b>"),
        };
        assert_eq!(written(&[Block::Paragraph(vec![link])]), "<p>&lt;b&gt;</p>");
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        let section = Block::Heading(Level::Section, words("A"));
        let below = Block::Heading(Level::Subsection, words("B"));
        assert_eq!(
            written(&[section.clone(), below.clone()]),
            "<h2>A</h2><h3>B</h3>"
        );
        let quoted = Block::Quote(vec![below]);
        assert_eq!(
            written(&[quoted, section]),
            "<blockquote><h2>B</h2></blockquote><h2>A</h2>"
        );
    }
}
