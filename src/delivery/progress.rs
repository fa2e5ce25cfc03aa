//! Progress, rate and expected end of sending an issue: the figures that `issue status` prints and
//! a page can show.

use std::time::Duration;

use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::{self, Counts, FEWEST_SHOWN, Pace, SlowDomain};
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// The span for the current rate.
const LATELY: Duration = Duration::from_mins(1);
/// A rate over a shorter span means nothing.
const SHORTEST: Duration = Duration::from_secs(1);
const MOST_DOMAINS: i64 = 10;

/// The progress of an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Deliveries by state.
    pub counts: Counts,
    /// Mails per second in the last minute.
    pub rate_lately: f64,
    /// Mails per second between the first and the last mail.
    pub rate_overall: f64,
    /// When the first and the last mail that was accepted were begun.
    pub sent_between: Option<(Timestamp, Timestamp)>,
    /// When it may end, by its rate and the waits; `None` if nothing is being sent.
    pub ends_at: Option<Timestamp>,
    /// When the quiet hours of its newsletter end, if it is being sent and waits for that.
    pub quiet_until: Option<Timestamp>,
    /// The domains whose mails have waited longest, without those where few wait: they would be known by name.
    pub slow_domains: Vec<SlowDomain>,
}

/// The progress of an issue at `now`.
pub async fn progress(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<Progress, StoreError> {
    let counts = delivery_report::counts(conn, issue.id).await?;
    let lately = now.minus(LATELY);
    let pace = delivery_report::pace(conn, issue.id, lately, now).await?;
    let sending = issue.state == IssueState::Sending;
    let quiet_until = store::newsletter::by_id(conn, issue.newsletter)
        .await?
        .filter(|_| sending)
        .and_then(|newsletter| newsletter.settings.quiet_until(now));
    let rate_lately = match pace.first {
        Some(first) => rate(pace.sent_since, now.since(first.max(lately))),
        None => 0.0,
    };
    let rate_overall = match (pace.first, pace.last) {
        (Some(first), Some(last)) => rate(counts.of(DeliveryState::Sent), last.since(first)),
        _ => 0.0,
    };
    Ok(Progress {
        ends_at: ends_at(
            &counts,
            &pace,
            (rate_lately, rate_overall),
            quiet_until,
            now,
        )
        .filter(|_| sending),
        slow_domains: delivery_report::slow_domains(conn, issue.id, FEWEST_SHOWN, MOST_DOMAINS)
            .await?,
        counts,
        rate_lately,
        rate_overall,
        sent_between: pace.first.zip(pace.last),
        quiet_until,
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a rate is shown to a tenth, and nobody sends 2^52 mails"
)]
fn rate(mails: i64, span: Duration) -> f64 {
    mails as f64 / span.max(SHORTEST).as_secs_f64()
}

/// The due deliveries at the current rate, and the last wait for a retry.
#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn ends_at(
    counts: &Counts,
    pace: &Pace,
    (lately, overall): (f64, f64),
    quiet_until: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let under_way = [DeliveryState::Leased, DeliveryState::Started].map(|one| counts.of(one));
    let due = pace.due + under_way.iter().sum::<i64>();
    let rate = if lately > 0.0 { lately } else { overall };
    let begin = quiet_until.unwrap_or(now);
    let worked = match due {
        0 => begin,
        due => begin.plus(Duration::try_from_secs_f64(due as f64 / rate).ok()?),
    };
    (counts.open() > 0).then(|| worked.max(pace.last_due.unwrap_or(worked)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(queued: i64, started: i64) -> Counts {
        Counts {
            recipients: 1000,
            states: [
                (DeliveryState::Queued, queued),
                (DeliveryState::Started, started),
            ]
            .into(),
            ..Counts::default()
        }
    }

    #[test]
    fn the_end_counts_due_deliveries_and_the_last_wait() {
        let now = Timestamp::from_micros(0);
        let secs = |secs| now.plus(Duration::from_secs(secs));
        let pace = |due, last_due| Pace {
            due,
            last_due,
            ..Pace::default()
        };
        let end = |counts, pace, rates, quiet| ends_at(&counts, &pace, rates, quiet, now);
        let soon = pace(90, Some(now));
        assert_eq!(end(counts(90, 10), soon, (10.0, 5.0), None), Some(secs(10)));
        assert_eq!(end(counts(90, 10), soon, (0.0, 5.0), None), Some(secs(20)));
        assert_eq!(
            end(counts(90, 10), soon, (0.0, 0.0), None),
            None,
            "nothing moves"
        );
        let quiet = Some(secs(3600));
        assert_eq!(
            end(counts(90, 10), soon, (10.0, 5.0), quiet),
            Some(secs(3610))
        );
        let later = pace(0, Some(secs(300)));
        assert_eq!(end(counts(5, 0), later, (10.0, 5.0), None), Some(secs(300)));
        assert_eq!(
            end(counts(0, 0), pace(0, None), (10.0, 5.0), None),
            None,
            "it is over"
        );
    }

    #[test]
    fn a_rate_over_an_instant_is_bounded() {
        assert!((rate(50, Duration::ZERO) - 50.0).abs() < f64::EPSILON);
        assert!((rate(50, Duration::from_secs(10)) - 5.0).abs() < f64::EPSILON);
    }
}
