//! Variants: which parts of an issue a reader of some topics gets, and how long their mail is.
//!
//! Nothing is rendered for a variant but its short texts of its own, the preheader and the contents;
//! its size is the sum of its parts. So an issue may have as many variants as it has readers.

mod layout;

use std::ops::Range;
use std::sync::Arc;

use templates::Locale;
use templates::mails::issue::{Detail, Told, parts as own};

pub use layout::JoinError;
use layout::{Collector, EntryParts, PartPair, SectionParts};

use super::headers::{self, MessageHeaders};
use super::mime::{Alternative, quoted_printable};
use super::parts::{LanguageParts, names};
use super::site::locale;
use super::snapshot::{Limits, Snapshot};
use super::tokens::Placeholders;
use super::views;
use crate::domain::language::Language;
use crate::domain::mail::{MailParts, Piece, PreparedMail};
use crate::domain::reason::Reason;
use crate::domain::topic::TopicSet;

/// A mail that receivers would cut off, and with it the unsubscribe link at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the issue is too long: with {entries} entries, shown by their titles only, its HTML has {} KB, and above {} KB mail programs cut it off; take entries out, or spread them over two issues",
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
    locale: Locale,
    limits: Limits,
    subject: String,
    parts: Arc<MailParts>,
    /// The headers, and what begins the text.
    front: usize,
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
    /// What follows the subject; none where the opening holds it.
    head: Option<PartPair>,
    masthead: PartPair,
    contents: PartPair,
    ways_out: PartPair,
    introduction: PartPair,
    shortened: PartPair,
    foot: PartPair,
}

/// A variant.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its mail.
    pub mail: PreparedMail,
    /// How much of each entry it shows.
    pub detail: Detail,
    /// How many entries it tells.
    pub entries: usize,
    /// The size of its encoded HTML.
    pub html_bytes: usize,
    text: Range<usize>,
    html: Range<usize>,
}

/// The entries of a variant.
struct Selection<'a> {
    sections: Vec<(&'a SectionParts, Vec<&'a EntryParts>)>,
    entries: usize,
}

/// The encoded texts of a variant's own.
struct OwnTexts {
    subject: String,
    preheader: String,
    /// Of a long mail: as HTML and as text.
    contents: Option<[String; 2]>,
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
        let subject = views::subject(snapshot, language);
        let placeholders = Placeholders::new(&seed);
        let alternative = Alternative::new(&[&seed, language.as_str()]);
        let head = headers::head(&subject, headers, &placeholders.unsubscribe);
        let mut collector = Collector {
            named: parts,
            placeholders,
            parts: Vec::new(),
        };
        let front = collector.push(alternative.opening(head, language))?;
        let between = collector.push(alternative.between())?;
        let end = collector.push(alternative.end())?;
        let around = Around {
            opening: collector.named(names::OPENING)?,
            head: collector.optional(names::HEAD)?,
            masthead: collector.named(names::MASTHEAD)?,
            contents: collector.named(names::CONTENTS)?,
            ways_out: collector.named(names::WAYS_OUT)?,
            introduction: collector.named(names::INTRODUCTION)?,
            shortened: collector.named(names::SHORTENED)?,
            foot: collector.named(names::FOOT)?,
        };
        let mut sections = Vec::new();
        let mut index = 0;
        for section in &snapshot.sections {
            sections.push(collector.section(section, &mut index, language)?);
        }
        let sender = headers.sender.clone();
        Ok(Self {
            locale: locale(language),
            limits,
            subject,
            parts: Arc::new(MailParts::new(sender, collector.parts)),
            front,
            between,
            end,
            around,
            sections,
        })
    }

    /// The subject of every variant.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The bytes that all variants are joined from.
    pub fn size(&self) -> usize {
        self.parts.size()
    }

    /// The variant for a reader who chose `topics`: in full, or with less of each entry where it would
    /// be too long.
    pub fn variant(&self, topics: TopicSet) -> Result<Variant, VariantError> {
        let selection = self.select(|entry| entry.is_for(topics));
        let own = self.own_texts(&selection);
        for detail in Detail::ALL {
            let most = match detail {
                Detail::Full | Detail::Short => self.limits.shorten,
                Detail::TitlesOnly => self.limits.refuse,
            };
            let bytes = self.html_bytes(&selection, &own, detail);
            if let Some(bytes) = bytes.filter(|bytes| *bytes <= most) {
                return Ok(self.joined(&selection, own, detail, bytes)?);
            }
        }
        Err(TooLarge {
            entries: selection.entries,
            bytes: self
                .html_bytes(&selection, &own, Detail::TitlesOnly)
                .unwrap_or(usize::MAX),
            most: self.limits.refuse,
        }
        .into())
    }

    /// Checks that no reader's mail can become too large, whatever topics they choose, where the issue
    /// has those of its entries that are in (by their places in it).
    ///
    /// A reader of all of them has the most parts and the longest contents, but not always the longest
    /// preheader: that is counted as long as it can become.
    pub fn check_size(&self, is_in: impl Fn(usize) -> bool) -> Result<(), TooLarge> {
        let selection = self.select(|entry| is_in(entry.index));
        let own = self.own_texts(&selection);
        let exact = self.html_bytes(&selection, &own, Detail::TitlesOnly);
        let bytes = exact.map_or(usize::MAX, |bytes| {
            bytes - own.preheader.len() + LONGEST_PREHEADER
        });
        if bytes <= self.limits.refuse {
            return Ok(());
        }
        Err(TooLarge {
            entries: selection.entries,
            bytes,
            most: self.limits.refuse,
        })
    }

    fn select(&self, is_in: impl Fn(&EntryParts) -> bool) -> Selection<'_> {
        let mut selection = Selection {
            sections: Vec::with_capacity(self.sections.len()),
            entries: 0,
        };
        for section in &self.sections {
            let entries: Vec<_> = section
                .entries
                .iter()
                .filter(|entry| is_in(entry))
                .collect();
            if !entries.is_empty() {
                selection.entries += entries.len();
                selection.sections.push((section, entries));
            }
        }
        selection
    }

    fn own_texts(&self, selection: &Selection<'_>) -> OwnTexts {
        let told: Vec<_> = selection
            .sections
            .iter()
            .map(|(section, entries)| Told {
                kind: section.kind,
                titles: entries.iter().map(|entry| entry.title.as_str()).collect(),
                left_out: 0,
            })
            .collect();
        let contents = own::is_long(selection.entries).then(|| {
            let own::Part { html, text } = own::contents(self.locale, &told);
            [html, text].map(|content| quoted_printable(&content))
        });
        let subject = self.around.head.map(|_| own::line(&self.subject));
        OwnTexts {
            subject: quoted_printable(&subject.unwrap_or_default()),
            preheader: quoted_printable(&own::line(&own::preheader(&told, 0))),
            contents,
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
        let mut bytes = own.subject.len() + own.preheader.len();
        bytes += around.head.map_or(0, |head| head.html_bytes);
        for part in [
            around.opening,
            around.masthead,
            around.introduction,
            around.foot,
        ] {
            bytes += part.html_bytes;
        }
        if let Some([contents, _]) = &own.contents {
            bytes += around.contents.html_bytes + contents.len() + around.ways_out.html_bytes;
        }
        if detail != Detail::Full {
            bytes += around.shortened.html_bytes;
        }
        for (section, entries) in &selection.sections {
            bytes += section.title.html_bytes;
            for entry in entries {
                bytes += entry.details[detail as usize]?.html_bytes;
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
        let piece = |text: String| Piece::Own(text.into_bytes().into_boxed_slice());
        let (contents_html, contents_text) = match own.contents {
            Some([html, text]) => (Some(piece(html)), Some(piece(text))),
            None => (None, None),
        };
        let mut pieces = Vec::with_capacity(2 * (selection.entries + 16));
        pieces.push(Piece::Part(self.front));
        self.push_face(
            &mut pieces,
            selection,
            detail,
            [None, None],
            contents_text,
            |part| part.text,
        );
        let text = 1..pieces.len();
        pieces.push(Piece::Part(self.between));
        let head = [own.subject, own.preheader].map(|text| Some(piece(text)));
        let begin = pieces.len();
        self.push_face(
            &mut pieces,
            selection,
            detail,
            head,
            contents_html,
            |part| part.html,
        );
        let html = begin..pieces.len();
        pieces.push(Piece::Part(self.end));
        Ok(Variant {
            mail: PreparedMail::new(Arc::clone(&self.parts), pieces)?,
            detail,
            entries: selection.entries,
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
        [subject, preheader]: [Option<Piece>; 2],
        contents: Option<Piece>,
        face: impl Fn(&PartPair) -> usize,
    ) {
        let around = &self.around;
        let part = |pair: &PartPair| Piece::Part(face(pair));
        pieces.push(part(&around.opening));
        pieces.extend(subject);
        pieces.extend(around.head.as_ref().map(&part));
        pieces.extend(preheader);
        pieces.push(part(&around.masthead));
        pieces.push(part(&around.introduction));
        if let Some(contents) = contents {
            pieces.extend([part(&around.contents), contents, part(&around.ways_out)]);
        }
        if detail != Detail::Full {
            pieces.push(part(&around.shortened));
        }
        for (section, entries) in &selection.sections {
            pieces.push(part(&section.title));
            let shown = entries
                .iter()
                .filter_map(|entry| entry.details[detail as usize]);
            pieces.extend(shown.map(|pair| part(&pair)));
        }
        pieces.push(part(&around.foot));
    }
}

/// More bytes than the encoded line of a preheader ever has: each letter may become four bytes that
/// are written in three characters each, and a line of 72 characters may be broken softly.
const LONGEST_PREHEADER: usize = {
    let letters = own::LONGEST_PREHEADER * 4 * 3;
    letters + (letters / 72 + 1) * 3 + 2
};

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
