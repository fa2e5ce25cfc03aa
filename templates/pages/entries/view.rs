//! What a list of entries holds.

use chrono::NaiveDate;

use crate::entry_item::{Feeds, ItemView, SubscribeLink};
use crate::layout::Section;

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// News.
    News,
    /// Events.
    Events,
    /// Council papers and meetings.
    Papers,
}

impl ListKind {
    /// The section of the pages.
    pub(crate) const fn section(self) -> Section {
        match self {
            Self::News => Section::News,
            Self::Events => Section::Events,
            Self::Papers => Section::Papers,
        }
    }
}

/// Entries of a section, newest first; events by their beginning.
#[derive(Debug, Clone)]
pub struct EntriesView {
    /// Which list it is.
    pub kind: ListKind,
    /// Path of the whole list, without a query: the form adds one.
    pub path: String,
    /// Path of the list's beginning, with its topic and month.
    pub first: String,
    /// The language somebody chose, which the form keeps.
    pub chosen_language: Option<String>,
    /// The name of the topic it is reduced to.
    pub topic: Option<String>,
    /// The month it is reduced to, as its first day.
    pub month: Option<NaiveDate>,
    /// Topics to choose from: key, name, whether it is chosen.
    pub topics: Vec<TopicOption>,
    /// Months to choose from, the first day of each.
    pub months: Vec<NaiveDate>,
    /// Events that began earlier and are not over.
    pub running: Vec<ItemView>,
    /// The entries.
    pub items: Vec<ItemView>,
    /// Path of the list that goes on behind the last one.
    pub next: Option<String>,
    /// Whether this is not the first part of the list.
    pub is_continued: bool,
    /// Newsletters to subscribe to, with the topic of the list.
    pub newsletters: Vec<SubscribeLink>,
    /// Where the feeds are.
    pub feeds: Feeds,
}

/// A topic to choose.
#[derive(Debug, Clone)]
pub struct TopicOption {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether the list is reduced to it.
    pub chosen: bool,
}
