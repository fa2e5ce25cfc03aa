//! The parts of an issue in one language: rendered and encoded once, and kept with the approved texts.
//! Every variant in this language is joined from them.

use sha2::Digest as _;
use templates::Site;
use templates::mails::issue::{Detail, parts as template};

use super::mail_context::MailContext;
use super::mime::quoted_printable;
use super::snapshot::{Limits, SectionKind, Snapshot};
use super::tokens::Placeholders;
use super::views;
use crate::domain::language::Language;
use crate::store::part::StoredPart;

/// The parts around the sections.
pub(super) mod names {
    pub(in crate::digest) const OPENING: &str = "opening";
    pub(in crate::digest) const HEAD: &str = "head";
    pub(in crate::digest) const MASTHEAD: &str = "masthead";
    pub(in crate::digest) const CONTENTS: &str = "contents";
    pub(in crate::digest) const WAYS_OUT: &str = "ways-out";
    pub(in crate::digest) const INTRODUCTION: &str = "introduction";
    pub(in crate::digest) const SHORTENED: &str = "shortened";
    pub(in crate::digest) const FOOT: &str = "foot";
}

/// The name of the part with the title of a section.
pub(super) const fn section_name(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::News => "section-news",
        SectionKind::Events => "section-events",
        SectionKind::Council => "section-council",
    }
}

/// The name of the part with an entry: the `index`-th of the snapshot, from 0.
pub(super) fn entry_name(index: usize, detail: Detail) -> String {
    let detail = match detail {
        Detail::Full => "full",
        Detail::Short => "short",
        Detail::TitlesOnly => "title",
    };
    format!("entry-{index:04}-{detail}")
}

/// The name of the part with an entry where it leads.
pub(super) fn lead_name(index: usize) -> String {
    format!("entry-{index:04}-lead")
}

/// The parts in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageParts {
    /// By name.
    sorted: Vec<StoredPart>,
}

/// A part that cannot be sent. Only an error in the templates or in this program can cause it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// The end of a mail without one of the links.
    #[error(
        "the {face} part has no {purpose} link; no mail goes out without it. This is an error in the templates"
    )]
    NoLink {
        /// HTML or text.
        face: &'static str,
        /// Which link.
        purpose: &'static str,
    },
    /// Encoding has lost or made a token.
    #[error(
        "{found} places for personal tokens in the part “{part}” after encoding, expected {expected}; this is an error in the program"
    )]
    Tokens {
        /// In which part.
        part: String,
        /// As many as there are.
        found: usize,
        /// As many as there were.
        expected: usize,
    },
}

impl LanguageParts {
    /// Renders an issue in one language. Entries that alone are longer than a mail may become before it is
    /// shortened are only rendered short.
    pub fn render(
        mail_context: &MailContext,
        snapshot: &Snapshot,
        limits: Limits,
        language: Language,
    ) -> Result<Self, PartError> {
        let seed = snapshot.seed();
        let site = mail_context.site(language);
        let view = views::around(mail_context, snapshot, &seed, language);
        let around = template::around(&site, &view);
        let placeholders = Placeholders::new(&seed);
        check_links(&placeholders, &around.foot)?;
        let mut renderer = Renderer {
            placeholders,
            parts: Vec::new(),
        };
        for (name, part) in [
            (names::OPENING, around.opening),
            (names::HEAD, around.head),
            (names::MASTHEAD, around.masthead),
            (names::CONTENTS, around.contents),
            (names::WAYS_OUT, around.ways_out),
            (names::INTRODUCTION, around.introduction),
            (names::SHORTENED, around.shortened),
            (names::FOOT, around.foot),
        ] {
            renderer.push(name.to_owned(), &part)?;
        }
        renderer.sections(&site, mail_context, snapshot, limits, language)?;
        Ok(Self::from_stored(renderer.parts))
    }

    /// The parts that were kept.
    pub fn from_stored(mut parts: Vec<StoredPart>) -> Self {
        parts.sort_by(|one, other| one.name.cmp(&other.name));
        Self { sorted: parts }
    }

    /// The parts to keep.
    pub fn stored(&self) -> &[StoredPart] {
        &self.sorted
    }

    /// The part of this name.
    pub(super) fn get(&self, name: &str) -> Option<&StoredPart> {
        let found = self
            .sorted
            .binary_search_by(|part| part.name.as_str().cmp(name));
        self.sorted.get(found.ok()?)
    }

    /// SHA-256 of all of them, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = sha2::Sha256::new();
        for part in &self.sorted {
            for text in [&part.name, &part.html, &part.text] {
                hash.update(text.len().to_be_bytes());
                hash.update(text);
            }
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }
}

/// No mail goes out without the links to leave and to change.
fn check_links(placeholders: &Placeholders, foot: &template::Part) -> Result<(), PartError> {
    for (face, content) in [("HTML", &foot.html), ("text", &foot.text)] {
        for (purpose, placeholder) in [
            ("unsubscribe", &placeholders.unsubscribe),
            ("preferences", &placeholders.preferences),
        ] {
            if !content.contains(placeholder.as_str()) {
                return Err(PartError::NoLink { face, purpose });
            }
        }
    }
    Ok(())
}

struct Renderer {
    placeholders: Placeholders,
    parts: Vec<StoredPart>,
}

impl Renderer {
    fn sections(
        &mut self,
        site: &Site,
        mail_context: &MailContext,
        snapshot: &Snapshot,
        limits: Limits,
        language: Language,
    ) -> Result<(), PartError> {
        let texts = views::texts(snapshot);
        let mut index = 0;
        for section in &snapshot.sections {
            let kind = views::section_kind(section.kind);
            let title = template::section_title(site, kind);
            self.push(section_name(section.kind).to_owned(), &title)?;
            for (item, leads) in section.items.iter().zip(section.leading()) {
                let mut view = views::item(mail_context, snapshot, item, language);
                for detail in Detail::ALL {
                    let part = template::item(site, texts, detail, kind, &view);
                    let bytes = self.push(entry_name(index, detail), &part)?;
                    if detail != Detail::TitlesOnly && bytes > limits.shorten {
                        self.parts.pop();
                    }
                }
                if leads && section.kind == SectionKind::News {
                    view.lead = true;
                    let part = template::item(site, texts, Detail::Full, kind, &view);
                    if self.push(lead_name(index), &part)? > limits.shorten {
                        self.parts.pop();
                    }
                }
                index += 1;
            }
        }
        Ok(())
    }

    /// Encodes a part. Returns the size of its HTML.
    fn push(&mut self, name: String, part: &template::Part) -> Result<usize, PartError> {
        let mut encoded = [&part.html, &part.text].map(|content| quoted_printable(content));
        for (content, encoded) in [&part.html, &part.text].into_iter().zip(&encoded) {
            let placeholders = &self.placeholders;
            let expected = [&placeholders.unsubscribe, &placeholders.preferences]
                .into_iter()
                .map(|one| memchr::memmem::find_iter(content.as_bytes(), one.as_bytes()).count())
                .sum::<usize>();
            let positions = placeholders.find(encoded.as_bytes());
            let found = positions.unsubscribe.len() + positions.preferences.len();
            if found != expected {
                return Err(PartError::Tokens {
                    part: name,
                    found,
                    expected,
                });
            }
        }
        let [html, text] = encoded.each_mut().map(std::mem::take);
        let bytes = html.len();
        self.parts.push(StoredPart { name, html, text });
        Ok(bytes)
    }
}
