//! The picture of an entry: taking one in, saying what it shows, taking it away.

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::{Desk, DeskPage, csrf_field, frame, post_form};
use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::picture::PictureView;
use crate::sample::Sample;

/// The page of an entry's picture.
#[derive(Debug, Clone)]
pub struct EntryPictureView {
    /// Where the form posts to.
    pub action: String,
    /// The title of the entry.
    pub title: String,
    /// The editor of the entry.
    pub entry: String,
    /// The picture it shows.
    pub picture: Option<PictureView>,
    /// Its alternative text in each language: tag, name of the language, text.
    pub alternatives: Vec<(String, String, String)>,
    /// Whether it says nothing that the text does not say.
    pub is_decorative: bool,
    /// Who made it.
    pub credit: String,
    /// What must stay visible, in per cent from the left and from the top.
    pub focus: (String, String),
    /// The most megabytes of a file.
    pub megabytes: u64,
    /// What is wrong.
    pub problems: Vec<PictureProblem>,
    /// What was just done.
    pub done: Option<PictureDone>,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureDone {
    /// The entry shows it.
    Saved,
    /// The entry shows none any more.
    Removed,
}

/// Why a picture was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureProblem {
    /// No file was chosen.
    NoFile,
    /// A file was chosen, and something else is wrong: browsers do not send it again.
    ChooseAgain,
    /// The file is too large.
    TooLarge,
    /// It is no picture of a kind that is accepted.
    Unknown,
    /// It is an SVG drawing.
    Svg,
    /// It moves.
    Animated,
    /// It has too many pixels.
    TooManyPixels,
    /// It has too few.
    TooSmall,
    /// It is damaged, or its end is missing.
    Damaged,
    /// Reading it took too long.
    TooSlow,
    /// It has no alternative text.
    NoAlternative,
    /// A text is too long.
    TooLong,
    /// The focus is not between 0 and 100.
    Focus,
    /// It cannot be kept here.
    NoFolder,
}

impl PictureProblem {
    /// The field, and the key of the sentence.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NoFile => ("file", "editor-picture-no-file"),
            Self::ChooseAgain => ("file", "editor-picture-choose-again"),
            Self::TooLarge => ("file", "editor-picture-too-large"),
            Self::Unknown => ("file", "editor-picture-unknown"),
            Self::Svg => ("file", "editor-picture-svg"),
            Self::Animated => ("file", "editor-picture-animated"),
            Self::TooManyPixels => ("file", "editor-picture-too-many-pixels"),
            Self::TooSmall => ("file", "editor-picture-too-small"),
            Self::Damaged => ("file", "editor-picture-damaged"),
            Self::TooSlow => ("file", "editor-picture-too-slow"),
            Self::NoAlternative => ("alternative", "editor-picture-no-alternative"),
            Self::TooLong => ("alternative", "editor-picture-too-long"),
            Self::Focus => ("focus-x", "editor-picture-bad-focus"),
            Self::NoFolder => ("file", "editor-picture-no-folder"),
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryPictureView) -> Markup {
    let t = desk.site.locale;
    let megabytes = view.megabytes.to_string();
    let errors: Vec<FieldError> = view
        .problems
        .iter()
        .map(|problem| {
            let (id, key) = problem.words();
            FieldError {
                id: id.to_owned(),
                text: t.fill(key, [("megabytes", megabytes.as_str().into())]),
            }
        })
        .collect();
    let page = DeskPage {
        crumbs: vec![
            (
                "/newsroom/entries".to_owned(),
                t.say("newsroom-area-entries"),
            ),
            (view.entry.clone(), view.title.clone()),
        ],
        has_errors: !errors.is_empty(),
        scripts: &["picture"],
        done: view.done.map(|done| {
            t.say(match done {
                PictureDone::Saved => "editor-done-saved",
                PictureDone::Removed => "editor-picture-removed",
            })
        }),
        ..DeskPage::new(t.say("editor-picture"))
    };
    let body = html! {
        (error_summary(t, &errors))
        div class="two" {
            form method="post" action=(view.action) enctype="multipart/form-data" {
                (csrf_field(desk))
                (fields(t, view, &errors, &megabytes))
                div class="actions" { button name="do" value="save" { (t.say("editor-picture-save")) } }
            }
            div class="stack" {
                (chosen(t))
                @if let Some(picture) = &view.picture { (shown(desk, t, view, picture)) }
            }
        }
    };
    frame(desk, &page, &body)
}

/// The file that was chosen and not sent yet: the script shows it.
fn chosen(t: Locale) -> Markup {
    html! {
        section id="chosen" class="panel tinted" aria-labelledby="chosen-title" hidden {
            h2 id="chosen-title" { (t.say("editor-picture-chosen")) }
            p class="hint" { (t.say("editor-picture-chosen-hint")) }
            // The script puts the picture in.
            div data-focus {}
        }
    }
}

/// The picture as it is, and the way to take it away.
fn shown(desk: &Desk, t: Locale, view: &EntryPictureView, picture: &PictureView) -> Markup {
    html! {
        section class="panel tinted" aria-labelledby="now" {
            h2 id="now" { (t.say("editor-picture-now")) }
            div data-focus { img class="picture" src=(picture.src) width=(picture.width) height=(picture.height) alt=(picture.alt()); }
            (post_form(desk, &format!("{}/remove", view.action), &html! {
                button class="risk" { (t.say("editor-picture-remove")) }
            }))
        }
    }
}

fn fields(t: Locale, view: &EntryPictureView, errors: &[FieldError], megabytes: &str) -> Markup {
    let wrong = |id: &str| errors.iter().any(|error| error.id == id);
    let line = |name, label: &str, hint: Option<&str>, kind, value| TextField {
        name,
        kind,
        label: t.say(label),
        hint: hint.map(|hint| t.say(hint)),
        value,
        autocomplete: None,
        most: None,
        required: false,
    };
    html! {
        div class={ "field" @if wrong("file") { " wrong" } } {
            label for="file" { (t.say("editor-picture-file")) }
            p class="hint" id="file-hint" { (t.fill("editor-picture-file-hint", [("megabytes", megabytes.into())])) }
            (field_error(t, errors, "file"))
            input id="file" name="file" type="file" accept="image/jpeg,image/png,image/webp,image/gif"
                aria-describedby=[described_by(errors, "file", true)] aria-invalid=[wrong("file").then_some("true")];
        }
        fieldset id="alternative" tabindex="-1" class={ "stack" @if wrong("alternative") { " wrong" } } aria-describedby="alternative-hint" {
            legend { (t.say("editor-picture-alternative")) }
            p class="hint" id="alternative-hint" { (t.say("editor-picture-alternative-hint")) }
            (field_error(t, errors, "alternative"))
            @for (tag, name, text) in &view.alternatives {
                div class="field" {
                    label for={ "alt-" (tag) } { (name) }
                    input id={ "alt-" (tag) } name={ "alt-" (tag) } type="text" lang=(tag) value=(text);
                }
            }
            label class="choice" {
                input type="checkbox" name="decorative" value="on" checked[view.is_decorative];
                span { (t.say("editor-picture-decorative")) }
            }
        }
        (text_field(t, &line("credit", "editor-picture-credit", Some("editor-picture-credit-hint"), "text", &view.credit), errors))
        div class="row" {
            (text_field(t, &line("focus-x", "editor-picture-focus-x", Some("editor-picture-focus-hint"), "number", &view.focus.0), errors))
            (text_field(t, &line("focus-y", "editor-picture-focus-y", Some("editor-picture-focus-hint"), "number", &view.focus.1), errors))
        }
    }
}

impl Sample for EntryPictureView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let new = Self {
            action: "/newsroom/entries/0192aa/picture".into(),
            title: "Neue Trinkwasserbrunnen für die Region".into(),
            entry: "/newsroom/entries/0192aa/edit".into(),
            picture: None,
            alternatives: vec![
                ("de".into(), "Deutsch".into(), String::new()),
                ("nl".into(), "Nederlands".into(), String::new()),
            ],
            is_decorative: false,
            credit: String::new(),
            focus: ("50".into(), "50".into()),
            megabytes: 20,
            problems: Vec::new(),
            done: None,
        };
        let wrong = Self {
            problems: vec![
                PictureProblem::Svg,
                PictureProblem::NoAlternative,
                PictureProblem::Focus,
            ],
            ..new.clone()
        };
        let shown = Self {
            picture: Some(PictureView {
                src: "/pictures/00-400.jpg".into(),
                width: 400,
                height: 267,
                alt: Some("Eine Frau füllt ihre Flasche an einem Brunnen".into()),
                credit: None,
            }),
            alternatives: vec![(
                "de".into(),
                "Deutsch".into(),
                "Eine Frau füllt ihre Flasche an einem Brunnen".into(),
            )],
            credit: "Kim Muster".into(),
            done: Some(PictureDone::Saved),
            ..new.clone()
        };
        let undescribed = Self {
            problems: vec![PictureProblem::ChooseAgain, PictureProblem::NoAlternative],
            ..new.clone()
        };
        vec![
            ("new", new),
            ("wrong", wrong),
            ("undescribed", undescribed),
            ("shown", shown),
        ]
    }
}
