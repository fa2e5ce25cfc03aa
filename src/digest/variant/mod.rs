//! Variants: which parts of an issue a reader of some topics gets, and how long their mail is.
//!
//! A mail tells the first entries of each section that are for its reader, as many as the newsletter
//! wants, and a line leads to the rest. Nothing is rendered for a variant but its short texts of its
//! own ([`own`]); its size is the sum of its parts. So an issue may have as many variants as it has
//! readers.

mod layout;
mod own;

use std::ops::Range;
use std::sync::Arc;

use templates::mails::issue::Detail;

pub use layout::JoinError;
use layout::{Collector, EntryParts, PartPair, SectionParts};
use own::{OwnTexts, Words};

use super::headers::{self, MessageHeaders};
use super::mime::Alternative;
use super::parts::{LanguageParts, names};
use super::snapshot::{Limits, Snapshot};
use super::tokens::Placeholders;
use crate::domain::language::Language;
use crate::domain::mail::{MailParts, Piece, PreparedMail};
use crate::domain::reason::Reason;
use crate::domain::topic::TopicSet;

/// A mail that receivers would cut off, and with it the unsubscribe link at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the issue is too long: with {entries} entries, shown by their titles only, its HTML has {} KB, and above {} KB mail programs cut it off; shorten its introduction or its titles",
    .bytes.div_ceil(1000),
    .most / 1000
)]
pub struct TooLarge {
    /// How many entries it tells.
    pub entries: usize,
    /// The size of its encoded HTML.
    pub bytes: usize,
    /// How large it may be.
    pub most: usize,
}

impl TooLarge {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        Reason::TooLarge {
            entries: self.entries,
            bytes: self.bytes,
            most: self.most,
        }
    }
}

/// Why a variant has no mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VariantError {
    /// It would be cut off.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// It cannot be joined.
    #[error(transparent)]
    Join(#[from] JoinError),
}

/// All mails of an issue in one language.
#[derive(Debug)]
pub struct LanguageMails {
    words: Words,
    limits: Limits,
    parts: Arc<MailParts>,
    /// The headers before the subject.
    front: usize,
    /// The headers after it, and what begins the text.
    headers: usize,
    /// What ends the text and begins the HTML.
    between: usize,
    /// What ends the HTML.
    end: usize,
    around: Around,
    sections: Vec<SectionParts>,
}

#[derive(Debug)]
struct Around {
    opening: PartPair,
    head: PartPair,
    masthead: PartPair,
    introduction: PartPair,
    contents: PartPair,
    ways_out: PartPair,
    shortened: PartPair,
    foot: PartPair,
}

/// A variant.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its mail.
    pub mail: PreparedMail,
    /// Its subject.
    pub subject: String,
    /// How much of each entry it shows.
    pub detail: Detail,
    /// How many entries it tells.
    pub entries: usize,
    /// How many more a line leads to.
    pub left_out: usize,
    /// The size of its encoded HTML.
    pub html_bytes: usize,
    text: Range<usize>,
    html: Range<usize>,
}

/// The entries of a variant; no section is empty.
struct Selection<'a> {
    sections: Vec<SelectedSection<'a>>,
}

struct SelectedSection<'a> {
    parts: &'a SectionParts,
    entries: Vec<&'a EntryParts>,
    left_out: usize,
}

impl SectionParts {
    /// The first of those that are for a reader of `topics`.
    fn select(&self, topics: TopicSet, most: usize) -> SelectedSection<'_> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.retain(|entry| entry.is_for(topics));
        let rest = self.rest.iter().filter(|rest| rest.is_for(topics));
        let rest: usize = rest.map(|rest| rest.entries).sum();
        let all = entries.len();
        entries.truncate(most.min(self.most));
        SelectedSection {
            parts: self,
            left_out: all - entries.len() + rest,
            entries,
        }
    }
}

impl SelectedSection<'_> {
    /// Its entries as they are shown: the first news of a mail leads, where there is room.
    fn shown(&self, detail: Detail) -> impl Iterator<Item = Option<PartPair>> {
        self.entries.iter().enumerate().map(move |(at, entry)| {
            if at == 0 && self.parts.has_lead && detail == Detail::Full {
                entry.lead
            } else {
                entry.details[detail as usize]
            }
        })
    }
}

impl Selection<'_> {
    fn entries(&self) -> usize {
        let sections = self.sections.iter();
        sections.map(|section| section.entries.len()).sum()
    }

    fn left_out(&self) -> usize {
        self.sections.iter().map(|section| section.left_out).sum()
    }
}

impl LanguageMails {
    /// The mails that are joined from these parts of the snapshot.
    pub fn new(
        snapshot: &Snapshot,
        parts: &LanguageParts,
        headers: &MessageHeaders,
        limits: Limits,
        language: Language,
    ) -> Result<Self, JoinError> {
        let seed = snapshot.seed();
        let placeholders = Placeholders::new(&seed);
        let alternative = Alternative::new(&[&seed, language.as_str()]);
        let after_subject = headers::after_subject(headers, &placeholders.unsubscribe);
        let mut collector = Collector {
            named: parts,
            placeholders,
            parts: Vec::new(),
        };
        let front = collector.push(headers::before_subject(headers).into_text())?;
        let after_subject = collector.push(alternative.opening(after_subject, language))?;
        let between = collector.push(alternative.between())?;
        let end = collector.push(alternative.end())?;
        let around = Around {
            opening: collector.named(names::OPENING)?,
            head: collector.named(names::HEAD)?,
            masthead: collector.named(names::MASTHEAD)?,
            introduction: collector.named(names::INTRODUCTION)?,
            contents: collector.named(names::CONTENTS)?,
            ways_out: collector.named(names::WAYS_OUT)?,
            shortened: collector.named(names::SHORTENED)?,
            foot: collector.named(names::FOOT)?,
        };
        let mut sections = Vec::new();
        let mut index = 0;
        for section in &snapshot.sections {
            let most = section.kind.most(snapshot.newsletter.digest);
            sections.push(collector.section(section, most, &mut index, language)?);
        }
        Ok(Self {
            words: Words::new(snapshot, &headers.public_url, language),
            limits,
            parts: Arc::new(MailParts::new(headers.sender.clone(), collector.parts)),
            front,
            headers: after_subject,
            between,
            end,
            around,
            sections,
        })
    }

    /// The bytes that all variants are joined from.
    pub fn size(&self) -> usize {
        self.parts.size()
    }

    /// The variant for a reader who chose `topics`: in full, or with less of each entry where it would
    /// be too long; where even their titles are, with fewer of each section.
    pub fn variant(&self, topics: TopicSet) -> Result<Variant, VariantError> {
        let all = self.select(topics, usize::MAX);
        for (detail, most) in [
            (Detail::Full, self.limits.shorten),
            (Detail::Short, self.limits.shorten),
            (Detail::TitlesOnly, self.limits.refuse),
        ] {
            if let Some(variant) = self.fitting(&all, detail, most)? {
                return Ok(variant);
            }
        }
        let sections = all.sections.iter();
        let longest = sections.map(|section| section.entries.len()).max();
        for fewer in (1..longest.unwrap_or(0)).rev() {
            let selection = self.select(topics, fewer);
            if let Some(variant) =
                self.fitting(&selection, Detail::TitlesOnly, self.limits.refuse)?
            {
                return Ok(variant);
            }
        }
        let least = self.select(topics, 1);
        let own = self.words.of(&least);
        let bytes = self.html_bytes(&least, &own, Detail::TitlesOnly);
        Err(TooLarge {
            entries: least.entries(),
            bytes: bytes.unwrap_or(usize::MAX),
            most: self.limits.refuse,
        }
        .into())
    }

    /// The variant of this selection, where it has at most `most` bytes of HTML.
    fn fitting(
        &self,
        selection: &Selection<'_>,
        detail: Detail,
        most: usize,
    ) -> Result<Option<Variant>, JoinError> {
        // Without texts of its own it is shorter; to make them takes longer than to add.
        let least = self.html_bytes(selection, &OwnTexts::default(), detail);
        if least.is_none_or(|bytes| bytes > most) {
            return Ok(None);
        }
        let own = self.words.of(selection);
        let bytes = self.html_bytes(selection, &own, detail);
        bytes
            .filter(|bytes| *bytes <= most)
            .map(|bytes| self.joined(selection, own, detail, bytes))
            .transpose()
    }

    /// Checks that no reader's mail can become too large, whatever topics they choose: none has more
    /// than the longest title of each section, and texts of its own as long as they can become.
    pub fn check_size(&self) -> Result<(), TooLarge> {
        let around = &self.around;
        let mut bytes = self.words.longest(&self.sections);
        for part in [
            around.opening,
            around.head,
            around.masthead,
            around.introduction,
            around.contents,
            around.ways_out,
            around.shortened,
            around.foot,
        ] {
            bytes += part.html_bytes;
        }
        for section in &self.sections {
            let titles = section.entries.iter().map(|entry| {
                let title = entry.details[Detail::TitlesOnly as usize];
                title.map_or(usize::MAX / 8, |title| title.html_bytes)
            });
            bytes += section.title.html_bytes + titles.max().unwrap_or(0);
        }
        if bytes <= self.limits.refuse {
            return Ok(());
        }
        Err(TooLarge {
            entries: self.sections.len(),
            bytes,
            most: self.limits.refuse,
        })
    }

    /// What is for a reader of `topics`: of each section as many as the newsletter wants, and at most
    /// `most`.
    fn select(&self, topics: TopicSet, most: usize) -> Selection<'_> {
        let sections = self.sections.iter();
        let selected = sections.map(|section| section.select(topics, most));
        Selection {
            sections: selected
                .filter(|section| !section.entries.is_empty())
                .collect(),
        }
    }

    /// The size of the encoded HTML; none where an entry is too long to be shown so.
    fn html_bytes(
        &self,
        selection: &Selection<'_>,
        own: &OwnTexts,
        detail: Detail,
    ) -> Option<usize> {
        let around = &self.around;
        let mut bytes = own.html_bytes();
        for part in [
            around.opening,
            around.head,
            around.masthead,
            around.introduction,
            around.foot,
        ] {
            bytes += part.html_bytes;
        }
        if own.contents.is_some() {
            bytes += around.contents.html_bytes + around.ways_out.html_bytes;
        }
        if detail != Detail::Full {
            bytes += around.shortened.html_bytes;
        }
        for section in &selection.sections {
            bytes += section.parts.title.html_bytes;
            for part in section.shown(detail) {
                bytes += part?.html_bytes;
            }
        }
        Some(bytes)
    }

    /// Joins the mail.
    fn joined(
        &self,
        selection: &Selection<'_>,
        own: OwnTexts,
        detail: Detail,
        html_bytes: usize,
    ) -> Result<Variant, JoinError> {
        let mut pieces = Vec::with_capacity(2 * (selection.entries() + 20));
        let header = own::piece(&headers::subject(&own.subject).into_text());
        pieces.extend([Piece::Part(self.front), header, Piece::Part(self.headers)]);
        let begin = pieces.len();
        self.push_face(&mut pieces, selection, detail, &own, Face::Text);
        let text = begin..pieces.len();
        pieces.push(Piece::Part(self.between));
        let begin = pieces.len();
        self.push_face(&mut pieces, selection, detail, &own, Face::Html);
        let html = begin..pieces.len();
        pieces.push(Piece::Part(self.end));
        Ok(Variant {
            mail: PreparedMail::new(Arc::clone(&self.parts), pieces)?,
            subject: own.subject,
            detail,
            entries: selection.entries(),
            left_out: selection.left_out(),
            html_bytes,
            text,
            html,
        })
    }

    /// The HTML or the text of a variant.
    fn push_face(
        &self,
        pieces: &mut Vec<Piece>,
        selection: &Selection<'_>,
        detail: Detail,
        own: &OwnTexts,
        face: Face,
    ) {
        let around = &self.around;
        let part = |pair: &PartPair| Piece::Part(face.of(pair));
        pieces.push(part(&around.opening));
        if face == Face::Html {
            pieces.push(own::piece(&own.title));
        }
        pieces.push(part(&around.head));
        if face == Face::Html {
            pieces.push(own::piece(&own.preheader));
        }
        pieces.extend([part(&around.masthead), part(&around.introduction)]);
        if let Some(contents) = &own.contents {
            let contents = own::piece(contents.face(face));
            pieces.extend([part(&around.contents), contents, part(&around.ways_out)]);
        }
        if detail != Detail::Full {
            pieces.push(part(&around.shortened));
        }
        for (section, more) in selection.sections.iter().zip(&own.more) {
            pieces.push(part(&section.parts.title));
            pieces.extend(section.shown(detail).flatten().map(|pair| part(&pair)));
            pieces.extend(more.as_ref().map(|more| own::piece(more.face(face))));
        }
        pieces.push(part(&around.foot));
    }
}

/// One of the two forms of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Html,
    Text,
}

impl Face {
    const fn of(self, pair: &PartPair) -> usize {
        match self {
            Self::Html => pair.html,
            Self::Text => pair.text,
        }
    }
}

impl Variant {
    /// The text, as a reader sees it, with placeholders for the personal tokens.
    pub fn text(&self) -> String {
        self.decoded(self.text.clone())
    }

    /// The HTML, likewise.
    pub fn html(&self) -> String {
        self.decoded(self.html.clone())
    }

    fn decoded(&self, pieces: Range<usize>) -> String {
        let pieces = &self.mail.pieces()[pieces];
        let encoded: Vec<u8> = pieces
            .iter()
            .flat_map(|piece| self.mail.bytes_of(piece))
            .copied()
            .collect();
        let decoded = ::quoted_printable::decode(encoded, ::quoted_printable::ParseMode::Strict);
        let decoded = decoded.expect("what was encoded can be decoded");
        String::from_utf8_lossy(&decoded).replace("\r\n", "\n")
    }
}

#[cfg(test)]
mod tests;
