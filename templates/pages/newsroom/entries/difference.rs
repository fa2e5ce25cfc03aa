//! What differs between two contents of an entry, field by field and word by word.

use maud::{Markup, html};

use crate::locale::Locale;

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The teaser.
    Teaser,
    /// The text.
    Body,
    /// What a council is to decide.
    Decision,
    /// What follows from it.
    Effects,
    /// When it takes place.
    When,
    /// Where.
    Place,
    /// Where to read more.
    Link,
    /// The date its author gave it.
    Date,
    /// Whom to ask.
    Contact,
    /// The council's file number.
    Reference,
    /// The committee, and documents.
    Paper,
    /// Topics.
    Topics,
    /// How one takes part, and whatever else.
    Details,
    /// What kind of entry it is.
    Kind,
    /// Whether it takes place.
    Cancelled,
    /// Which picture it shows.
    Picture,
    /// What the picture says to those who do not see it.
    PictureAlternative,
    /// Who made the picture.
    PictureCredit,
    /// The point of the picture that stays visible.
    PictureFocus,
}

impl Field {
    /// Its name.
    pub(crate) fn name(self, t: Locale) -> String {
        t.say(match self {
            Self::Title => "entry-desk-field-title",
            Self::Teaser => "entry-desk-field-teaser",
            Self::Body => "entry-desk-field-body",
            Self::Decision => "entry-desk-field-decision",
            Self::Effects => "entry-desk-field-effects",
            Self::When => "entry-desk-field-when",
            Self::Place => "entry-desk-field-place",
            Self::Link => "entry-desk-field-link",
            Self::Date => "entry-desk-field-date",
            Self::Contact => "entry-desk-field-contact",
            Self::Reference => "entry-desk-field-reference",
            Self::Paper => "entry-desk-field-paper",
            Self::Topics => "entry-desk-field-topics",
            Self::Details => "entry-desk-field-details",
            Self::Kind => "entry-desk-field-kind",
            Self::Cancelled => "entry-desk-field-cancelled",
            Self::Picture => "entry-desk-field-picture",
            Self::PictureAlternative => "entry-desk-field-picture-alternative",
            Self::PictureCredit => "entry-desk-field-picture-credit",
            Self::PictureFocus => "entry-desk-field-picture-focus",
        })
    }
}

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in both.
    Kept,
    /// It was taken out.
    Removed,
    /// It was added.
    Added,
}

/// A field that differs.
#[derive(Debug, Clone)]
pub struct FieldDifference {
    /// Which one.
    pub field: Field,
    /// The language of the text: its tag and its name. None for what is the same in all.
    pub language: Option<(String, String)>,
    /// The text in pieces.
    pub pieces: Vec<(Fate, String)>,
}

/// Characters of an unchanged piece that are shown at each end; what lies between is left out.
const CONTEXT: usize = 160;

/// The differences, each under its heading of this level (`h2` or `h3`).
pub(crate) fn differences(t: Locale, all: &[FieldDifference]) -> Markup {
    html! {
        div class="stack" {
            @for one in all {
                section {
                    h3 {
                        (one.field.name(t))
                        @if let Some((_, name)) = &one.language { " " span class="muted small" { (name) } }
                    }
                    p class="difference" lang=[one.language.as_ref().map(|(tag, _)| tag)] {
                        @for (at, piece) in one.pieces.iter().enumerate() {
                            (self::piece(t, piece, at == 0, at + 1 == one.pieces.len()))
                        }
                    }
                }
            }
        }
    }
}

fn piece(t: Locale, (fate, text): &(Fate, String), is_first: bool, is_last: bool) -> Markup {
    // Screen readers do not say the elements; the words for them are in the language of the page.
    let marked = |key| html! { span class="hidden" lang=(t.code()) { " " (t.say(key)) " " } };
    html! {
        @match fate {
            Fate::Kept => { (shortened(text, is_first, is_last)) }
            Fate::Removed => del { (marked("entry-desk-removed")) (text) (marked("entry-desk-removed-end")) }
            Fate::Added => ins { (marked("entry-desk-added")) (text) (marked("entry-desk-added-end")) }
        }
    }
}

/// What is around a change is shown, what is far from it is not.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let characters = text.chars().count();
    if characters <= 3 * CONTEXT {
        return text.to_owned();
    }
    let head = if is_first {
        ""
    } else {
        &text[..after(text, CONTEXT)]
    };
    let tail = if is_last {
        ""
    } else {
        &text[after(text, characters - CONTEXT)..]
    };
    format!("{head} … {tail}")
}

/// Where so many characters end.
fn after(text: &str, characters: usize) -> usize {
    text.char_indices()
        .nth(characters)
        .map_or(text.len(), |(at, _)| at)
}

/// An invented change, for samples.
pub(crate) fn sample(t: Locale) -> Vec<FieldDifference> {
    let text = |key: [&str; 4]| crate::sample::pick(t, key);
    vec![
        FieldDifference {
            field: Field::Body,
            language: Some((t.code().to_owned(), t.own_name().to_owned())),
            pieces: vec![
                (
                    Fate::Kept,
                    text([
                        "Der Brunnen kommt ",
                        "The fountain will stand ",
                        "La fontaine sera ",
                        "De fontein komt ",
                    ]),
                ),
                (
                    Fate::Removed,
                    text(["an den Markt", "at the market", "au marché", "aan de markt"]),
                ),
                (
                    Fate::Added,
                    text([
                        "vor das Rathaus",
                        "in front of the town hall",
                        "devant la mairie",
                        "voor het stadhuis",
                    ]),
                ),
                (Fate::Kept, ".".to_owned()),
            ],
        },
        FieldDifference {
            field: Field::Place,
            language: None,
            pieces: vec![(
                Fate::Added,
                text(["Rathaus", "Town hall", "Mairie", "Stadhuis"]),
            )],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let long = "wort ".repeat(200);
        assert!(shortened(&long, true, false).starts_with(" … "));
        assert!(shortened(&long, false, true).ends_with(" … "));
        assert_eq!(
            shortened(&long, false, false).chars().count(),
            2 * CONTEXT + 3
        );
        assert_eq!(shortened("kurz", true, true), "kurz");
    }
}
