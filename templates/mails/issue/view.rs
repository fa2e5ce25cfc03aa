//! What an issue shows: plain data, filled by `digest`.

use chrono::NaiveDate;

use crate::When;
use crate::picture::PictureView;
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
    /// The subject that an editor wrote; without one it is made of the first titles.
    pub subject: Option<String>,
    /// Whether a subject that is made of titles begins with the newsletter's name.
    pub name_in_subject: bool,
    /// Words of the editors before the first section: plain text; an empty line begins a new
    /// paragraph.
    pub introduction: Option<String>,
    /// The sections, in order; empty ones are not shown.
    pub sections: Vec<SectionView>,
    /// What the newsletter tells of each item.
    pub texts: Texts,
    /// How much of that is shown.
    pub detail: Detail,
    /// The page that ends this subscription.
    pub unsubscribe_url: String,
    /// The reader's preferences page.
    pub preferences_url: String,
}

impl IssueView {
    /// The sections that have items.
    pub(super) fn filled(&self) -> impl Iterator<Item = &SectionView> {
        let sections = self.sections.iter();
        sections.filter(|section| !section.items.is_empty())
    }

    /// What it tells of each kind.
    pub(super) fn told(&self) -> Vec<Told<'_>> {
        self.filled()
            .map(|section| Told {
                kind: section.kind,
                titles: section
                    .items
                    .iter()
                    .map(|item| item.title.as_str())
                    .collect(),
                left_out: section.more.as_ref().map_or(0, |more| more.count),
            })
            .collect()
    }
}

/// What a newsletter tells of each item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Texts {
    /// The teaser; the text is behind the link.
    #[default]
    Teaser,
    /// The whole text.
    Whole,
}

/// How much of each item an issue shows, so that a long one stays below what receivers cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// All that the newsletter tells, with picture and contact.
    Full,
    /// Title, facts and the teaser, cut at a word after some 200 characters.
    Short,
    /// Title, date and link.
    TitlesOnly,
}

impl Detail {
    /// From much to little.
    pub const ALL: [Self; 3] = [Self::Full, Self::Short, Self::TitlesOnly];
}

/// What a variant tells of one kind.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// The kind.
    pub kind: SectionKind,
    /// The titles of its items, in order.
    pub titles: Vec<&'a str>,
    /// How many items were left out.
    pub left_out: usize,
}

/// The items of one kind.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// What they are.
    pub kind: SectionKind,
    /// The items, in order.
    pub items: Vec<ItemView>,
    /// What was left out for want of room.
    pub more: Option<MoreView>,
}

/// What a section leaves out.
#[derive(Debug, Clone)]
pub struct MoreView {
    /// How many items.
    pub count: usize,
    /// The page that lists them.
    pub url: String,
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
    /// Its name in links within the mail: letters, digits and hyphens, no other item has it.
    pub anchor: String,
    /// Whether it leads: its picture and title are larger.
    pub lead: bool,
    /// The title, plain text.
    pub title: String,
    /// The BCP 47 tag of title, teaser and body, if it is not the mail's language.
    pub lang: Option<String>,
    /// A paragraph of plain text; may be empty.
    pub teaser: String,
    /// The text below the teaser, where the newsletter tells it; may be empty.
    pub body: Vec<Block>,
    /// A picture of it; shown with news.
    pub picture: Option<PictureView>,
    /// Where to read more.
    pub more_url: Option<String>,
    /// The names of its topics in the mail's language.
    pub topics: Vec<String>,
    /// News and papers: the day it is dated. Events and meetings: when it takes place.
    pub when: Option<When>,
    /// Whether that is in the year of the issue, whose head tells it.
    pub this_year: bool,
    /// Where it takes place.
    pub place: Option<String>,
    /// Who tells it or holds it, if not the sender of the newsletter.
    pub organisation: Option<String>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// The council's file number.
    pub reference: Option<String>,
    /// What became of an event.
    pub change: Option<Change>,
    /// What else matters of an event: whether there are places, until when to register.
    pub notes: Vec<EventNote>,
    /// What a paper of the council is about; none for everything else.
    pub paper: Option<PaperView>,
}

/// Whom to ask; whatever is empty is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactView {
    /// Name, office, or whatever was written.
    pub name: Option<String>,
    /// The address of mails.
    pub email: Option<String>,
    /// The telephone number, as people write it.
    pub phone: Option<String>,
}

/// What matters of an event besides when and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventNote {
    /// No place is left.
    Full,
    /// It takes place later; nobody knows when.
    Postponed,
    /// It takes place online now.
    MovedOnline,
    /// One can take part online too.
    Online,
    /// The last day to register.
    RegisterBy(NaiveDate),
}

/// What became of an event since it was first told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was called off.
    Cancelled,
    /// It takes place at another time.
    Moved {
        /// When it was to take place.
        from: When,
    },
}

/// What a paper of the council is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperView {
    /// Who deals with it.
    pub committee: Option<String>,
    /// What is to be decided.
    pub decision: Option<String>,
    /// What follows for staff, money or climate.
    pub effects: Option<String>,
    /// Titles and addresses of its attachments.
    pub attachments: Vec<(String, String)>,
}
