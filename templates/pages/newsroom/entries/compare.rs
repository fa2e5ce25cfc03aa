//! Two versions of an entry, compared word by word.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::difference::{self, Fate, Field, FieldDifference, differences};
use super::show::{EntryPages, by};
use super::versions::{self, Reason, VersionLine};
use super::words::Who;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::picture::PictureView;
use crate::sample::{Sample, moment};

/// Two versions of an entry.
#[derive(Debug, Clone)]
pub struct EntryCompareView {
    /// The title of the entry.
    pub title: String,
    /// The version it goes out from.
    pub from: VersionLine,
    /// The version it goes to.
    pub to: VersionLine,
    /// The pictures of both, where they are not the same.
    pub pictures: Option<(Option<PictureView>, Option<PictureView>)>,
    /// The numbers of those of whose picture nothing is known.
    pub without_record: Vec<i64>,
    /// What differs.
    pub differences: Vec<FieldDifference>,
    /// How the first of them can be brought back; none where it cannot.
    pub restore: Option<Restore>,
    /// Whether the entry has changed since the page was opened, so that nothing was brought back.
    pub is_changed: bool,
    /// The pages of the entry.
    pub pages: EntryPages,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// Bringing a version back.
#[derive(Debug, Clone)]
pub struct Restore {
    /// Where the form goes.
    pub action: String,
    /// The last version there is.
    pub latest: i64,
    /// What becomes of the picture.
    pub picture: RestoredPicture,
}

/// What becomes of the picture of an entry when a version of it is brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoredPicture {
    /// The version shows what the entry shows.
    Same,
    /// It shows something else, or says something else about it.
    Back,
    /// The version shows none.
    Gone,
    /// It stays, because nothing is known of that of the version.
    Stays,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryCompareView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        @if view.is_changed {
            div class="alert warning" role="alert" {
                p class="alert-title" { (t.say("entry-desk-restore-changed-title")) }
                p { (t.say("entry-desk-restore-changed")) }
            }
        }
        dl class="facts" {
            (version(t, "entry-desk-compare-from", &view.from, view.now))
            (version(t, "entry-desk-compare-to", &view.to, view.now))
        }
        section class="stack" {
            h2 { (t.say("entry-desk-differences")) }
            p class="small muted" { (t.say("entry-desk-differences-key")) }
            @if let Some(both) = &view.pictures { (pictures(t, view, both)) }
            @if !view.differences.is_empty() { (differences(t, &view.differences)) }
            @else if view.pictures.is_none() { p { (t.say("entry-desk-differences-none")) } }
            @for number in &view.without_record {
                p class="small muted" { (t.fill("entry-desk-picture-unknown", [("number", (*number).into())])) }
            }
        }
        @if let Some(restore) = &view.restore { (self::restore(desk, view, restore)) }
    };
    let page = DeskPage {
        crumbs: vec![
            (view.pages.list.clone(), t.say("entry-desk-title")),
            (view.pages.show.clone(), view.title.clone()),
            (view.pages.versions.clone(), t.say("entry-desk-versions")),
        ],
        ..DeskPage::new(t.fill(
            "entry-desk-compare-heading",
            [
                ("from", view.from.number.into()),
                ("to", view.to.number.into()),
            ],
        ))
    };
    frame(desk, &page, &body)
}

fn version(t: Locale, key: &str, version: &VersionLine, now: NaiveDateTime) -> Markup {
    html! {
        div {
            dt { (t.say(key)) }
            dd {
                (versions::name(t, version.number)) " · " (version.reason.words(t)) " · " (by(t, &version.who, version.at, now))
            }
        }
    }
}

/// Both pictures, one below the other: what they show is told in words where that differs.
fn pictures(
    t: Locale,
    view: &EntryCompareView,
    (old, new): &(Option<PictureView>, Option<PictureView>),
) -> Markup {
    let said = match (old, new) {
        (None, _) => "entry-desk-picture-added",
        (_, None) => "entry-desk-picture-removed",
        _ => "entry-desk-picture-replaced",
    };
    let shown = |number: i64, picture: Option<&PictureView>| {
        html! {
            div {
                dt { (versions::name(t, number)) }
                dd {
                    @if let Some(picture) = picture {
                        img class="picture" src=(picture.src) width=(picture.width) height=(picture.height)
                            alt=(t.fill("entry-desk-picture-of", [("number", number.into())]));
                    } @else { (t.say("entry-desk-picture-none")) }
                }
            }
        }
    };
    html! {
        section {
            h3 { (Field::Picture.name(t)) }
            p { (t.say(said)) }
            dl class="facts" {
                (shown(view.from.number, old.as_ref()))
                (shown(view.to.number, new.as_ref()))
            }
        }
    }
}

fn restore(desk: &Desk, view: &EntryCompareView, restore: &Restore) -> Markup {
    let t = desk.site.locale;
    let number = view.from.number;
    html! {
        section class="panel" {
            h2 { (t.fill("entry-desk-restore-title", [("number", number.into())])) }
            p { (t.say("entry-desk-restore-text")) }
            @match restore.picture {
                RestoredPicture::Same => {}
                RestoredPicture::Back => p { (t.say("entry-desk-restore-picture-back")) }
                RestoredPicture::Gone => p { (t.fill("entry-desk-restore-picture-gone", [("number", number.into())])) }
                RestoredPicture::Stays => p { (t.say("entry-desk-restore-picture-stays")) }
            }
            (post_form(desk, &restore.action, &html! {
                input type="hidden" name="number" value=(number);
                input type="hidden" name="latest" value=(restore.latest);
                button class="quiet" { (t.fill("entry-desk-restore", [("number", number.into())])) }
            }))
        }
    }
}

impl Sample for EntryCompareView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let person = Who::Person("Jana Kern".into());
        let view = Self {
            title: "Neue Trinkwasserbrunnen".into(),
            from: versions::sample(1, Reason::Imported, Who::Service),
            to: versions::sample(4, Reason::Written, person),
            pictures: None,
            without_record: vec![1],
            differences: difference::sample(locale),
            restore: Some(Restore {
                action: "/newsroom/entries/1/versions/restore".into(),
                latest: 4,
                picture: RestoredPicture::Stays,
            }),
            is_changed: false,
            pages: super::show::sample_pages(),
            now: moment(25, 11, 0),
        };
        let same = Self {
            without_record: Vec::new(),
            differences: Vec::new(),
            restore: None,
            is_changed: true,
            ..view.clone()
        };
        let pictures = Self {
            pictures: Some((Some(picture("1")), Some(picture("2")))),
            without_record: Vec::new(),
            differences: vec![FieldDifference {
                field: Field::PictureCredit,
                language: None,
                pieces: vec![
                    (Fate::Removed, "Kim Muster".to_owned()),
                    (Fate::Added, "Erika Beispiel".to_owned()),
                ],
            }],
            restore: view.restore.clone().map(|restore| Restore {
                picture: RestoredPicture::Back,
                ..restore
            }),
            ..view.clone()
        };
        let removed = Self {
            pictures: Some((None, Some(picture("2")))),
            differences: Vec::new(),
            restore: pictures.restore.clone().map(|restore| Restore {
                picture: RestoredPicture::Gone,
                ..restore
            }),
            ..pictures.clone()
        };
        vec![
            ("differences", view),
            ("same", same),
            ("pictures", pictures),
            ("removed", removed),
        ]
    }
}

/// An invented picture.
fn picture(name: &str) -> PictureView {
    PictureView {
        src: format!("/pictures/{name}-400.jpg"),
        width: 400,
        height: 267,
        alt: None,
        credit: None,
    }
}
