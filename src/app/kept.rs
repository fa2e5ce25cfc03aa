//! What was worked out a moment ago for the pages that people look at one after another: how many readers chose
//! what, the mails of an issue, what its checks found, which domains refuse much. Nothing of it is used to decide.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::App;
use super::deliveries::{self, Troubled};
use crate::digest::audience::{Audience, Choices};
use crate::digest::mails::{self, MailError};
use crate::digest::snapshot::Snapshot;
use crate::digest::variant::LanguageMails;
use crate::domain::check::CheckResult;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::issue::Issue;
use crate::store::{Connection, Result};

/// Different choices of a newsletter that are kept at most: some megabytes.
const MOST_CHOICES: usize = 50_000;

/// Everything that is kept, in the memory of this process.
#[derive(Clone)]
pub(super) struct AllKept {
    /// By newsletter. Counting goes through every subscription.
    readers: Kept<i64, Choices>,
    /// By a hash of what an issue says, and language. An issue of forty entries has less than half a megabyte in
    /// each.
    mails: Kept<(String, Language), LanguageMails>,
    /// By a hash of what was checked.
    pub(super) checks: Kept<String, CheckResult>,
    /// There is one list of them.
    troubled: Kept<(), Vec<Troubled>>,
}

impl Default for AllKept {
    fn default() -> Self {
        Self {
            readers: Kept::new(Duration::from_secs(30), 32),
            mails: Kept::new(Duration::from_mins(5), 16),
            checks: Kept::new(Duration::from_mins(2), 16),
            troubled: Kept::new(Duration::from_mins(1), 1),
        }
    }
}

impl App {
    /// Who of a newsletter's readers something with these topics, or for everybody, is for; as it is, or was a
    /// moment ago. Not for decisions.
    pub async fn readers(
        &self,
        conn: &mut impl Connection,
        newsletter: i64,
        of: (TopicSet, bool),
    ) -> Result<Audience> {
        let now = self.clock.now();
        if let Some(kept) = self.kept.readers.get(&newsletter, now) {
            return Ok(kept.audience(of));
        }
        let counted = Choices::count(conn, newsletter).await?;
        let audience = counted.audience(of);
        if counted.len() <= MOST_CHOICES {
            self.kept.readers.put(newsletter, now, counted);
        }
        Ok(audience)
    }

    /// [`super::deliveries::troubled`], as it is or was a moment ago.
    pub async fn troubled(&self, conn: &mut impl Connection) -> Result<Arc<Vec<Troubled>>> {
        let now = self.clock.now();
        if let Some(kept) = self.kept.troubled.get(&(), now) {
            return Ok(kept);
        }
        let found = deliveries::troubled(conn, now).await?;
        Ok(self.kept.troubled.put((), now, found))
    }

    /// The mails of an issue in one language as pages show them; dated now or a moment ago.
    pub async fn mails(
        &self,
        conn: &mut impl Connection,
        issue: &Issue,
        snapshot: &Snapshot,
        language: Language,
    ) -> std::result::Result<Arc<LanguageMails>, MailError> {
        let now = self.clock.now();
        let key = (snapshot.seed(), language);
        if let Some(kept) = self.kept.mails.get(&key, now) {
            return Ok(kept);
        }
        let context = self.mail_context();
        let made = mails::in_language(conn, context, issue, snapshot, language, now).await?;
        Ok(self.kept.mails.put(key, now, made))
    }
}

type ByKey<K, V> = HashMap<K, (Timestamp, Arc<V>)>;

/// Values by what they follow from, for a while and up to a number.
pub(super) struct Kept<K, V> {
    all: Arc<Mutex<ByKey<K, V>>>,
    span: Duration,
    most: usize,
}

impl<K, V> Clone for Kept<K, V> {
    fn clone(&self) -> Self {
        Self {
            all: Arc::clone(&self.all),
            ..*self
        }
    }
}

impl<K: Eq + Hash + Clone, V> Kept<K, V> {
    fn new(span: Duration, most: usize) -> Self {
        Self {
            all: Arc::default(),
            span,
            most,
        }
    }

    /// The value of this key, where it was kept lately.
    pub(super) fn get(&self, key: &K, now: Timestamp) -> Option<Arc<V>> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, kept) = all.get(key)?;
        self.is_fresh(*at, now).then(|| Arc::clone(kept))
    }

    /// Keeps a value in place of the oldest, where there are too many.
    pub(super) fn put(&self, key: K, now: Timestamp, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (at, _)| self.is_fresh(*at, now));
        if all.len() >= self.most {
            let oldest = all.iter().min_by_key(|(_, (at, _))| *at);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                all.remove(&oldest);
            }
        }
        all.insert(key, (now, Arc::clone(&value)));
        value
    }

    /// Whether a value of `at` is shown at `now`. Where the clock stands still it is not: nobody can tell how
    /// old it is.
    fn is_fresh(&self, at: Timestamp, now: Timestamp) -> bool {
        at < now && now.since(at) < self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_for_its_time_and_the_oldest_goes_first() {
        let kept = Kept::new(Duration::from_secs(30), 2);
        let at = |seconds| Timestamp::from_micros(1_000_000).plus(Duration::from_secs(seconds));
        kept.put("a", at(1), 1);
        let found = [0, 1, 2, 30, 31, 60].map(|seconds| kept.get(&"a", at(seconds)).is_some());
        assert_eq!(found, [false, false, true, true, false, false]);
        kept.put("b", at(2), 2);
        kept.put("c", at(3), 3);
        let there = ["a", "b", "c"].map(|key| kept.get(&key, at(4)).is_some());
        assert_eq!(there, [false, true, true]);
    }
}
