//! What time it is.
//!
//! The one place that asks the system. [`cli`](crate::cli) makes a clock and hands it down; tests
//! and the demo make one that they set themselves.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::domain::timestamp::Timestamp;

/// A handle on a clock. Clones show the same time.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    System,
    /// The time is what was last sent.
    Set(Arc<watch::Sender<Timestamp>>),
}

/// How long the system's clock is believed without looking again: it may be put right, or the
/// machine may have slept, while somebody waits for an instant.
const LOOK_AGAIN: Duration = Duration::from_mins(1);

impl Clock {
    /// The clock of this machine.
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands at `now` until it is set or advanced.
    pub fn set_at(now: Timestamp) -> Self {
        Self(Kind::Set(Arc::new(watch::Sender::new(now))))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System => system_time(),
            Kind::Set(time) => *time.borrow(),
        }
    }

    /// Returns once the clock shows `instant` or later. Of a set clock that is when somebody
    /// advances it; may be cancelled at any time.
    pub async fn sleep_until(&self, instant: Timestamp) {
        match &self.0 {
            Kind::System => loop {
                let left = instant.since(system_time());
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK_AGAIN)).await;
            },
            Kind::Set(time) => {
                // Looks before it waits, so no advance is missed; we hold a sender, so it never closes.
                let _ = time.subscribe().wait_for(|now| *now >= instant).await;
            }
        }
    }

    /// Returns once `span` has passed on this clock.
    pub async fn sleep(&self, span: Duration) {
        self.sleep_until(self.now().plus(span)).await;
    }

    /// Sets a set clock and wakes who waits for that instant. The system's clock is not touched.
    pub fn set(&self, now: Timestamp) {
        if let Kind::Set(time) = &self.0 {
            time.send_replace(now);
        }
    }

    /// Advances a set clock by `span`.
    pub fn advance(&self, span: Duration) {
        if let Kind::Set(time) = &self.0 {
            time.send_modify(|now| *now = now.plus(span));
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
            Kind::System => "system",
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
    async fn what_has_passed_is_not_waited_for() {
        for clock in [Clock::system(), Clock::set_at(Timestamp::from_micros(5))] {
            clock.sleep_until(Timestamp::from_micros(5)).await;
        }
    }
}
