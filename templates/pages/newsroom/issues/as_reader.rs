//! An issue as one reader gets it.

use maud::{Markup, html};

use super::head::IssueHead;
use super::{sample, words};
use crate::components::{FieldError, error_summary, submit};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, csrf_field, frame};
use crate::sample::Sample;

/// The question for the address, and the answer.
#[derive(Debug, Clone)]
pub struct AsReaderView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub url: String,
    /// The address that was typed, while it is no address.
    pub address: String,
    /// What was found; none before somebody asked.
    pub found: Option<Found>,
}

/// What was found for an address.
#[derive(Debug, Clone)]
pub enum Found {
    /// What was typed is no address.
    NoAddress,
    /// Nobody with this address reads the newsletter: the address, masked.
    Nobody(String),
    /// This reader would find nothing in the issue.
    Nothing(String),
    /// The variant this reader gets.
    Variant(Box<OneReader>),
}

/// What one reader gets.
#[derive(Debug, Clone)]
pub struct OneReader {
    /// The address, masked.
    pub address: String,
    /// The language of the mail.
    pub language: Locale,
    /// The names of the reader's topics that are in it.
    pub topics: String,
    /// How many get just this.
    pub people: i64,
    /// Its subject.
    pub subject: String,
    /// The bare mail, for the frame.
    pub frame_url: String,
    /// The page that shows it in every view.
    pub variants_url: String,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &AsReaderView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("issue-desk-as-reader"));
    page.sub = html! { p { (t.say("issue-desk-as-reader-sub")) } };
    let errors: Vec<FieldError> = matches!(view.found, Some(Found::NoAddress))
        .then(|| FieldError {
            id: "address".into(),
            text: t.say("issue-desk-as-reader-no-address"),
        })
        .into_iter()
        .collect();
    page.has_errors = !errors.is_empty();
    let field = TextField {
        name: "address",
        kind: "email",
        label: t.say("issue-desk-as-reader-address"),
        hint: Some(t.say("issue-desk-as-reader-hint")),
        value: &view.address,
        autocomplete: Some("off"),
        most: Some(254),
        required: true,
    };
    let body = html! {
        (error_summary(t, &errors))
        form method="post" action=(view.url) {
            (csrf_field(desk))
            (text_field(t, &field, &errors))
            (submit(&t.say("issue-desk-as-reader-do")))
        }
        @if let Some(found) = &view.found { (answer(t, found)) }
        p { a href=(view.head.url) { (t.say("issue-desk-back")) } }
    };
    frame(desk, &page, &body)
}

fn answer(t: Locale, found: &Found) -> Markup {
    let says = |key: &str, address: &str| t.fill(key, [("address", address.into())]);
    html! {
        @match found {
            Found::NoAddress => {}
            Found::Nobody(address) => { div class="alert" role="status" { p { (says("issue-desk-as-reader-nobody", address)) } } }
            Found::Nothing(address) => { div class="alert" role="status" { p { (says("issue-desk-as-reader-nothing", address)) } } }
            Found::Variant(one) => {
                section aria-labelledby="found" {
                    h2 id="found" { (says("issue-desk-as-reader-found", &one.address)) }
                    div class="mail" {
                        p class="subject" {
                            b lang=(one.language.code()) { (one.subject) }
                            br;
                            span class="muted small" { (one.language.own_name()) " · " (one.topics) " · " (words::people(t, one.people)) }
                        }
                        iframe title=(t.say("issue-desk-frame")) src=(one.frame_url) sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                    }
                    p { a href=(one.variants_url) { (t.say("issue-desk-all-views")) } }
                }
            }
        }
    }
}

impl Sample for AsReaderView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let asked = |found| Self {
            head: sample::head(locale),
            url: "/newsroom/issues/region/48/as-reader".into(),
            address: String::new(),
            found,
        };
        let one = OneReader {
            address: "e…a@b…l.example".into(),
            language: Locale::De,
            topics: "Klima und Umwelt, Kultur".into(),
            people: 214,
            subject: "Neue Trinkwasserbrunnen und 3 weitere Meldungen".into(),
            frame_url: "/newsroom/issues/region/48/mail?language=de&topics=3".into(),
            variants_url: "/newsroom/issues/region/48/variants?language=de&topics=3".into(),
        };
        vec![
            ("question", asked(None)),
            ("found", asked(Some(Found::Variant(Box::new(one))))),
            (
                "nobody",
                asked(Some(Found::Nobody("e…a@b…l.example".into()))),
            ),
            (
                "no-address",
                Self {
                    address: "erika".into(),
                    ..asked(Some(Found::NoAddress))
                },
            ),
        ]
    }
}
