//! The parts of a language: where each of them is, and how long.

use templates::mails::issue::{self as template, Detail};

use crate::digest::parts::{LanguageParts, entry_name, lead_name, section_name};
use crate::digest::snapshot::{Rest, Section, SectionKind};
use crate::digest::tokens::Placeholders;
use crate::digest::views;
use crate::domain::language::Language;
use crate::domain::mail::{BadMail, MailPart};
use crate::domain::topic::TopicSet;
use crate::store::part::StoredPart;

/// Parts from which no mail can be joined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// A part is missing.
    #[error("the part “{0}” is missing; this is an error in the program")]
    Missing(String),
    /// The bytes make no mail.
    #[error(transparent)]
    Bad(#[from] BadMail),
}

/// A part as HTML and as text, by their places in [`crate::domain::mail::MailParts`].
#[derive(Debug, Clone, Copy)]
pub(super) struct PartPair {
    pub(super) html: usize,
    pub(super) text: usize,
    pub(super) html_bytes: usize,
}

#[derive(Debug)]
pub(super) struct SectionParts {
    pub(super) kind: template::SectionKind,
    pub(super) title: PartPair,
    pub(super) entries: Vec<EntryParts>,
    /// How many a mail tells at most.
    pub(super) most: usize,
    /// What no mail tells.
    pub(super) rest: Vec<Rest>,
    /// Whether the first entry of a mail is shown larger.
    pub(super) has_lead: bool,
}

impl SectionParts {
    /// How many entries it has, told or not.
    pub(super) fn all(&self) -> usize {
        let rest = self.rest.iter().map(|rest| rest.entries);
        self.entries.len() + rest.sum::<usize>()
    }
}

#[derive(Debug)]
pub(super) struct EntryParts {
    pub(super) topics: TopicSet,
    pub(super) title: String,
    /// In the order of [`Detail::ALL`]; none where it is too long to be shown so.
    pub(super) details: [Option<PartPair>; Detail::ALL.len()],
    /// The entry where it leads; none where no mail begins with it.
    pub(super) lead: Option<PartPair>,
}

impl EntryParts {
    /// Whether a reader who chose `topics` gets it.
    pub(super) const fn is_for(&self, topics: TopicSet) -> bool {
        self.topics.is_empty() || !self.topics.and(topics).is_empty()
    }
}

/// Collects parts for [`crate::domain::mail::MailParts`].
pub(super) struct Collector<'a> {
    pub(super) named: &'a LanguageParts,
    pub(super) placeholders: Placeholders,
    pub(super) parts: Vec<MailPart>,
}

impl Collector<'_> {
    pub(super) fn push(&mut self, bytes: String) -> Result<usize, JoinError> {
        let tokens = self.placeholders.find(bytes.as_bytes());
        self.parts.push(MailPart::new(bytes.into_bytes(), tokens)?);
        Ok(self.parts.len() - 1)
    }

    fn pair(&mut self, part: &StoredPart) -> Result<PartPair, JoinError> {
        Ok(PartPair {
            html: self.push(part.html.clone())?,
            text: self.push(part.text.clone())?,
            html_bytes: part.html.len(),
        })
    }

    pub(super) fn named(&mut self, name: &str) -> Result<PartPair, JoinError> {
        match self.named.get(name) {
            Some(part) => self.pair(part),
            None => Err(JoinError::Missing(name.to_owned())),
        }
    }

    pub(super) fn section(
        &mut self,
        section: &Section,
        most: u32,
        index: &mut usize,
        language: Language,
    ) -> Result<SectionParts, JoinError> {
        let title = self.named(section_name(section.kind))?;
        let mut entries = Vec::with_capacity(section.items.len());
        for item in &section.items {
            let mut details = [None; Detail::ALL.len()];
            for detail in Detail::ALL {
                if let Some(part) = self.named.get(&entry_name(*index, detail)) {
                    details[detail as usize] = Some(self.pair(part)?);
                }
            }
            let lead = match self.named.get(&lead_name(*index)) {
                Some(part) => Some(self.pair(part)?),
                None => None,
            };
            entries.push(EntryParts {
                topics: item.topics,
                title: views::title(item, language).to_owned(),
                details,
                lead,
            });
            *index += 1;
        }
        Ok(SectionParts {
            kind: views::section_kind(section.kind),
            title,
            entries,
            most: usize::try_from(most).unwrap_or(usize::MAX),
            rest: section.rest.clone(),
            has_lead: section.kind == SectionKind::News,
        })
    }
}
