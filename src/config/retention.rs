//! `[retention]`: how long personal data is kept.

use std::path::PathBuf;
use std::time::Duration;

use super::keys::Keys;

/// `[retention]`. The period of unconfirmed sign-ups is in [`super::Subscribing`].
#[derive(Debug, Clone)]
pub struct Retention {
    /// How long after the end of an issue its ledger rows are kept.
    pub deliveries: Duration,
    /// How long after sending a notice is kept.
    pub notices: Duration,
    /// How long after the end of an issue its rendered texts are kept.
    pub rendered: Duration,
    /// How long a picture is kept after the last entry, or version of one, that had it.
    pub pictures: Duration,
    /// How many whole calendar years after the one in which a subscription ended its proof of
    /// consent is kept.
    pub proof_years: u32,
    /// How long the audit log is kept.
    pub audit: Duration,
    /// How long the privacy journal is kept.
    pub journal: Duration,
    /// The file of the privacy journal, if set.
    pub journal_file: Option<PathBuf>,
}

impl Retention {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let day = Duration::from_hours(24);
        Self {
            deliveries: keys.duration("deliveries", 7 * day..=3660 * day),
            notices: keys.duration("notices", day..=366 * day),
            rendered: keys.duration("rendered", day..=366 * day),
            pictures: keys.duration("pictures", day..=3660 * day),
            proof_years: keys.whole("proof_years", 1..=10),
            audit: keys.duration("audit", 30 * day..=3660 * day),
            journal: keys.duration("journal", 7 * day..=3660 * day),
            journal_file: keys.optional_path("journal_file"),
        }
    }

    /// A span in whole days, for people; at least one.
    pub fn days(span: Duration) -> u32 {
        const DAY: u64 = 24 * 60 * 60;
        u32::try_from(span.as_secs().div_ceil(DAY))
            .unwrap_or(u32::MAX)
            .max(1)
    }
}
