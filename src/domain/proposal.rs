//! Proposals: changes by a source to an entry that a person has approved or published, until a
//! person decides.

use super::entry::{EntryContent, EntryState};
use super::named::named_enum;
use super::timestamp::Timestamp;

named_enum! {
    /// The state of a proposal.
    pub enum ProposalState ("state of a proposal") {
        /// Nobody has decided yet.
        Open = "open",
        /// The entry has the change.
        Accepted = "accepted",
        /// The entry stays as it was; the same change is not proposed again.
        Rejected = "rejected",
        /// The source changed again before anybody decided.
        Superseded = "superseded",
    }
}

named_enum! {
    /// A part of an entry that a proposal changes.
    pub enum Change ("part of an entry") {
        /// The event was cancelled.
        Cancelled = "cancelled",
        /// A cancelled event takes place again.
        Reinstated = "reinstated",
        /// When it takes place.
        Time = "time",
        /// Where it takes place.
        Place = "place",
        /// The title.
        Title = "title",
        /// Teaser or body.
        Text = "text",
        /// The link.
        Link = "link",
        /// The author's date.
        Date = "date",
        /// Whom to ask.
        Contact = "contact",
        /// The council's file number.
        Reference = "reference",
        /// The committee of a paper, or its documents.
        Paper = "paper",
        /// What else is said, such as the price of an event.
        Details = "details",
        /// A topic is added.
        Topics = "topics",
        /// The kind of entry, or the language it was written in.
        Kind = "kind",
    }
}

impl Change {
    /// Whether a reader of the old version may go to the wrong place or at the wrong time.
    pub const fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::Cancelled | Self::Reinstated | Self::Time | Self::Place
        )
    }
}

/// A change that a source made to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its number.
    pub id: i64,
    /// The row of the entry.
    pub entry: i64,
    /// The proposed content.
    pub content: EntryContent,
    /// Whether the source has cancelled it.
    pub cancelled: bool,
    /// Its state.
    pub state: ProposalState,
    /// When it was received.
    pub received_at: Timestamp,
    /// When it was decided about.
    pub decided_at: Option<Timestamp>,
    /// Who decided; none if the source superseded it.
    pub decided_by: Option<String>,
}

impl Proposal {
    /// The changes to an entry with `content` and `state`.
    pub fn changes(&self, content: &EntryContent, state: EntryState) -> Vec<Change> {
        let (old, new) = (content, &self.content);
        let was_cancelled = state == EntryState::Cancelled;
        // Only the languages of the source; translations added here stay.
        let texts = || {
            new.texts
                .iter()
                .map(|(language, text)| (old.texts.get(language), text))
        };
        let title = texts().any(|(old, new)| old.is_none_or(|old| old.title != new.title));
        let text = texts().any(|(old, new)| {
            old.is_none_or(|old| {
                (&old.teaser, &old.body, &old.decision, &old.effects)
                    != (&new.teaser, &new.body, &new.decision, &new.effects)
            })
        });
        [
            (Change::Cancelled, self.cancelled && !was_cancelled),
            (Change::Reinstated, was_cancelled && !self.cancelled),
            (Change::Time, old.when != new.when),
            (Change::Place, old.place != new.place),
            (Change::Title, title),
            (Change::Text, text),
            (Change::Link, old.url != new.url),
            (Change::Date, old.dated_at != new.dated_at),
            (Change::Contact, old.contact != new.contact),
            (Change::Reference, old.reference != new.reference),
            (Change::Paper, old.paper != new.paper),
            // Sources that say nothing of it leave it as it is.
            (
                Change::Details,
                !new.details.is_empty() && old.details != new.details,
            ),
            (Change::Topics, old.topics.or(new.topics) != old.topics),
            (
                Change::Kind,
                (old.kind, &old.original) != (new.kind, &new.original),
            ),
        ]
        .into_iter()
        .filter_map(|(change, is_changed)| is_changed.then_some(change))
        .collect()
    }
}
