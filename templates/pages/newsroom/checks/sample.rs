//! What the samples of this page are made of.

use chrono::NaiveDate;

use super::list::{AcceptedView, FindingRow, ListView, Mark};
use super::{ChecksView, Done, Problem};
use crate::checks::{CheckPlace, CheckValue, CheckView, check_words};
use crate::locale::Locale;
use crate::pages::newsroom::issues::head::{IssueHead, State};
use crate::pages::newsroom::issues::sample::head;
use crate::sample::{moment, pick};

const URL: &str = "/newsroom/issues/region/48";

fn row(t: Locale, mark: Mark, view: &CheckView<'_>, url: &str) -> FindingRow {
    let may = matches!(mark, Mark::Blocks | Mark::Warns);
    FindingRow {
        mark,
        words: check_words(t, view),
        url: Some(url.to_owned()).filter(|url| !url.is_empty()),
        preview_url: may.then(|| format!("{URL}/variants?language=de")),
        key: may.then(|| view.code.to_owned()),
        accepted: None,
    }
}

fn fine(t: Locale, code: &str, values: Vec<(&'static str, CheckValue<'_>)>) -> FindingRow {
    let place = CheckPlace::Elsewhere;
    row(
        t,
        Mark::Fine,
        &CheckView {
            code,
            values,
            place,
        },
        "",
    )
}

/// Every kind of row.
fn rows(t: Locale) -> Vec<FindingRow> {
    use CheckValue::{Bytes, Day, Language, Number, Quoted, Tenths};
    let advice = pick(
        t,
        [
            "Energieberatung für Mieterinnen und Mieter",
            "Energy advice for tenants",
            "Conseil énergie pour locataires",
            "Energieadvies voor huurders",
        ],
    );
    let day = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap_or_default();
    let entry = "/newsroom/entries/01936c1f-7a2b-7c3d-8e4f-1a2b3c4d5e6f/edit";
    let weekday = CheckView {
        code: "weekday-wrong",
        values: vec![
            ("language", Language("de")),
            ("written", Quoted("Donnerstag, 4. Dezember")),
            ("day", Day(day)),
        ],
        place: CheckPlace::Entry(&advice, "text"),
    };
    let credit = CheckView {
        code: "credit-missing",
        values: Vec::new(),
        place: CheckPlace::Entry(&advice, "picture"),
    };
    let introduction = CheckView {
        code: "introduction-missing",
        values: vec![("language", Language("nl")), ("readers", Number(107))],
        place: CheckPlace::IssueTexts,
    };
    let untranslated = CheckView {
        code: "entries-untranslated",
        values: vec![
            ("language", Language("nl")),
            ("missing", Number(3)),
            ("of", Number(7)),
            ("readers", Number(107)),
        ],
        place: CheckPlace::IssueEntries,
    };
    let mut accepted = row(t, Mark::Warns, &introduction, URL);
    accepted.accepted = Some(AcceptedView {
        who: Some("Jana Kern".to_owned()),
        at: moment(25, 9, 41),
        reason: pick(
            t,
            [
                "Der Vorspann betrifft nur die deutsche Seite.",
                "The introduction concerns the German side only.",
                "L’introduction ne concerne que le côté allemand.",
                "De inleiding betreft alleen de Duitse kant.",
            ],
        ),
    });
    vec![
        row(t, Mark::Blocks, &weekday, &format!("{entry}#text")),
        row(t, Mark::Warns, &credit, &format!("{entry}#picture")),
        accepted,
        row(t, Mark::Hint, &untranslated, URL),
        fine(t, "imprint-complete", Vec::new()),
        fine(t, "links-reached", vec![("links", Number(14))]),
        fine(t, "pictures-described", vec![("pictures", Number(5))]),
        fine(
            t,
            "size-good",
            vec![("size", Bytes(52_000)), ("limit", Bytes(100_000))],
        ),
        fine(
            t,
            "audience-usual",
            vec![("now", Number(4_312)), ("before", Number(4_287))],
        ),
        fine(t, "contrast-good", vec![("ratio", Tenths(81))]),
    ]
}

/// Every kind of row that is not in order.
pub(in crate::pages::newsroom) fn open_rows(t: Locale) -> Vec<FindingRow> {
    let mut rows = rows(t);
    rows.retain(|row| row.mark != Mark::Fine);
    rows
}

pub(super) fn samples(t: Locale) -> Vec<(&'static str, ChecksView)> {
    let open = ChecksView {
        head: head(t),
        done: None,
        problem: None,
        unsaved: Vec::new(),
        list: Some(ListView {
            rows: rows(t),
            accept_url: Some(format!("{URL}/checks/accept")),
            back: None,
        }),
        variants: 31,
        blocks: 1,
        approved_at: None,
        check_url: Some(format!("{URL}/checks")),
    };
    let kept = ChecksView {
        head: IssueHead {
            state: State::Sent,
            found: None,
            actions: Vec::new(),
            ..head(t)
        },
        list: Some(ListView {
            rows: rows(t).split_off(4),
            accept_url: None,
            back: None,
        }),
        approved_at: Some(moment(25, 16, 20)),
        check_url: None,
        blocks: 0,
        ..open.clone()
    };
    let old = ChecksView {
        list: None,
        approved_at: None,
        ..kept.clone()
    };
    let refused = ChecksView {
        problem: Some(Problem::NoReason),
        ..open.clone()
    };
    let done = ChecksView {
        done: Some(Done::Checked),
        ..open.clone()
    };
    vec![
        ("usual", open),
        ("kept", kept),
        ("old", old),
        ("refused", refused),
        ("done", done),
    ]
}
