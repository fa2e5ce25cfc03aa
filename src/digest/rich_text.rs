//! Texts that were read as the templates take them, which know nothing of the domain.

use templates::rich_text as view;

use crate::domain::text::{Block, Cell, Inline, Level};

/// The blocks of a text as a view.
pub fn view_of(blocks: Vec<Block>) -> Vec<view::Block> {
    blocks.into_iter().map(block).collect()
}

fn block(block: Block) -> view::Block {
    match block {
        Block::Paragraph(content) => view::Block::Paragraph(inlines(content)),
        Block::Heading(Level::Section, content) => {
            view::Block::Heading(view::Level::Section, inlines(content))
        }
        Block::Heading(Level::Subsection, content) => {
            view::Block::Heading(view::Level::Subsection, inlines(content))
        }
        Block::List { ordered, items } => view::Block::List {
            ordered,
            items: items.into_iter().map(view_of).collect(),
        },
        Block::Quote(blocks) => view::Block::Quote(view_of(blocks)),
        Block::Table(table) => view::Block::Table(view::Table {
            head: cells(table.head),
            rows: table.rows.into_iter().map(cells).collect(),
        }),
    }
}

fn cells(cells: Vec<Cell>) -> Vec<view::Cell> {
    cells.into_iter().map(inlines).collect()
}

fn inlines(content: Vec<Inline>) -> Vec<view::Inline> {
    content.into_iter().map(inline).collect()
}

fn inline(inline: Inline) -> view::Inline {
    match inline {
        Inline::Text(text) => view::Inline::Text(text),
        Inline::Break => view::Inline::Break,
        Inline::Strong(content) => view::Inline::Strong(inlines(content)),
        Inline::Emphasis(content) => view::Inline::Emphasis(inlines(content)),
        Inline::Deleted(content) => view::Inline::Deleted(inlines(content)),
        Inline::Link { target, content } => view::Inline::Link {
            target,
            content: inlines(content),
        },
    }
}
