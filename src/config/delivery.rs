//! `[delivery]`: how mails wait, are retried and are given up.

use std::time::Duration;

use super::keys::Keys;
use super::units::parse_percent;

/// `[delivery]`.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Deliveries leased at once, for each connection.
    pub lease_size: u32,
    /// How long a lease lasts; a worker renews it every third of that.
    pub lease_for: Duration,
    /// Concurrent mails to one recipient domain, on each node; 0 is no limit.
    pub domain_connections: u32,
    /// How often a worker polls for work when nobody wakes it.
    pub poll_every: Duration,
    /// The wait after the first temporary refusal (4xx); it doubles with each further one.
    pub retry_first: Duration,
    /// The longest wait between two attempts.
    pub retry_longest: Duration,
    /// The shortest wait after a transport error.
    pub transport_error_wait: Duration,
    /// How long after the first attempt a mail is given up.
    pub give_up_after: Duration,
    /// This many policy refusals among the last hundred replies pause an issue; 0: never.
    pub pause_policy_refusals: u32,
    /// More than this share of failures, in per cent, pauses an issue; 100: never.
    pub pause_failed_share: u32,
    /// Bytes of HTML above which a warning is shown; Gmail truncates at about 102 KB.
    pub html_warn: usize,
    /// Bytes of HTML above which an issue is refused.
    pub html_refuse: usize,
}

impl Delivery {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
        let (hour, day) = (60 * minute, 1440 * minute);
        let delivery = Self {
            lease_size: keys.whole("lease_size", 1..=1_000),
            lease_for: keys.duration("lease_for", 3 * second..=hour),
            domain_connections: keys.whole("domain_connections", 0..=10_000),
            poll_every: keys.duration("poll_every", Duration::from_millis(50)..=10 * minute),
            retry_first: keys.duration("retry_first", second..=hour),
            retry_longest: keys.duration("retry_longest", second..=day),
            transport_error_wait: keys.duration("transport_error_wait", second..=hour),
            give_up_after: keys.duration("give_up_after", minute..=14 * day),
            pause_policy_refusals: keys.whole("pause_policy_refusals", 0..=100),
            pause_failed_share: keys.parsed(
                "pause_failed_share",
                "a share in quotation marks, e.g. \"10 %\"",
                parse_percent,
            ),
            html_warn: keys.size("html_warn", 10_000..=1_000_000),
            html_refuse: keys.size("html_refuse", 10_000..=1_000_000),
        };
        if delivery.retry_longest < delivery.retry_first {
            keys.error(
                "retry_longest",
                "shorter than retry_first",
                "make retry_longest at least as long as retry_first",
            );
        }
        if delivery.html_refuse < delivery.html_warn {
            keys.error(
                "html_refuse",
                "smaller than html_warn",
                "make html_refuse at least as large as html_warn",
            );
        }
        if delivery.html_refuse > 102_000 {
            keys.warn(
                "html_refuse",
                "Gmail cuts mails at about 102 KB, and with them the unsubscribe link at the end",
                "keep it at \"100 KB\"",
            );
        }
        delivery
    }
}
