//! From tags and text to blocks. Called by [`super::read`].
//!
//! No tree of elements is built on the way: what is open is a stack of lists, items and quotations
//! of at most [`MAX_NESTING`], and three styles. So nothing that stands in a text can make this
//! take more than one step for each tag and character.

use std::rc::Rc;

use html5ever::tokenizer::{Tag, TagKind, TokenSinkResult};

use super::blocks::{Block, Level};
use super::elements::{Element, Raw, element};
use super::line::{Line, Style};
use super::table::{CELL_COST, ROW_COST, TABLE_COST, TableBuilder};
use super::{MAX_HTML, MAX_NESTING};

/// What the tags around a block cost at most, in characters of HTML.
const BLOCK_COST: usize = "<blockquote></blockquote>".len();
/// How many characters a link has at most.
const MAX_LINK: usize = 2_000;

/// What is open around the text that is being read.
#[derive(Debug)]
enum Container {
    Quote(Vec<Block>),
    Item(Vec<Block>),
    List {
        ordered: bool,
        /// Whether it was begun by an item without a list: then it ends with anything but an item.
        implied: bool,
        items: Vec<Vec<Block>>,
    },
    /// Nothing lies in a table but text.
    Table(TableBuilder),
}

/// What is left out at the moment.
#[derive(Debug)]
enum Hidden {
    /// Everything in elements of this name, which lie this deep in each other.
    Element(String, usize),
    /// Everything up to the end tag that the tokenizer looks for.
    Raw,
}

/// Blocks being built.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    /// From where relative links are seen.
    base: Option<&'a url::Url>,
    /// The finished blocks that lie in no container.
    blocks: Vec<Block>,
    open: Vec<Container>,
    line: Option<(Option<Level>, Line)>,
    heading: Option<Level>,
    strong: usize,
    emphasis: usize,
    deleted: usize,
    /// Whether a table has begun and none of its cells: pages set their columns in tables too, and only one
    /// that begins with a head is a table of data.
    begins_table: bool,
    link: Option<Rc<str>>,
    hidden: Option<Hidden>,
    /// How many characters of HTML may still be written.
    budget: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(base: Option<&'a url::Url>) -> Self {
        Self {
            base,
            blocks: Vec::new(),
            open: Vec::new(),
            line: None,
            heading: None,
            strong: 0,
            emphasis: 0,
            deleted: 0,
            begins_table: false,
            link: None,
            hidden: None,
            budget: MAX_HTML,
        }
    }

    /// Whether the tokenizer reads raw text, in which there are no tags.
    pub(super) fn is_raw(&self) -> bool {
        matches!(self.hidden, Some(Hidden::Raw))
    }

    /// Whether nothing more will be taken.
    pub(super) fn is_full(&self) -> bool {
        self.budget == 0
    }

    /// Ends everything that is open.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close_down_to(0);
        self.blocks
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let style = Style {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            deleted: self.deleted > 0,
            link: self.link.clone(),
        };
        for c in text.chars() {
            if self.is_full() {
                return;
            }
            if self.line.is_none() {
                if c.is_whitespace() || super::is_unwanted(c) {
                    continue;
                }
                self.begin_content();
                // A cell has been paid for.
                if !matches!(self.open.last(), Some(Container::Table(_))) {
                    self.pay(BLOCK_COST);
                }
                self.line = Some((self.heading, Line::default()));
            }
            if let Some((_, line)) = &mut self.line {
                line.push(c, &style, &mut self.budget);
            }
        }
    }

    pub(super) fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match &mut self.hidden {
            Some(Hidden::Raw) => {
                // The tokenizer gives no other tag while it reads raw text.
                self.hidden = None;
                return TokenSinkResult::Continue;
            }
            Some(Hidden::Element(hidden, depth)) => {
                // The end tag of a page's head may be left out.
                let is_body = hidden == "head" && name == "body";
                if hidden == name && tag.kind == TagKind::StartTag && !tag.self_closing {
                    *depth += 1;
                } else if hidden == name && tag.kind == TagKind::EndTag {
                    *depth -= 1;
                }
                if *depth > 0 && !is_body {
                    return TokenSinkResult::Continue;
                }
                self.hidden = None;
                return TokenSinkResult::Continue;
            }
            None => {}
        }
        let Some(element) = element(name).filter(|_| !self.is_full()) else {
            return TokenSinkResult::Continue;
        };
        match tag.kind {
            TagKind::StartTag => self.start(element, tag),
            TagKind::EndTag => {
                self.end(element);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, element: Element, tag: &Tag) -> TokenSinkResult<()> {
        if self.in_table(element, true) {
            return TokenSinkResult::Continue;
        }
        match element {
            Element::Paragraph => {
                self.end_line();
                self.heading = None;
            }
            Element::Break => self.line_break(),
            Element::Heading(level) => {
                self.end_line();
                self.heading = Some(level);
            }
            Element::List { ordered } => {
                self.end_line();
                self.heading = None;
                self.begin_content();
                self.push(Container::List {
                    ordered,
                    implied: false,
                    items: Vec::new(),
                });
            }
            Element::Item => self.start_item(),
            Element::Quote => {
                self.end_line();
                self.heading = None;
                self.begin_content();
                self.push(Container::Quote(Vec::new()));
            }
            Element::Strong => self.strong += 1,
            Element::Emphasis => self.emphasis += 1,
            Element::Deleted => self.deleted += 1,
            Element::Table => {
                self.end_line();
                self.heading = None;
                self.begins_table = true;
            }
            Element::Cell { is_head } => {
                self.end_line();
                if std::mem::take(&mut self.begins_table) && is_head {
                    self.start_table();
                }
            }
            Element::Link => self.link = self.target(tag).map(Rc::from),
            Element::Block | Element::Rows | Element::Row => self.end_line(),
            Element::Inline => {}
            Element::Hidden | Element::Raw(_) => {
                self.text(" ");
                // Feeds made of XHTML close these at once.
                if !tag.self_closing {
                    return self.hide(element, tag);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn hide(&mut self, element: Element, tag: &Tag) -> TokenSinkResult<()> {
        let Element::Raw(raw) = element else {
            self.hidden = Some(Hidden::Element(tag.name.to_string(), 1));
            return TokenSinkResult::Continue;
        };
        self.hidden = Some(Hidden::Raw);
        match raw {
            Raw::Until(kind) => TokenSinkResult::RawData(kind),
            Raw::ToTheEnd => TokenSinkResult::Plaintext,
        }
    }

    fn end(&mut self, element: Element) {
        if self.in_table(element, false) {
            return;
        }
        match element {
            Element::Paragraph
            | Element::Block
            | Element::Rows
            | Element::Row
            | Element::Cell { .. } => self.end_line(),
            Element::Table => {
                self.end_line();
                self.begins_table = false;
            }
            Element::Break => self.line_break(),
            Element::Heading(_) => {
                self.end_line();
                self.heading = None;
            }
            Element::List { ordered } => {
                let same = |one: &Container| matches!(one, Container::List { ordered: own, .. } if *own == ordered);
                self.close(same);
            }
            Element::Item => {
                // The end of an item does not end one around its list.
                let last = self
                    .open
                    .iter()
                    .rposition(|one| !matches!(one, Container::Quote(_)));
                if let Some(at) = last.filter(|at| matches!(self.open[*at], Container::Item(_))) {
                    self.close_down_to(at);
                }
            }
            Element::Quote => self.close(|one| matches!(one, Container::Quote(_))),
            Element::Strong => self.strong = self.strong.saturating_sub(1),
            Element::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            Element::Deleted => self.deleted = self.deleted.saturating_sub(1),
            Element::Link => self.link = None,
            Element::Inline | Element::Hidden | Element::Raw(_) => {}
        }
    }

    /// Begins the table of data around the cell that begins, unless it lies too deep.
    fn start_table(&mut self) {
        self.begin_content();
        if self.open.len() < MAX_NESTING {
            self.pay(TABLE_COST);
            self.open.push(Container::Table(TableBuilder::new()));
            self.start_cell(true);
        }
    }

    /// Does what a tag does in a table; false where no table is open, or the tag does there what it does
    /// elsewhere.
    fn in_table(&mut self, element: Element, is_start: bool) -> bool {
        let Some(Container::Table(table)) = self.open.last_mut() else {
            return false;
        };
        let is_inner = table.inner > 0;
        match element {
            Element::Strong
            | Element::Emphasis
            | Element::Deleted
            | Element::Link
            | Element::Break
            | Element::Inline
            | Element::Hidden
            | Element::Raw(_) => return false,
            Element::Table if is_start => {
                table.inner += 1;
                self.new_line();
            }
            Element::Table if is_inner => {
                table.inner -= 1;
                self.new_line();
            }
            Element::Table => self.close_down_to(self.open.len() - 1),
            Element::Row | Element::Rows if !is_inner => self.end_row(),
            Element::Cell { is_head } if !is_inner => {
                self.end_cell();
                if is_start {
                    self.start_cell(is_head);
                }
            }
            Element::Row
            | Element::Rows
            | Element::Cell { .. }
            | Element::Paragraph
            | Element::Heading(_)
            | Element::List { .. }
            | Element::Item
            | Element::Quote
            | Element::Block => self.new_line(),
        }
        true
    }

    fn start_cell(&mut self, is_head: bool) {
        if let Some(Container::Table(table)) = self.open.last_mut() {
            let begins_row = table.begin_cell(is_head);
            self.pay(CELL_COST + if begins_row { ROW_COST } else { 0 });
        }
    }

    fn end_cell(&mut self) {
        let line = self.line.take();
        if let Some(Container::Table(table)) = self.open.last_mut() {
            table.end_cell(line.map_or_else(Vec::new, |(_, line)| line.finish()));
            table.inner = 0;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(Container::Table(table)) = self.open.last_mut() {
            table.end_row();
        }
    }

    /// A block begins or ends in a cell, which holds text only.
    fn new_line(&mut self) {
        if let Some((_, line)) = &mut self.line
            && !line.ends_with_break()
        {
            line.push_break();
        }
    }

    fn line_break(&mut self) {
        if let Some((_, line)) = &mut self.line {
            line.push_break();
        }
    }

    fn start_item(&mut self) {
        self.end_line();
        self.heading = None;
        if let Some(Container::Item(_)) = self.open.last() {
            self.close_down_to(self.open.len() - 1);
        }
        if !matches!(self.open.last(), Some(Container::List { .. })) {
            // A list needs a level for its item too.
            if self.open.len() + 2 > MAX_NESTING {
                return;
            }
            self.push(Container::List {
                ordered: false,
                implied: true,
                items: Vec::new(),
            });
        }
        self.push(Container::Item(Vec::new()));
    }

    /// Before text or a block that is no item: in a list it belongs to an item.
    fn begin_content(&mut self) {
        if let Some(Container::List { implied: true, .. }) = self.open.last() {
            self.close_down_to(self.open.len() - 1);
        }
        match self.open.last() {
            Some(Container::List { .. }) => self.push(Container::Item(Vec::new())),
            // Text beside the cells has one of its own.
            Some(Container::Table(table)) if !table.in_cell => self.start_cell(false),
            _ => {}
        }
    }

    fn pay(&mut self, price: usize) {
        self.budget = self.budget.saturating_sub(price);
    }

    fn push(&mut self, container: Container) {
        if self.open.len() < MAX_NESTING {
            self.pay(BLOCK_COST);
            self.open.push(container);
        }
    }

    /// Ends the line that is being read, if any.
    fn end_line(&mut self) {
        if let Some(Container::Table(_)) = self.open.last() {
            return self.end_cell();
        }
        let Some((level, line)) = self.line.take() else {
            return;
        };
        let content = line.finish();
        if !content.is_empty() {
            self.add(match level {
                Some(level) => Block::Heading(level, content),
                None => Block::Paragraph(content),
            });
        }
    }

    /// Closes the innermost of these containers and all that lies in it.
    fn close(&mut self, which: impl Fn(&Container) -> bool) {
        if let Some(at) = self.open.iter().rposition(which) {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        self.end_line();
        self.heading = None;
        while self.open.len() > depth {
            match self.open.pop() {
                Some(Container::Quote(blocks)) if !blocks.is_empty() => {
                    self.add(Block::Quote(blocks));
                }
                Some(Container::Table(table)) => {
                    if let Some(table) = table.finish(&mut self.budget) {
                        self.add(Block::Table(table));
                    }
                }
                Some(Container::List { ordered, items, .. }) if !items.is_empty() => {
                    self.add(Block::List { ordered, items });
                }
                Some(Container::Item(blocks)) if !blocks.is_empty() => {
                    if let Some(Container::List { items, .. }) = self.open.last_mut() {
                        items.push(blocks);
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.blocks.push(block),
            Some(Container::Quote(blocks) | Container::Item(blocks)) => blocks.push(block),
            // At the greatest depth there is no level for an item.
            Some(Container::List { items, .. }) => items.push(vec![block]),
            Some(Container::Table(_)) => {}
        }
    }

    /// The target of a link, if it is one that a reader may be sent to.
    fn target(&self, tag: &Tag) -> Option<String> {
        let href = tag.attrs.iter().find(|one| &*one.name.local == "href")?;
        let written = href.value.trim();
        let url = match (url::Url::parse(written), self.base) {
            (Ok(url), _) => url,
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
                base.join(written).ok()?
            }
            _ => return None,
        };
        let known = match url.scheme() {
            "http" | "https" => url.has_host(),
            "mailto" => url.path().contains('@'),
            _ => false,
        };
        // Some URLs are written differently each time they are parsed.
        let is_stable = || url::Url::parse(url.as_str()).is_ok_and(|again| again == url);
        (known && url.as_str().len() <= MAX_LINK && is_stable()).then(|| url.into())
    }
}
