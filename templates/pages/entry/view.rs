//! What the page of an entry holds.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::taking_part::TakingPart;
use crate::date::When;
use crate::entry_item::{Feeds, ItemView, SubscribeLink};
use crate::picture::PictureView;
use crate::rich_text::Block;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something happened.
    News,
    /// Something takes place.
    Event,
    /// A matter before a council.
    Paper,
    /// A sitting of a council.
    Meeting,
}

/// An entry on its own page.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// What it is about.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// The language of its text as a BCP 47 tag, where that is not the page's.
    pub lang: Option<String>,
    /// A paragraph of plain text; may be empty.
    pub teaser: String,
    /// Its text, read and cleaned; may be empty.
    pub body: Vec<Block>,
    /// What search engines and other sites show of it: a few sentences.
    pub description: String,
    /// Its picture.
    pub picture: Option<PictureView>,
    /// Files of the picture to choose from: path, and width in pixels.
    pub picture_files: Vec<(String, u32)>,
    /// Whose it is.
    pub organisation: String,
    /// The day under which it is found.
    pub date: NaiveDate,
    /// When it became public.
    pub published: DateTime<FixedOffset>,
    /// When it last changed.
    pub modified: DateTime<FixedOffset>,
    /// When and where it takes place. Events and meetings.
    pub occasion: Option<Occasion>,
    /// What a council is to decide. Papers.
    pub paper: Option<PaperView>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// Where its author tells more.
    pub url: Option<String>,
    /// Its topics.
    pub topics: Vec<TopicLink>,
    /// Newer entries of the same topics, or of the same section where it has none.
    pub more: Vec<ItemView>,
    /// Newsletters that carry its topics.
    pub newsletters: Vec<SubscribeLink>,
    /// Where the page and its neighbours are.
    pub addresses: Addresses,
}

/// When and where something takes place.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// By the clock of its place, for people.
    pub when: When,
    /// When it begins, for machines.
    pub starts: DateTime<FixedOffset>,
    /// When it ends, for machines; the same instant people are told.
    pub ends: Option<DateTime<FixedOffset>>,
    /// The name of its time zone, where its clock is not that of the readers.
    pub zone: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When it was to take place before it was moved.
    pub moved_from: Option<When>,
    /// How one takes part.
    pub taking_part: TakingPart,
}

/// What a council is to decide.
#[derive(Debug, Clone, Default)]
pub struct PaperView {
    /// The council's file number.
    pub reference: Option<String>,
    /// Who decides.
    pub committee: Option<String>,
    /// What is to be decided.
    pub decision: Option<String>,
    /// What follows from it, for staff and budget.
    pub effects: Option<String>,
    /// Documents: title and address.
    pub attachments: Vec<(String, String)>,
}

impl PaperView {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let texts = [
            &self.reference,
            &self.committee,
            &self.decision,
            &self.effects,
        ];
        texts.into_iter().all(Option::is_none) && self.attachments.is_empty()
    }
}

/// Whom to ask.
#[derive(Debug, Clone, Default)]
pub struct ContactView {
    /// A name, with office or address.
    pub name: Option<String>,
    /// A mail address.
    pub email: Option<String>,
    /// A telephone number as people write it.
    pub phone: Option<String>,
}

/// A topic and the list of its entries.
#[derive(Debug, Clone)]
pub struct TopicLink {
    /// Its name.
    pub name: String,
    /// Path of the list.
    pub href: String,
}

/// Where the page and its neighbours are.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// What every absolute address begins with, without a slash at the end.
    pub origin: String,
    /// The page in the language of the text that is shown, absolute.
    pub canonical: String,
    /// The page without a language chosen, absolute.
    pub plain: String,
    /// The page in each language the entry has: language and absolute address.
    pub alternates: Vec<(String, String)>,
    /// Path of the list it stands in.
    pub list: String,
    /// Where the feeds of the list are.
    pub feeds: Feeds,
}
