//! The short texts that each variant has of its own: subject, preheader, contents, and the lines that
//! lead to what it leaves out.

use templates::Locale;
use templates::mails::issue::{Told, parts as template};

use super::layout::SectionParts;
use super::{Face, Selection};
use crate::digest::mime::quoted_printable;
use crate::digest::site::locale;
use crate::digest::snapshot::Snapshot;
use crate::digest::views;
use crate::domain::language::Language;
use crate::domain::mail::Piece;

/// What the texts of every variant in one language have in common.
#[derive(Debug)]
pub(super) struct Words {
    locale: Locale,
    /// What an editor wrote; else the subject is made of titles.
    written_subject: Option<String>,
    newsletter: String,
    name_in_subject: bool,
    public_url: String,
    language: Language,
}

/// The texts of one variant; all but the subject are encoded.
#[derive(Debug, Default)]
pub(super) struct OwnTexts {
    pub(super) subject: String,
    /// The subject, as it stands in the HTML.
    pub(super) title: String,
    pub(super) preheader: String,
    /// Of a long mail.
    pub(super) contents: Option<Faces>,
    /// Of each of its sections: what leads to the rest, where something is left out.
    pub(super) more: Vec<Option<Faces>>,
}

/// A text in both forms, encoded.
#[derive(Debug)]
pub(super) struct Faces {
    html: String,
    text: String,
}

impl Faces {
    fn new(part: &template::Part) -> Self {
        Self {
            html: quoted_printable(&part.html),
            text: quoted_printable(&part.text),
        }
    }

    pub(super) fn face(&self, face: Face) -> &str {
        match face {
            Face::Html => &self.html,
            Face::Text => &self.text,
        }
    }
}

/// A text of a variant's own as a piece of its mail.
pub(super) fn piece(encoded: &str) -> Piece {
    Piece::Own(encoded.as_bytes().into())
}

impl OwnTexts {
    /// The size of what is in the HTML.
    pub(super) fn html_bytes(&self) -> usize {
        let both = self.contents.iter().chain(self.more.iter().flatten());
        let both: usize = both.map(|faces| faces.html.len()).sum();
        self.title.len() + self.preheader.len() + both
    }
}

impl Words {
    pub(super) fn new(snapshot: &Snapshot, public_url: &str, language: Language) -> Self {
        Self {
            locale: locale(language),
            written_subject: views::written_subject(snapshot, language),
            newsletter: views::newsletter_name(snapshot, language),
            name_in_subject: snapshot.newsletter.digest.name_in_subject,
            public_url: public_url.to_owned(),
            language,
        }
    }

    /// The texts of the variant of this selection.
    pub(super) fn of(&self, selection: &Selection<'_>) -> OwnTexts {
        let told = selection.sections.iter().map(|section| Told {
            kind: section.parts.kind,
            titles: section
                .entries
                .iter()
                .map(|entry| entry.title.as_str())
                .collect(),
            left_out: section.left_out,
        });
        let told: Vec<_> = told.collect();
        let (subject, named) = self.subject(&told);
        let preheader = template::preheader(&told, named);
        let contents = template::is_long(selection.entries());
        let contents = contents.then(|| Faces::new(&template::contents(self.locale, &told)));
        let more = selection.sections.iter().map(|section| {
            (section.left_out > 0).then(|| self.more(section.parts, section.left_out))
        });
        OwnTexts {
            title: quoted_printable(&template::line(&subject)),
            preheader: quoted_printable(&template::line(&preheader)),
            contents,
            more: more.collect(),
            subject,
        }
    }

    /// The subject, and how many titles it names.
    fn subject(&self, told: &[Told<'_>]) -> (String, usize) {
        if let Some(written) = &self.written_subject {
            return (written.clone(), 0);
        }
        let has_name = self.name_in_subject || told.is_empty();
        let name = has_name.then_some(self.newsletter.as_str());
        let proposed = template::subject(self.locale, name, told);
        (proposed.text, proposed.named)
    }

    fn more(&self, section: &SectionParts, count: usize) -> Faces {
        let url = views::list_url(&self.public_url, section.kind, self.language);
        Faces::new(&template::more(self.locale, section.kind, count, &url))
    }

    /// At least as many bytes as these texts ever have in the HTML of a variant of these sections.
    pub(super) fn longest(&self, sections: &[SectionParts]) -> usize {
        let subject = self
            .written_subject
            .as_ref()
            .map_or(LONGEST_SUBJECT, |written| {
                quoted_printable(&template::line(written)).len()
            });
        let told: Vec<_> = sections
            .iter()
            .map(|section| Told {
                kind: section.kind,
                titles: vec![""; section.entries.len()],
                left_out: 0,
            })
            .collect();
        let contents = Faces::new(&template::contents(self.locale, &told));
        let more = sections.iter().map(|section| {
            let count = section.all();
            let counts = [1, 2, count].map(|count| self.more(section, count).html.len());
            counts.into_iter().max().unwrap_or(0)
        });
        let more: usize = more.sum();
        // One of a kind may have a longer name than several.
        let slack = 60 * sections.len();
        subject + LONGEST_PREHEADER + contents.html.len() + slack + more
    }
}

const LONGEST_SUBJECT: usize = longest_line(template::LONGEST_SUBJECT);
const LONGEST_PREHEADER: usize = longest_line(template::LONGEST_PREHEADER);

/// More bytes than a line of so many letters ever has when it is encoded: each may become four bytes
/// that are written in three characters each, and a line of 72 characters may be broken softly.
const fn longest_line(letters: usize) -> usize {
    let letters = letters * 4 * 3;
    letters + (letters / 72 + 1) * 3 + 2
}
