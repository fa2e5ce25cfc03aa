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
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    down: Option<Down>,
    /// Since when the relay answers; none where it did not yet.
    up_since: Option<Timestamp>,
}

/// When the relay went down. Instants are the steady clock's.
#[derive(Debug, Clone)]
pub(super) struct Down {
    /// When the first attempt failed.
    pub(super) since: Timestamp,
    /// Rounds of attempts in a row; connections that fail in the same pause are one round.
    pub(super) rounds: u32,
    /// No attempt is made before this.
    until: Timestamp,
    /// The last error.
    pub(super) error: TransportError,
}

impl CircuitBreaker {
    pub(super) fn new(relay: &str) -> Self {
        Self {
            relay: relay.to_owned(),
            state: Mutex::default(),
        }
    }

    /// A connection failed or could not be used.
    pub(super) fn failed(&self, now: Timestamp, error: &TransportError) {
        let mut state = self.state();
        let (since, rounds) = match &state.down {
            Some(known) if now < known.until => return,
            Some(known) => (known.since, known.rounds.saturating_add(1)),
            None => {
                tracing::warn!(relay = self.relay, %error, "the relay accepts no mail; retrying with growing pauses");
                (now, 1)
            }
        };
        let pause = FIRST_PAUSE.saturating_mul(1 << (rounds - 1).min(16));
        state.down = Some(Down {
            since,
            rounds,
            until: now.plus(pause.min(LONGEST_PAUSE)),
            error: error.clone(),
        });
    }

    /// The relay answered a mail at `now`. True if it was down before.
    pub(super) fn worked(&self, now: Timestamp) -> bool {
        let mut state = self.state();
        let was_down = state.down.take().is_some();
        if was_down || state.up_since.is_none() {
            state.up_since = Some(now);
        }
        if was_down {
            tracing::info!(relay = self.relay, "the relay accepts mail again");
        }
        was_down
    }

    /// No attempt should be made before this.
    pub(super) fn pause(&self) -> Option<Timestamp> {
        self.state().down.as_ref().map(|down| down.until)
    }

    /// The outage, if the relay is down; otherwise since when it answers, if it did.
    pub(super) fn condition(&self) -> Result<Option<Timestamp>, Down> {
        let state = self.state();
        match &state.down {
            Some(down) => Err(down.clone()),
            None => Ok(state.up_since),
        }
    }

    /// The last error, once `rounds` rounds in a row have failed.
    pub(super) fn down_for(&self, rounds: u32) -> Option<TransportError> {
        self.state()
            .down
            .as_ref()
            .filter(|down| down.rounds >= rounds)
            .map(|down| down.error.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        let began = circuit_breaker.condition().expect_err("it is down").since;
        assert_eq!(began, Timestamp::from_micros(0));
        assert!(circuit_breaker.worked(now) && !circuit_breaker.worked(now.plus(FIRST_PAUSE)));
        assert_eq!(circuit_breaker.condition().ok(), Some(Some(now)));
        assert_eq!(circuit_breaker.pause(), None);
    }
}
