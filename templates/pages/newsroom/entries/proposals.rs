//! What sources say now of entries that were published: everything nobody has decided about.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::difference::Field;
use super::words;
use crate::locale::Locale;
use crate::pages::newsroom::components::{Tone, badge};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame};
use crate::sample::{Sample, moment, pick};

/// Open proposals.
#[derive(Debug, Clone)]
pub struct EntryProposalsView {
    /// The urgent ones first.
    pub proposals: Vec<ProposalLine>,
    /// Whether there are more than these.
    pub more: bool,
    /// The list of entries.
    pub list: String,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// An open proposal.
#[derive(Debug, Clone)]
pub struct ProposalLine {
    /// Where it is decided.
    pub url: String,
    /// The title of its entry.
    pub title: String,
    /// The parts that differ.
    pub fields: Vec<Field>,
    /// Whether readers may go to the wrong place or at the wrong time.
    pub urgent: bool,
    /// When the source said so.
    pub at: NaiveDateTime,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryProposalsView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        @if view.proposals.is_empty() { p { (t.say("entry-desk-proposals-none")) } }
        @else {
            p class="muted" { (t.say("entry-desk-proposals-text")) }
            ul class="rows" { @for one in &view.proposals { li { (line(t, one, view.now)) } } }
            @if view.more { p class="muted" { (t.say("entry-desk-proposals-more")) } }
        }
    };
    let page = DeskPage {
        crumbs: vec![(view.list.clone(), t.say("entry-desk-title"))],
        ..DeskPage::new(t.say("entry-desk-proposals"))
    };
    frame(desk, &page, &body)
}

fn line(t: Locale, line: &ProposalLine, now: NaiveDateTime) -> Markup {
    let fields: Vec<String> = line.fields.iter().map(|field| field.name(t)).collect();
    html! {
        a href=(line.url) { (line.title) }
        @if line.urgent { " " (badge(Tone::Ask, &t.say("entry-desk-urgent"))) }
        small { (fields.join(", ")) " · " (words::since(t, line.at, now)) }
    }
}

impl Sample for EntryProposalsView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let line = |title: [&str; 4], fields: &[Field], urgent| ProposalLine {
            url: "/newsroom/entries/1/proposal".into(),
            title: pick(locale, title),
            fields: fields.to_vec(),
            urgent,
            at: moment(25, 6, 0),
        };
        let some = Self {
            proposals: vec![
                line(
                    [
                        "Lesung und Gespräch",
                        "Reading and talk",
                        "Lecture et débat",
                        "Lezing en gesprek",
                    ],
                    &[Field::When, Field::Place],
                    true,
                ),
                line(
                    [
                        "Neue Trinkwasserbrunnen",
                        "New drinking fountains",
                        "Nouvelles fontaines",
                        "Nieuwe drinkfonteinen",
                    ],
                    &[Field::Body],
                    false,
                ),
            ],
            more: true,
            list: "/newsroom/entries".into(),
            now: moment(25, 11, 0),
        };
        let none = Self {
            proposals: Vec::new(),
            more: false,
            ..some.clone()
        };
        vec![("some", some), ("none", none)]
    }
}
