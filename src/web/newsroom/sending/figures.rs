//! Figures as the templates show them.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use templates::pages::newsroom::sending::{
    DomainView, FiguresView, OverTimeView, RelayView, ReportView,
};

use crate::app::issues::{DOMAINS_AMONG, Watched};
use crate::delivery::Reply;
use crate::domain::delivery::DeliveryState::{
    Cancelled, Failed, Leased, Left, Queued, Sent, Started, Uncertain,
};
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::DomainFigures;

/// The figures, with times of this zone.
pub(super) fn figures(watched: &Watched, zone: Tz) -> FiguresView {
    let local = |at: Timestamp| local(at, zone);
    let progress = &watched.progress;
    let counts = &progress.counts;
    let open = counts.of(Queued) + counts.of(Leased) + counts.of(Started);
    let classes = counts.classes.iter();
    let deferred = classes
        .filter(|((state, _), _)| matches!(state, Queued | Leased | Started))
        .map(|(_, count)| count)
        .sum::<i64>()
        .min(open);
    let answered = counts.of(Sent) + counts.of(Failed) + deferred;
    FiguresView {
        at: local(watched.at),
        recipients: counts.recipients,
        sent: counts.of(Sent),
        waiting: open - deferred,
        deferred,
        next_attempt: watched
            .next_due
            .filter(|due| deferred > 0 && *due > watched.at)
            .map(local),
        failed: counts.of(Failed),
        uncertain: counts.of(Uncertain),
        left: counts.of(Left),
        cancelled: counts.of(Cancelled),
        rate: if watched.issue.state == IssueState::Sending {
            progress.rate_lately
        } else {
            0.0
        },
        ends_in: progress.ends_at.map(|at| at.since(watched.at).as_secs()),
        quiet_until: progress.quiet_until.map(local),
        relays: watched
            .relays
            .iter()
            .map(|one| RelayView {
                name: one.relay.clone(),
                sent: one.sent,
                refused: one.refused,
            })
            .collect(),
        domains: watched.domains.iter().map(domain).collect(),
        among: (answered > DOMAINS_AMONG).then_some(DOMAINS_AMONG),
        over_time: over_time(watched, zone),
    }
}

/// What was answered for a domain.
pub(in crate::web::newsroom) fn domain(one: &DomainFigures) -> DomainView {
    let last = one.last.as_ref();
    DomainView {
        domain: one.domain.clone(),
        domains: one.domains,
        sent: one.sent,
        deferred: one.deferred,
        failed: one.failed,
        said: last.and_then(|last| said(last.code, last.status.as_deref(), last.words.as_deref())),
    }
}

fn over_time(watched: &Watched, zone: Tz) -> Option<OverTimeView> {
    let over = &watched.over_time;
    let values = |of: fn(&crate::store::delivery_report::Answered) -> i64| {
        over.answered.iter().map(of).collect::<Vec<_>>()
    };
    (!over.answered.is_empty()).then(|| OverTimeView {
        from: local(over.from, zone),
        span: over.span.as_secs(),
        sent: values(|one| one.sent),
        refused: values(|one| one.refused),
    })
}

/// The report of an issue that has ended.
pub(super) fn report(watched: &Watched, zone: Tz, retry_url: Option<String>) -> ReportView {
    let local = |at: Timestamp| local(at, zone);
    let counts = &watched.progress.counts;
    let failed = counts.classes.iter();
    let mut failures: Vec<_> = failed
        .filter(|((state, _), count)| *state == Failed && **count > 0)
        .map(|((_, class), count)| (class.as_str().to_owned(), *count))
        .collect();
    failures.sort_by_key(|(_, count)| -count);
    let between = watched.progress.sent_between;
    ReportView {
        began: between
            .map(|(first, _)| first)
            .or(watched.issue.frozen_at)
            .map(local),
        ended: watched.issue.finished_at.map(local),
        took: between.map(|(first, last)| last.since(first).as_secs()),
        cancelled: watched.issue.state == IssueState::Cancelled,
        failures,
        skipped: watched.issue.skipped,
        departures: watched.departures,
        only_totals: counts.recipients > 0
            && watched.domains.is_empty()
            && counts.of(Sent) + counts.of(Failed) > 0,
        retry_url,
    }
}

/// What a relay said, without the addresses in it.
pub(super) fn said(code: Option<i64>, status: Option<&str>, words: Option<&str>) -> Option<String> {
    let words = words.unwrap_or_default();
    let text = format!("{} {words}", status.unwrap_or_default());
    match code.and_then(|code| u16::try_from(code).ok()) {
        Some(code) => Some(Reply::new(code, text.trim()).to_string()),
        // Our own words: the relay could not be asked.
        None => Some(words.to_owned()).filter(|words| !words.is_empty()),
    }
}

/// An instant by the wall clock of a zone.
pub(super) fn local(at: Timestamp, zone: Tz) -> NaiveDateTime {
    at.in_zone(zone).naive_local()
}
