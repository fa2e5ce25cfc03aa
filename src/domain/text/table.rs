//! A table while it is read. Called by [`super::build`].
//!
//! A cell holds text, no blocks: a paragraph or an item in it begins a new line of its text.

use super::MAX_COLUMNS;
use super::blocks::{Cell, Table};

/// What the tags around a cell cost, in characters of HTML.
pub(super) const CELL_COST: usize = "<td></td>".len();
/// What the tags around a row cost.
pub(super) const ROW_COST: usize = "<tr></tr>".len();
/// What the tags around a table cost.
pub(super) const TABLE_COST: usize = "<table><thead><tr></tr></thead><tbody></tbody></table>".len();

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct TableBuilder {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// Whether a cell is open.
    pub(super) in_cell: bool,
    /// How many tables lie in the open cell: they are part of its text.
    pub(super) inner: usize,
    /// Whether all cells of the first row are heads.
    has_head: bool,
}

impl TableBuilder {
    pub(super) fn new() -> Self {
        Self {
            has_head: true,
            ..Self::default()
        }
    }

    /// Begins a cell. Whether it begins a row.
    pub(super) fn begin_cell(&mut self, is_head: bool) -> bool {
        if self.row.len() == MAX_COLUMNS {
            self.end_row();
        }
        if self.rows.is_empty() && !is_head {
            self.has_head = false;
        }
        self.in_cell = true;
        self.row.is_empty()
    }

    /// Ends the open cell, if any.
    pub(super) fn end_cell(&mut self, content: Cell) {
        if std::mem::take(&mut self.in_cell) {
            self.row.push(content);
        }
    }

    /// Ends the row. One that says nothing is left out, unless it may be the head.
    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        let is_first = self.rows.is_empty() && !row.is_empty();
        if is_first || row.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(row);
        }
    }

    /// The table; none where it says nothing. The cells that its rows lack are paid from `budget`; where
    /// that is used up the table ends.
    pub(super) fn finish(mut self, budget: &mut usize) -> Option<Table> {
        self.end_row();
        let columns = self.rows.iter().map(Vec::len).max()?;
        let mut whole = Vec::with_capacity(self.rows.len());
        for mut row in self.rows {
            let Some(left) = budget.checked_sub((columns - row.len()) * CELL_COST) else {
                *budget = 0;
                break;
            };
            *budget = left;
            row.resize_with(columns, Cell::new);
            whole.push(row);
        }
        let mut rows = whole.into_iter();
        let head = if self.has_head { rows.next() } else { None };
        let head = head.unwrap_or_else(|| vec![Cell::new(); columns]);
        let rows = rows
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let table = Table { head, rows };
        let says_something = table.cells().any(|cell| !cell.is_empty());
        says_something.then_some(table)
    }
}
