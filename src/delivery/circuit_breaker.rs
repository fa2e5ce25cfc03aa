//! Whether a relay can be reached. While it cannot, all connections to it pause together, longer
//! each time, and one log line says so.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::transport_error::TransportError;
use crate::domain::timestamp::Timestamp;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Shared by all connections to one relay.
#[derive(Debug, Default)]
pub(super) struct CircuitBreaker {
    /// Which relay, for the log.
    relay: String,
    down: Mutex<Option<Down>>,
}

/// When the relay went down.
#[derive(Debug, Clone)]
struct Down {
    /// Rounds of attempts in a row; connections that fail in the same pause are one round.
    rounds: u32,
    /// No attempt is made before this.
    until: Timestamp,
    error: TransportError,
}

impl CircuitBreaker {
    pub(super) fn new(relay: &str) -> Self {
        Self {
            relay: relay.to_owned(),
            down: Mutex::default(),
        }
    }

    /// A connection failed or could not be used.
    pub(super) fn failed(&self, now: Timestamp, error: &TransportError) {
        let mut down = self.down();
        let rounds = match &*down {
            Some(known) if now < known.until => return,
            Some(known) => known.rounds.saturating_add(1),
            None => {
                tracing::warn!(relay = self.relay, %error, "the relay accepts no mail; retrying with growing pauses");
                1
            }
        };
        let pause = FIRST_PAUSE.saturating_mul(1 << (rounds - 1).min(16));
        *down = Some(Down {
            rounds,
            until: now.plus(pause.min(LONGEST_PAUSE)),
            error: error.clone(),
        });
    }

    /// The relay answered a mail. True if it was down before.
    pub(super) fn worked(&self) -> bool {
        let was_down = self.down().take().is_some();
        if was_down {
            tracing::info!(relay = self.relay, "the relay accepts mail again");
        }
        was_down
    }

    /// No attempt should be made before this.
    pub(super) fn pause(&self) -> Option<Timestamp> {
        self.down().as_ref().map(|down| down.until)
    }

    /// The last error, once `rounds` rounds in a row have failed.
    pub(super) fn down_for(&self, rounds: u32) -> Option<TransportError> {
        self.down()
            .as_ref()
            .filter(|down| down.rounds >= rounds)
            .map(|down| down.error.clone())
    }

    fn down(&self) -> MutexGuard<'_, Option<Down>> {
        self.down.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Step;
    use super::*;

    #[test]
    fn pauses_grow_and_end_with_the_first_success() {
        let circuit_breaker = CircuitBreaker::default();
        let error = TransportError::Closed(Step::Connect);
        let mut now = Timestamp::from_micros(0);
        let mut pauses = Vec::new();
        for _ in 0..12 {
            for _ in 0..4 {
                circuit_breaker.failed(now, &error); // four connections are one round
            }
            let until = circuit_breaker.pause().expect("a pause");
            pauses.push(until.since(now).as_secs());
            now = until;
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(circuit_breaker.down_for(12), Some(error));
        assert_eq!(circuit_breaker.down_for(13), None);
        assert!(circuit_breaker.worked() && !circuit_breaker.worked());
        assert_eq!(circuit_breaker.pause(), None);
    }
}
