//! What an issue shows: plain data, filled by `digest`.

use chrono::NaiveDate;

use crate::When;
use crate::rich_text::Block;

/// One variant of an issue. The two personal URLs may end in placeholders; they occur in HTML and
/// text exactly as given, as long as they are made of URL characters that need no escaping.
#[derive(Debug, Clone)]
pub struct IssueView {
    /// The newsletter's name.
    pub newsletter: String,
    /// The issue's number.
    pub number: u64,
    /// The day it goes out.
    pub date: NaiveDate,
    /// The subject; without one it is made of newsletter, number and date.
    pub subject: Option<String>,
    /// Words of the editors before the first section: plain text; an empty line begins a new
    /// paragraph.
    pub introduction: Option<String>,
    /// The sections, in order; empty ones are not shown.
    pub sections: Vec<SectionView>,
    /// How much of each item is shown.
    pub detail: Detail,
    /// The page that ends this subscription.
    pub unsubscribe_url: String,
    /// The reader's preferences page.
    pub preferences_url: String,
}

/// How much of each item an issue shows, so that a long one stays below what receivers cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Teaser and body.
    Full,
    /// The teaser, cut at a word after some 200 characters; no body.
    Short,
    /// Title, date and link.
    TitlesOnly,
}

impl Detail {
    /// From much to little.
    pub const ALL: [Self; 3] = [Self::Full, Self::Short, Self::TitlesOnly];
}

/// The items of one kind.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// What they are.
    pub kind: SectionKind,
    /// The items, in order.
    pub items: Vec<ItemView>,
}

/// The sections of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// News.
    News,
    /// Events ahead.
    Events,
    /// Papers and meetings of the council.
    Council,
}

/// An entry as the issue shows it.
#[derive(Debug, Clone, Default)]
pub struct ItemView {
    /// The title, plain text.
    pub title: String,
    /// The BCP 47 tag of title, teaser and body, if it is not the mail's language.
    pub lang: Option<String>,
    /// A paragraph of plain text; may be empty.
    pub teaser: String,
    /// The text below the teaser; may be empty.
    pub body: Vec<Block>,
    /// Where to read more.
    pub url: Option<String>,
    /// The names of its topics in the mail's language.
    pub topics: Vec<String>,
    /// News: the day it is dated. Events and meetings: when it takes place.
    pub when: Option<When>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Who tells it or holds it, if not the sender of the newsletter.
    pub organisation: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The council's file number.
    pub reference: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
}
