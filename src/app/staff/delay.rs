//! The delay between attempts to log in. It grows with each failure, per account and per network, and
//! ends by itself; nobody is locked out. Whoever is delayed can still use a mailed link.

use std::time::Duration;

use super::StaffError;
use crate::app::App;
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::login_delay::Failures;

/// The longest delay.
const LONGEST: Duration = Duration::from_mins(15);
/// After so long without an attempt everything is forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// What attempts are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// The account with this address, whether it exists or not.
    Account(&'a str),
    /// The second step of the user with this UUID.
    Code(&'a str),
    /// The network of the client.
    Network(&'a str),
    /// Mails to the account with this address.
    Mail(&'a str),
}

impl Counted<'_> {
    /// Attempts without any delay. A network may be an office with many people.
    const fn free(self) -> i64 {
        match self {
            Self::Account(_) | Self::Code(_) => 5,
            Self::Network(_) => 40,
            Self::Mail(_) => 3,
        }
    }

    fn key(self, app: &App) -> Result<String, StaffError> {
        let (kind, who) = match self {
            Self::Account(who) => ("account", who),
            Self::Code(who) => ("code", who),
            Self::Network(who) => ("network", who),
            Self::Mail(who) => ("mail", who),
        };
        let keyring = app.config.security.keyring();
        let keyring = keyring.map_err(crate::app::Error::from)?;
        Ok(keyring.login_hash(&format!("{kind} {who}")))
    }
}

/// The delay after so many attempts.
fn delay(attempts: i64, free: i64) -> Duration {
    match attempts - free {
        ..=0 => Duration::ZERO,
        beyond => {
            let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(10);
            (Duration::from_secs(1) * 2_u32.pow(doublings)).min(LONGEST)
        }
    }
}

/// Begins an attempt: counts it as failed until [`succeeded`]. Returns until when to wait if it is not
/// allowed yet; then nothing was counted.
pub async fn begin(app: &App, counted: &[Counted<'_>]) -> Result<Option<Timestamp>, StaffError> {
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    let mut known = Vec::new();
    for one in counted {
        let key = one.key(app)?;
        let failures = store::login_delay::locked(&mut tx, &key, now).await?;
        known.push((key, one.free(), failures));
    }
    let wait = known
        .iter()
        .filter_map(|(_, _, failures)| failures.map(|failures| failures.next_at))
        .filter(|next_at| *next_at > now)
        .max();
    if wait.is_some() {
        return Ok(wait);
    }
    for (key, free, failures) in known {
        let count = failures.map_or(0, |failures| failures.count) + 1;
        let next_at = now.plus(delay(count, free));
        let failures = Failures { count, next_at };
        store::login_delay::set(&mut tx, &key, failures, next_at.plus(FORGET)).await?;
    }
    tx.commit().await?;
    Ok(None)
}

/// Forgets what was counted: the attempt was successful. Of a network only this attempt.
pub async fn succeeded(app: &App, counted: &[Counted<'_>]) -> Result<(), StaffError> {
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    for one in counted {
        let key = one.key(app)?;
        match one {
            Counted::Network(_) => store::login_delay::take_back(&mut tx, &key, now).await?,
            _ => store::login_delay::forget(&mut tx, &key).await?,
        }
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_has_an_end() {
        let seconds: Vec<u64> = (5..=17).map(|count| delay(count, 5).as_secs()).collect();
        assert_eq!(
            seconds,
            [0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
        );
        assert_eq!(delay(i64::MAX, 5), LONGEST);
    }
}
