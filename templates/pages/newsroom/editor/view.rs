//! What the editor of an entry holds.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::pages::entry::{EntryView, Kind};
use crate::pages::newsroom::entries::show::EntryPages;
use crate::pages::newsroom::entries::words::State;

/// An entry being written.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the page, alone"
)]
pub struct EditorView {
    /// Where the form posts to.
    pub action: String,
    /// What it is: not all fields are for each.
    pub kind: Kind,
    /// Whether there is no such entry yet.
    pub is_new: bool,
    /// Whether readers see the entry.
    pub is_public: bool,
    /// Whether it can be handed in from its state.
    pub can_hand_in: bool,
    /// Its UUID; of a new one, that it will have.
    pub uuid: String,
    /// The version it was read from; none of a new entry.
    pub base: Option<i64>,
    /// Whether the fields hold the words of two people.
    pub is_merged: bool,
    /// The text in each language, the original first.
    pub panels: Vec<Panel>,
    /// What stands in each field, by its name; what is missing is empty.
    pub values: BTreeMap<String, String>,
    /// The topics: key and name.
    pub topics: Vec<(String, String)>,
    /// Where the piece of its audience is, for the topics that are ticked.
    pub audience_href: String,
    /// For whom it is, with the topics that are ticked.
    pub audience: Vec<AudienceView>,
    /// Where it stands and where its other pages are; none of a new one.
    pub stands: Option<Stands>,
    /// What is wrong, by the name of the field.
    pub problems: Vec<(String, Problem)>,
    /// How it would look in each language that something is written in.
    pub previews: Vec<Preview>,
    /// Who has it open too.
    pub others: Vec<String>,
    /// What was written and not saved.
    pub drafts: Vec<DraftOffer>,
    /// The dates that saving a repeated event would write, to be confirmed.
    pub series: Vec<String>,
    /// What two people changed at once.
    pub conflicts: Vec<Conflict>,
    /// Why nothing was saved, where that is not for a field.
    pub trouble: Option<Trouble>,
    /// What was just done.
    pub done: Option<Done>,
    /// The page of its picture; none of a new one.
    pub picture: Option<String>,
    /// Whether it was written just now, and has no picture yet.
    pub offers_picture: bool,
}

/// Where an entry stands, and its other pages.
#[derive(Debug, Clone)]
pub struct Stands {
    /// Its state.
    pub state: State,
    /// Whether it can be called off.
    pub can_cancel: bool,
    /// Where its pages are.
    pub pages: EntryPages,
    /// How many versions there are.
    pub versions: i64,
}

/// The readers of a newsletter for whom an entry is.
#[derive(Debug, Clone)]
pub struct AudienceView {
    /// Its name.
    pub newsletter: String,
    /// How many.
    pub readers: i64,
    /// In how many variants they read it.
    pub variants: i64,
}

/// The text in one language.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its tag.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// Whether the entry was written in it.
    pub is_original: bool,
    /// What is new in the original since this was translated; empty where it is up to date.
    pub news: Vec<String>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A text has no title.
    NoTitle,
    /// It is too long.
    TooLong,
    /// It is not an address of a web page.
    NoUrl,
    /// It is not a mail address.
    NoEmail,
    /// It is not a day or time.
    NoTime,
    /// An event has no day.
    NoDay,
    /// An event has no time, and does not last all day.
    NoStartTime,
    /// It ends before it begins.
    EndsBefore,
    /// It ends at an earlier time of the same day: perhaps it is that of the next one.
    EndsNextDay,
    /// It is online, and nobody knows where.
    NoOnlineUrl,
    /// An event is repeated too often.
    TooMany,
    /// An event takes place once, and there is a day until which it is repeated.
    NotRepeated,
    /// There is no second date until that day.
    NoSecondDate,
    /// It is not a time zone.
    NoZone,
}

/// Why nothing was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The database failed.
    NotSaved,
    /// Somebody else saved meanwhile: who.
    MovedOn(String),
    /// Its state does not allow this any more.
    State,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It was saved.
    Saved,
    /// It was saved and published.
    Published,
    /// It was saved and handed in.
    HandedIn,
    /// It said this before.
    Unchanged,
    /// What somebody else had saved was merged with this.
    Merged,
    /// The draft was dropped.
    Dropped,
}

/// Something written and not saved.
#[derive(Debug, Clone)]
pub struct DraftOffer {
    /// When, e.g. “10:03”.
    pub at: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// The editor with it.
    pub href: String,
    /// The name of its entry, to drop it.
    pub entry: String,
}

/// A field that two people changed at once.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Its name.
    pub field: String,
    /// What the other one wrote.
    pub theirs: String,
    /// What this one wrote.
    pub mine: String,
}

/// The entry as readers of one language would see it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The name of the language in itself.
    pub name: String,
    /// The language of the page around the text.
    pub locale: Locale,
    /// The page.
    pub entry: EntryView,
}

impl EditorView {
    /// Whether it is an event or a meeting.
    pub const fn takes_place(&self) -> bool {
        matches!(self.kind, Kind::Event | Kind::Meeting)
    }

    /// Whether it is or will be a draft when it is saved.
    pub fn is_draft(&self) -> bool {
        let state = self.stands.as_ref().map(|stands| stands.state);
        state.is_none_or(|state| state == State::Draft)
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}
