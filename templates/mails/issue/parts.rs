//! An issue in parts that are rendered once per language and joined into variants.
//!
//! Every part ends with a line end in HTML and in text, or is empty: quoted-printable encodes each
//! line by itself, so parts can be encoded one by one and joined afterwards. In their order they are
//!
//! ```text
//! opening  (preheader)  masthead  [contents  (contents)  ways out]  introduction  [shortened]
//!     { section title  { item } }  foot
//! ```
//!
//! where brackets mark what only long or shortened mails have, and parentheses what is each variant's
//! own: [`preheader`] and [`contents`].

use super::view::{Detail, IssueView, ItemView, SectionKind};
use super::{html, text, wording};
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
    /// The beginning, up to the preheader.
    pub opening: Part,
    /// From the preheader to the date of the edition.
    pub masthead: Part,
    /// Long mails: before the list of contents.
    pub contents: Part,
    /// Long mails: after the list of contents, with the links to leave.
    pub ways_out: Part,
    /// The words of the editors; may be empty.
    pub introduction: Part,
    /// Shortened mails: says so.
    pub shortened: Part,
    /// The end, with the links to leave.
    pub foot: Part,
}

/// Renders what surrounds the sections; those of `view` are not looked at.
pub fn around(site: &Site, view: &IssueView) -> Around {
    let subject = wording::subject(site.locale, view);
    let [opening, masthead, foot] = html::around(site, view, &subject);
    let [contents, ways_out] = html::around_contents(site, view);
    Around {
        opening: Part {
            html: opening,
            text: part(site, |text| text::masthead(site, view, text))
                .trim_start()
                .to_owned(),
        },
        masthead: Part {
            html: masthead,
            text: String::new(),
        },
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
pub fn item(site: &Site, detail: Detail, kind: SectionKind, item: &ItemView) -> Part {
    Part {
        html: html::item(site, detail, kind, item).into_string(),
        text: part(site, |text| text::item(site, detail, kind, item, text)),
    }
}

/// What a mail program shows beside the subject: the first of these titles, as HTML.
pub fn preheader<'a>(titles: impl IntoIterator<Item = &'a str>) -> String {
    html::preheader(titles).into_string()
}

/// More characters than [`preheader`] ever has, but for its line end.
pub const LONGEST_PREHEADER: usize = wording::PREHEADER + 2;

/// Whether a variant with so many items is long: it begins with its contents.
pub const fn is_long(items: usize) -> bool {
    wording::is_long(items)
}

/// The contents of a long variant: its sections, and how many items each has.
pub fn contents(locale: Locale, counts: &[(SectionKind, usize)]) -> Part {
    let mut text = Text::new(locale);
    text::contents(locale, counts, &mut text);
    Part {
        html: html::contents(locale, counts).into_string(),
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
        let items = || view.sections.iter().flat_map(|section| &section.items);
        let counts: Vec<_> = view
            .sections
            .iter()
            .map(|section| (section.kind, section.items.len()))
            .collect();
        let own = Part {
            html: preheader(items().map(|item| item.title.as_str())),
            text: String::new(),
        };
        let mut parts = vec![around.opening, own, around.masthead];
        if is_long(items().count()) {
            parts.extend([
                around.contents,
                contents(site.locale, &counts),
                around.ways_out,
            ]);
        }
        parts.push(around.introduction);
        if view.detail != Detail::Full {
            parts.push(around.shortened);
        }
        for section in &view.sections {
            parts.push(section_title(site, section.kind));
            let items = section.items.iter();
            parts.extend(items.map(|one| item(site, view.detail, section.kind, one)));
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
                for detail in Detail::ALL {
                    let view = IssueView {
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

    #[test]
    fn a_preheader_is_never_longer_than_its_bound() {
        for title in ["ä", "\"&<>", "a b", "Neunzig Buchstaben"] {
            for count in 1..200 {
                let titles = [title.repeat(count), "zwei".to_owned()];
                let line = wording::preheader(titles.iter().map(String::as_str));
                assert!(line.chars().count() <= LONGEST_PREHEADER, "{line}");
            }
        }
    }
}
