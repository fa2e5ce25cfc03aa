//! An issue in parts that are rendered once per language and joined into variants.
//!
//! Every part ends with a line end in HTML and in text, or is empty: quoted-printable encodes each
//! line by itself, so parts can be encoded one by one and joined afterwards. In their order they are
//!
//! ```text
//! opening  (subject)  head  (preheader)  masthead  introduction  [contents  (contents)  ways out]
//!     [shortened]  { section title  { item }  [(more)] }  foot
//! ```
//!
//! where brackets mark what only some mails have, and parentheses what is each variant's own:
//! [`line()`] of its subject and its preheader, [`contents`], and [`more`]. The item that leads is a part
//! of its own, beside the same item among others.

use super::own::{self, ProposedSubject};
use super::view::{Detail, IssueView, ItemView, SectionKind, Texts, Told};
use super::{html, item as item_html, text};
use crate::locale::Locale;
use crate::plain_text::Text;
use crate::site::Site;

/// What a part says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// As HTML.
    pub html: String,
    /// As text.
    pub text: String,
}

/// The parts around the sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The beginning, up to the subject in the title of the document.
    pub opening: Part,
    /// From there to the preheader.
    pub head: Part,
    /// From the preheader to the date of the edition.
    pub masthead: Part,
    /// The words of the editors; may be empty.
    pub introduction: Part,
    /// Long mails: before the list of contents.
    pub contents: Part,
    /// Long mails: after the list of contents, with the links to leave.
    pub ways_out: Part,
    /// Shortened mails: says so.
    pub shortened: Part,
    /// The end, with the links to leave.
    pub foot: Part,
}

/// Renders what surrounds the sections; those of `view` are not looked at.
pub fn around(site: &Site, view: &IssueView) -> Around {
    let [opening, head, masthead, foot] = html::around(site, view);
    let [contents, ways_out] = html::around_contents(site, view);
    let html_only = |html| Part {
        html,
        text: String::new(),
    };
    Around {
        opening: Part {
            html: opening,
            text: part(site, |text| text::masthead(site, view, text))
                .trim_start()
                .to_owned(),
        },
        head: html_only(head),
        masthead: html_only(masthead),
        contents: Part {
            html: contents,
            text: part(site, |text| text::contents_title(site, text)),
        },
        ways_out: Part {
            html: ways_out,
            text: part(site, |text| text::ways_out(site, view, text)),
        },
        introduction: Part {
            html: html::introduction(view).into_string(),
            text: part(site, |text| text::introduction(view, text)),
        },
        shortened: Part {
            html: html::shortened(site).into_string(),
            text: part(site, |text| text::shortened(site, text)),
        },
        foot: Part {
            html: foot,
            text: part(site, |text| text::foot(site, view, text))
                .trim_end()
                .to_owned()
                + "\n",
        },
    }
}

/// Renders the title of a section.
pub fn section_title(site: &Site, kind: SectionKind) -> Part {
    Part {
        html: html::section_title(site, kind).into_string(),
        text: part(site, |text| text::section_title(site, kind, text)),
    }
}

/// Renders as much of an item as `detail` shows.
pub fn item(site: &Site, texts: Texts, detail: Detail, kind: SectionKind, item: &ItemView) -> Part {
    Part {
        html: item_html::item(site, texts, detail, kind, item).into_string(),
        text: part(site, |text| {
            text::item(site, texts, detail, kind, item, text);
        }),
    }
}

/// The subject for a variant that tells this, from its first titles. With `name`, the newsletter's
/// stands before them.
pub fn subject(locale: Locale, name: Option<&str>, told: &[Told<'_>]) -> ProposedSubject {
    own::subject(locale, name, told)
}

/// More characters than a [`subject`] ever has.
pub const LONGEST_SUBJECT: usize = own::SUBJECT + 1;

/// What a mail program shows beside a subject that names the first `named` titles (0 where an editor
/// wrote it): the next ones.
pub fn preheader(told: &[Told<'_>], named: usize) -> String {
    own::preheader(told, named)
}

/// More characters than a [`preheader`] ever has.
pub const LONGEST_PREHEADER: usize = own::PREHEADER + 1;

/// A subject or a preheader as it stands in the HTML; the text has neither.
pub fn line(text: &str) -> String {
    html::line(text).into_string()
}

/// Whether a variant with so many items is long: it has contents.
pub const fn is_long(items: usize) -> bool {
    own::is_long(items)
}

/// The contents of a long variant: its sections, and how many items each has.
pub fn contents(locale: Locale, told: &[Told<'_>]) -> Part {
    let mut text = Text::new(locale);
    own::contents_text(locale, told, &mut text);
    Part {
        html: own::contents(locale, told).into_string(),
        text: text.into_part(),
    }
}

/// The end of a section that leaves out `count` items: a link to the page that lists them.
pub fn more(locale: Locale, kind: SectionKind, count: usize, url: &str) -> Part {
    let mut text = Text::new(locale);
    own::more_text(locale, kind, count, url, &mut text);
    Part {
        html: own::more(locale, kind, count, url).into_string(),
        text: text.into_part(),
    }
}

fn part(site: &Site, write: impl FnOnce(&mut Text)) -> String {
    let mut text = Text::new(site.locale);
    write(&mut text);
    text.into_part()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sample as _;

    /// The variant of `view`, joined from its parts.
    fn joined(site: &Site, view: &IssueView) -> Part {
        let around = around(site, view);
        let told = view.told();
        let html_line = |text: &str| Part {
            html: line(text),
            text: String::new(),
        };
        let (subject, named) = super::super::subject(site, view, &told);
        let mut parts = vec![
            around.opening,
            html_line(&subject),
            around.head,
            html_line(&preheader(&told, named)),
            around.masthead,
            around.introduction,
        ];
        if is_long(told.iter().map(|one| one.titles.len()).sum()) {
            let contents = contents(site.locale, &told);
            parts.extend([around.contents, contents, around.ways_out]);
        }
        if view.detail != Detail::Full {
            parts.push(around.shortened);
        }
        for section in &view.sections {
            parts.push(section_title(site, section.kind));
            for one in &section.items {
                parts.push(item(site, view.texts, view.detail, section.kind, one));
            }
            if let Some(left) = &section.more {
                parts.push(more(site.locale, section.kind, left.count, &left.url));
            }
        }
        parts.push(around.foot);
        for part in &parts {
            for text in [&part.html, &part.text] {
                assert!(text.is_empty() || text.ends_with('\n'), "{text:?}");
            }
        }
        Part {
            html: parts.iter().map(|part| part.html.as_str()).collect(),
            text: parts.iter().map(|part| part.text.as_str()).collect(),
        }
    }

    #[test]
    fn parts_join_into_the_mail_in_one_piece() {
        for locale in Locale::ALL {
            let site = Site::sample(locale);
            for (name, view) in IssueView::samples(locale) {
                for (detail, texts) in Detail::ALL
                    .into_iter()
                    .flat_map(|detail| [(detail, Texts::Teaser), (detail, Texts::Whole)])
                {
                    let view = IssueView {
                        texts,
                        detail,
                        ..view.clone()
                    };
                    let whole = super::super::mail(&site, &view);
                    let joined = joined(&site, &view);
                    assert_eq!(joined.html, whole.html, "{name}");
                    assert_eq!(joined.text, whole.text, "{name}");
                }
            }
        }
    }
}
