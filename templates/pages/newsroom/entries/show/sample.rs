//! Entries of an invented town.

use super::{
    EntryPages, EntryShowView, IssueLine, Move, ProposalLine, Question, ShowDone, ShowWork, Told,
};
use crate::locale::Locale;
use crate::pages::entry::EntryView;
use crate::pages::newsroom::entries::difference;
use crate::pages::newsroom::entries::words::{Origin, State};
use crate::sample::{Sample, moment};

pub(in crate::pages::newsroom::entries) const URL: &str =
    "/newsroom/entries/01936c1f-7a2b-7c3d-8e4f-000000000001";

/// The pages of the invented entry.
pub(in crate::pages::newsroom::entries) fn pages() -> EntryPages {
    EntryPages {
        list: "/newsroom/entries".into(),
        show: URL.into(),
        edit: Some(format!("{URL}/edit")),
        versions: format!("{URL}/versions"),
    }
}

impl Sample for EntryShowView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let Some((_, public)) = EntryView::samples(locale).into_iter().next() else {
            return Vec::new();
        };
        let question =
            |question, deed: &str| (question, format!("/newsroom/entries/bulk?do={deed}"));
        let published = Self {
            uuid: "01936c1f-7a2b-7c3d-8e4f-000000000001".into(),
            public,
            state: State::Published,
            pinned: true,
            origin: Origin::Feed,
            languages: vec!["Deutsch".into(), "Nederlands".into()],
            created: moment(23, 16, 12),
            updated: moment(25, 10, 3),
            published: Some(moment(24, 9, 40)),
            public_url: Some("/news/2026-11-24-brunnen-000000000001".into()),
            issues: vec![
                IssueLine {
                    name: "Region aktuell 48".into(),
                    url: "/newsroom/issues/region/48".into(),
                    told: Told::Ahead,
                    at: Some(moment(26, 7, 0)),
                },
                IssueLine {
                    name: "Kultur im Dreiland 10".into(),
                    url: "/newsroom/issues/culture/10".into(),
                    told: Told::LeftOut,
                    at: Some(moment(24, 12, 0)),
                },
            ],
            versions: 4,
            proposal: Some(ProposalLine {
                url: format!("{URL}/proposal"),
                at: moment(25, 6, 0),
                differences: difference::sample(locale),
            }),
            work: Some(ShowWork {
                act: "/newsroom/entries/act".into(),
                moves: vec![Move::Unpin],
                questions: vec![question(Question::Withdraw, "withdraw")],
            }),
            pages: pages(),
            done: None,
            is_changed: false,
            now: moment(25, 11, 0),
        };
        let submitted = Self {
            state: State::Submitted,
            pinned: false,
            published: None,
            public_url: None,
            issues: Vec::new(),
            versions: 1,
            proposal: None,
            work: Some(ShowWork {
                act: "/newsroom/entries/act".into(),
                moves: vec![Move::Publish, Move::Pin],
                questions: vec![
                    question(Question::Reject, "reject"),
                    question(Question::Withdraw, "withdraw"),
                ],
            }),
            done: Some(ShowDone::Submitted),
            is_changed: true,
            ..published.clone()
        };
        let mut looked_at = Self {
            work: None,
            proposal: None,
            ..published.clone()
        };
        looked_at.pages.edit = None;
        vec![
            ("published", published),
            ("submitted", submitted),
            ("only-look", looked_at),
        ]
    }
}
