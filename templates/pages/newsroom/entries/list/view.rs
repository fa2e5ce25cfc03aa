//! What the list of entries holds.

use chrono::NaiveDateTime;

use crate::date::When;
use crate::pages::entry::Kind;
use crate::pages::newsroom::entries::words::State;

/// The list of entries.
#[derive(Debug, Clone)]
pub struct EntryListView {
    /// What is looked for.
    pub filter: FilterForm,
    /// The number of entries in every state, and where each list is.
    pub states: Vec<StateTab>,
    /// Changes that sources propose: how many, and where.
    pub proposals: (u32, String),
    /// How many entries the filter finds.
    pub total: i64,
    /// Those of this page.
    pub lines: Vec<EntryLine>,
    /// Where the pages before and after this one are.
    pub pages: (Option<String>, Option<String>),
    /// What this user may do with them; none for those who only look.
    pub work: Option<ListWork>,
    /// Filters this user has kept.
    pub kept: KeptFilters,
    /// What was just done.
    pub done: Option<ListDone>,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// The form that filters the list.
#[derive(Debug, Clone, Default)]
pub struct FilterForm {
    /// Where it leads.
    pub action: String,
    /// The language of the page where that was chosen by the link.
    pub lang: Option<String>,
    /// The words.
    pub words: String,
    /// The state, which the tabs choose.
    pub state: String,
    /// Kinds of entries.
    pub kinds: Vec<Choice>,
    /// Topics.
    pub topics: Vec<Choice>,
    /// Organisations.
    pub organisations: Vec<Choice>,
    /// How they came in.
    pub origins: Vec<Choice>,
    /// The first day, as it was typed.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Whether the first or the last day is none.
    pub wrong: (bool, bool),
    /// The list without any filter, where there is one.
    pub all: Option<String>,
}

/// Something to choose in a form.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name in the form.
    pub value: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The list of one state.
#[derive(Debug, Clone)]
pub struct StateTab {
    /// Which; none for all.
    pub state: Option<State>,
    /// Where it is.
    pub url: String,
    /// How many there are.
    pub count: i64,
    /// Whether it is this one.
    pub current: bool,
}

/// An entry in the list.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// Its name in forms.
    pub uuid: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where that is not the page's.
    pub lang: Option<String>,
    /// What kind of entry it is.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub organisation: String,
    /// Its topics.
    pub topics: Vec<String>,
    /// When it takes place.
    pub when: Option<When>,
    /// Where it takes place.
    pub place: Option<String>,
    /// In how many languages there is a text.
    pub languages: i64,
    /// Whether it comes first.
    pub pinned: bool,
    /// Where the change is that its source proposes.
    pub proposal: Option<String>,
    /// When it last changed.
    pub changed: NaiveDateTime,
}

/// What can be done on the list.
#[derive(Debug, Clone)]
pub struct ListWork {
    /// Where news are written.
    pub news: String,
    /// Where events are written.
    pub event: String,
    /// Where the question about ticked entries is.
    pub ask: String,
    /// The query of this list, to come back to it.
    pub back: String,
}

/// Filters that were kept.
#[derive(Debug, Clone, Default)]
pub struct KeptFilters {
    /// Each with its name and where it leads.
    pub filters: Vec<(String, String)>,
    /// Where one is kept or forgotten.
    pub action: String,
    /// The query that would be kept; empty where nothing is filtered.
    pub query: String,
    /// The name that was given and cannot be taken.
    pub wrong: Option<WrongName>,
}

/// Why a filter cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongName {
    /// It has no name.
    Empty,
    /// There are as many as there may be.
    TooMany,
}

/// What was done before the list was shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListDone {
    /// So many entries were published.
    Published(i64),
    /// So many were withdrawn.
    Withdrawn(i64),
    /// A filter was kept.
    Kept,
    /// A filter was forgotten.
    Forgotten,
}
