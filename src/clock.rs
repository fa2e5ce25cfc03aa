//! What time it is.
//!
//! The one place that asks the system. [`cli`](crate::cli) makes a clock and hands it down; tests
//! and the demo make one that they set themselves.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::domain::timestamp::Timestamp;

/// A handle on a clock. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    /// Since when this clock runs, and how far ahead it is.
    System(Instant, Duration),
    /// What was last sent.
    Set(Arc<watch::Sender<SetTime>>),
}

/// What a set clock shows.
#[derive(Debug, Clone, Copy)]
struct SetTime {
    now: Timestamp,
    /// What it showed first.
    begin: Timestamp,
    /// How long it has run.
    elapsed: Duration,
}

/// Clocks of nodes, and of one machine before and after a correction, may differ by so much
/// without anybody minding. A stored instant further ahead was written by a clock that was wrong.
pub const TOLERATED_SKEW: Duration = Duration::from_mins(5);

/// How long the system's clock is believed without looking again: it may be put right, or the
/// machine may have slept, while somebody waits for an instant.
const LOOK_AGAIN: Duration = Duration::from_mins(1);

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Kind::System(Instant::now(), Duration::ZERO))
    }

    /// The clock of this machine, ahead by `span`: a node whose clock is wrong, for the drill.
    pub fn ahead_by(span: Duration) -> Self {
        Self(Kind::System(Instant::now(), span))
    }

    /// A clock that stands at `now` until it is set or advanced.
    pub fn set_at(now: Timestamp) -> Self {
        let time = SetTime {
            now,
            begin: now,
            elapsed: Duration::ZERO,
        };
        Self(Kind::Set(Arc::new(watch::Sender::new(time))))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System(_, ahead) => system_time().plus(*ahead),
            Kind::Set(time) => time.borrow().now,
        }
    }

    /// The present instant, leaving out corrections of the time of day since the process first asked:
    /// for instants that are kept in memory and compared within this process only.
    pub fn steady(&self) -> Timestamp {
        match &self.0 {
            Kind::System(_, ahead) => {
                static FIRST: OnceLock<(Instant, Timestamp)> = OnceLock::new();
                let (first, shown) = FIRST.get_or_init(|| (Instant::now(), system_time()));
                shown.plus(first.elapsed()).plus(*ahead)
            }
            Kind::Set(time) => {
                let time = time.borrow();
                time.begin.plus(time.elapsed)
            }
        }
    }

    /// Returns once [`Self::steady`] shows `instant` or later.
    pub async fn sleep_until_steady(&self, instant: Timestamp) {
        self.sleep(instant.since(self.steady())).await;
    }

    /// How long this clock has run. Monotonic: it does not jump when the time of day is corrected,
    /// so spans in memory are measured with it.
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            Kind::System(since, _) => since.elapsed(),
            Kind::Set(time) => time.borrow().elapsed,
        }
    }

    /// Returns once the clock shows `instant` or later. Of a set clock that is when somebody
    /// advances it; may be cancelled at any time.
    pub async fn sleep_until(&self, instant: Timestamp) {
        match &self.0 {
            Kind::System(..) => loop {
                let left = instant.since(self.now());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK_AGAIN)).await;
            },
            Kind::Set(time) => {
                // Looks before it waits, so no advance is missed; we hold a sender, so it never closes.
                let reached = |time: &SetTime| time.now >= instant;
                let _ = time.subscribe().wait_for(reached).await;
            }
        }
    }

    /// Returns once `span` has passed on this clock, whatever the time of day does meanwhile.
    pub async fn sleep(&self, span: Duration) {
        match &self.0 {
            Kind::System(..) => tokio::time::sleep(span).await,
            Kind::Set(time) => {
                let end = self.elapsed().saturating_add(span);
                let reached = |time: &SetTime| time.elapsed >= end;
                let _ = time.subscribe().wait_for(reached).await; // as in `sleep_until`
            }
        }
    }

    /// Lets time pass on a set clock until `now`, and wakes who waits for that. The system's clock is
    /// not touched.
    pub fn set(&self, now: Timestamp) {
        if let Kind::Set(time) = &self.0 {
            time.send_modify(|time| {
                time.elapsed += now.since(time.now);
                time.now = now;
            });
        }
    }

    /// Advances a set clock by `span`.
    pub fn advance(&self, span: Duration) {
        self.set(self.now().plus(span));
    }

    /// Corrects the time of day of a set clock: no time passes.
    pub fn correct(&self, now: Timestamp) {
        if let Kind::Set(time) = &self.0 {
            time.send_modify(|time| time.now = now);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system"
)]
fn system_time() -> Timestamp {
    chrono::Utc::now().into()
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.0 {
            Kind::System(..) => "system",
            Kind::Set(_) => "set",
        };
        write!(f, "Clock({kind}, {})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_set_clock_stands_until_it_is_advanced() {
        let clock = Clock::set_at(Timestamp::from_micros(0));
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep(Duration::from_mins(1)).await;
                clock.now()
            }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(59));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_secs(1));
        assert_eq!(waiting.await.ok(), Some(Timestamp::from_micros(60_000_000)));
    }

    #[tokio::test]
    async fn a_correction_of_the_time_of_day_ends_no_pause_and_prolongs_none() {
        let clock = Clock::set_at(Timestamp::from_micros(0));
        let pause = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(Duration::from_mins(1)).await }
        });
        tokio::task::yield_now().await;
        clock.correct(Timestamp::from_micros(0).plus(Duration::from_hours(1)));
        tokio::task::yield_now().await;
        assert!(!pause.is_finished());
        clock.correct(Timestamp::from_micros(0));
        clock.advance(Duration::from_mins(1));
        assert!(pause.await.is_ok());
        assert_eq!(clock.elapsed(), Duration::from_mins(1));
        assert_eq!(clock.steady(), Timestamp::from_micros(60_000_000));
    }

    #[tokio::test]
    async fn what_has_passed_is_not_waited_for() {
        for clock in [Clock::system(), Clock::set_at(Timestamp::from_micros(5))] {
            clock.sleep_until(Timestamp::from_micros(5)).await;
        }
    }
}
