//! Who would get an issue, counted once for the pages that people look at one after another: counting
//! goes through every subscription of the newsletter.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::app::App;
use crate::digest::audience::{self, Audience};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::{Connection, Result};

/// For so long a count is shown again.
const KEPT: Duration = Duration::from_secs(30);
/// Counts that are kept at most.
const MOST: usize = 32;

/// Newsletter, topics, and whether something is for everybody.
type Key = (i64, i64, bool);

/// The counts of the last seconds.
#[derive(Default)]
pub(in crate::web) struct Readers(Mutex<HashMap<Key, (Timestamp, Arc<Audience>)>>);

impl Readers {
    /// Who of a newsletter's readers something with these topics, or for everybody, is for; as it is,
    /// or was a moment ago. Not for decisions.
    pub(in crate::web) async fn of(
        &self,
        app: &App,
        conn: &mut impl Connection,
        newsletter: i64,
        (topics, for_everyone): (TopicSet, bool),
    ) -> Result<Arc<Audience>> {
        let now = app.clock.now();
        let key = (newsletter, topics.mask(), for_everyone);
        if let Some(kept) = self.kept(key, now) {
            return Ok(kept);
        }
        let counted = audience::of(conn, newsletter, (topics, for_everyone)).await?;
        let counted = Arc::new(counted);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (at, _)| is_fresh(*at, now));
        if all.len() < MOST {
            all.insert(key, (now, Arc::clone(&counted)));
        }
        Ok(counted)
    }

    fn kept(&self, key: Key, now: Timestamp) -> Option<Arc<Audience>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, kept) = all.get(&key)?;
        is_fresh(*at, now).then(|| Arc::clone(kept))
    }
}

/// Whether a count of `at` is shown at `now`. Where the clock stands still it is not: nobody can tell
/// how old it is.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    at < now && now.since(at) < KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_shown_for_half_a_minute() {
        let at = Timestamp::from_micros(1_000_000);
        let fresh =
            [0, 1, 29, 30, 60].map(|seconds| is_fresh(at, at.plus(Duration::from_secs(seconds))));
        assert_eq!(fresh, [false, true, true, false, false]);
        assert!(
            !is_fresh(at, at.minus(Duration::from_secs(1))),
            "a clock that was ahead"
        );
    }
}
