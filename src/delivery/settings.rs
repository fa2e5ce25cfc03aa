//! The engine's settings, from `[delivery]` of the configuration.

use std::time::Duration;

use super::health::Limits;
use crate::config::Delivery;
use crate::domain::return_path::ReturnPath;

/// How mails are leased, retried and given up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Deliveries leased at once, for each connection.
    pub lease_size: u32,
    /// How long a lease lasts; a running engine renews it at a third of that.
    pub lease_for: Duration,
    /// Concurrent mails to one recipient domain; 0 is no limit.
    pub domain_connections: u32,
    /// How often to poll for work when nobody wakes the engine.
    pub poll_every: Duration,
    /// The wait after the first temporary refusal; doubles with each further one.
    pub retry_first: Duration,
    /// The longest wait between two attempts.
    pub retry_longest: Duration,
    /// How long after its first attempt a delivery with temporary refusals is given up.
    pub give_up_after: Duration,
    /// The limits above which an issue pauses itself.
    pub health: Limits,
    /// The shortest wait after a transport error.
    pub transport_error_wait: Duration,
    /// The base of each mail's return path; without it, the return path of the prepared mail.
    pub return_path: Option<ReturnPath>,
    /// How long mails in flight may take to finish when the engine stops.
    pub finish_within: Duration,
    /// [`super::Engine::drain`] does not wait for retries that are further away than this.
    pub drain_max_wait: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lease_size: 20,
            lease_for: Duration::from_mins(2),
            domain_connections: 0,
            poll_every: Duration::from_secs(1),
            retry_first: Duration::from_mins(5),
            retry_longest: Duration::from_hours(4),
            give_up_after: Duration::from_hours(48),
            health: Limits {
                policy_refusals: 20,
                failed_share: 10,
            },
            transport_error_wait: Duration::from_secs(15),
            return_path: None,
            finish_within: Duration::from_secs(25),
            drain_max_wait: Duration::from_secs(30),
        }
    }
}

impl From<&Delivery> for Settings {
    fn from(config: &Delivery) -> Self {
        Self {
            lease_size: config.lease_size,
            lease_for: config.lease_for,
            domain_connections: config.domain_connections,
            poll_every: config.poll_every,
            retry_first: config.retry_first,
            retry_longest: config.retry_longest,
            transport_error_wait: config.transport_error_wait,
            give_up_after: config.give_up_after,
            health: Limits {
                policy_refusals: config.pause_policy_refusals,
                failed_share: config.pause_failed_share,
            },
            ..Self::default()
        }
    }
}
