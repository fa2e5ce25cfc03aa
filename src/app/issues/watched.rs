//! The sending of an issue in figures: while it runs, and afterwards as a report.

use std::time::Duration;

use crate::delivery::{Progress, progress};
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::{self, Answered, DomainFigures, RelayFigures};
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// Domains are counted among this many of the latest answers: exact for most issues, and quick for
/// a million recipients.
pub const DOMAINS_AMONG: i64 = 10_000;
/// As many domains as fit on a screen; the others are added up.
const MOST_DOMAINS: i64 = 10;
/// What the plot shows while the issue is being sent.
const LATELY: Duration = Duration::from_mins(5);
/// Bars of the plot at most.
const MOST_SPANS: i64 = 30;
/// The lengths of a span that people count in, in seconds.
const SPANS: [u64; 14] = [
    1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 86_400,
];

/// The sending of an issue at an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// When this was read.
    pub at: Timestamp,
    /// The issue.
    pub issue: Issue,
    /// How far it is.
    pub progress: Progress,
    /// The domains with most answers, and the others added up. They are counted among the latest
    /// [`DOMAINS_AMONG`] answers. Empty once the rows of the ledger are past their retention period.
    pub domains: Vec<DomainFigures>,
    /// The relays behind these answers.
    pub relays: Vec<RelayFigures>,
    /// When the next waiting delivery is due.
    pub next_due: Option<Timestamp>,
    /// Answers over time.
    pub over_time: OverTime,
    /// How many people ended their subscription by a link in a mail of it.
    pub departures: i64,
}

/// Answers over time, in spans of the same length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTime {
    /// When the first span begins.
    pub from: Timestamp,
    /// The length of a span.
    pub span: Duration,
    /// The spans from the first to the last answer, also those without one.
    pub answered: Vec<Answered>,
}

/// The sending of an issue, read at `now`.
pub async fn watched(
    conn: &mut impl Connection,
    issue: Issue,
    now: Timestamp,
) -> Result<Watched, StoreError> {
    let progress = progress(conn, &issue, now).await?;
    let domains = delivery_report::domains(conn, issue.id, DOMAINS_AMONG, MOST_DOMAINS).await?;
    let over_time = over_time(conn, &issue, progress.sent_between, now).await?;
    let departures = store::issue_departure::of_issue(conn, issue.id).await?;
    Ok(Watched {
        at: now,
        progress,
        domains,
        relays: delivery_report::relays(conn, issue.id, DOMAINS_AMONG).await?,
        next_due: store::delivery::next_due(conn, issue.id).await?,
        over_time,
        departures,
        issue,
    })
}

async fn over_time(
    conn: &mut impl Connection,
    issue: &Issue,
    sent_between: Option<(Timestamp, Timestamp)>,
    now: Timestamp,
) -> Result<OverTime, StoreError> {
    let Some((first, last)) = sent_between else {
        return Ok(OverTime {
            from: now,
            span: Duration::from_secs(1),
            answered: Vec::new(),
        });
    };
    let runs = issue.state == IssueState::Sending;
    let (first, last) = if runs {
        (first.max(now.minus(LATELY)), now)
    } else {
        (first, last)
    };
    let span = span_for(last.since(first));
    let from = floor(first, span);
    let found = delivery_report::over_time(conn, issue.id, (from, last), span).await?;
    Ok(OverTime {
        from,
        span,
        answered: without_gaps(&found, last.since(from), span),
    })
}

/// The instant at which a span of this length begins, as clocks show it.
fn floor(at: Timestamp, span: Duration) -> Timestamp {
    let width = i64::try_from(span.as_micros()).unwrap_or(i64::MAX).max(1);
    Timestamp::from_micros(at.micros() - at.micros().rem_euclid(width))
}

/// The shortest span of which there are not too many.
fn span_for(whole: Duration) -> Duration {
    let most = u64::try_from(MOST_SPANS).unwrap_or(1);
    let seconds = SPANS
        .into_iter()
        .find(|span| span * (most - 1) >= whole.as_secs())
        .unwrap_or_else(|| whole.as_secs().div_ceil(most - 1));
    Duration::from_secs(seconds)
}

fn without_gaps(found: &[Answered], whole: Duration, span: Duration) -> Vec<Answered> {
    let last = i64::try_from(whole.as_micros() / span.as_micros()).unwrap_or(0);
    (0..=last.min(MOST_SPANS))
        .map(|span| {
            let there = found.iter().find(|one| one.span == span);
            there.copied().unwrap_or(Answered {
                span,
                sent: 0,
                refused: 0,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_has_few_bars_of_a_length_people_count_in() {
        let secs = |seconds| Duration::from_secs(seconds);
        assert_eq!(span_for(secs(0)), secs(1));
        assert_eq!(span_for(secs(29)), secs(1));
        assert_eq!(span_for(secs(30)), secs(2));
        assert_eq!(span_for(secs(300)), secs(30));
        assert_eq!(span_for(secs(86_400)), secs(3600));
        for whole in [1, 59, 1000, 86_400, 90 * 86_400, 4_000_000_000] {
            let bars = whole / span_for(secs(whole)).as_secs();
            assert!(bars < 30, "{whole}: {bars}");
        }
    }

    #[test]
    fn spans_without_an_answer_are_there() {
        let found = [
            Answered {
                span: 1,
                sent: 5,
                refused: 1,
            },
            Answered {
                span: 3,
                sent: 2,
                refused: 0,
            },
        ];
        let all = without_gaps(&found, Duration::from_secs(35), Duration::from_secs(10));
        let sent: Vec<_> = all.iter().map(|one| (one.span, one.sent)).collect();
        assert_eq!(sent, [(0, 0), (1, 5), (2, 0), (3, 2)]);
    }
}
