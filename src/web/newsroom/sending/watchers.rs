//! The figures of issues, read once for all who watch them in this process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::app::App;
use crate::app::issues::{Watched, watched};
use crate::domain::issue::IssueState;
use crate::store::StoreError;
use crate::store::issue::Issue;

/// Streams of events at once: each holds a connection.
const MOST_STREAMS: usize = 50;
/// Issues whose figures are kept.
const MOST_ISSUES: usize = 16;
/// Figures of an issue that is being sent are read again after this time …
const FRESH: Duration = Duration::from_secs(1);
/// … of others after this time …
const FRESH_WHEN_STILL: Duration = Duration::from_secs(10);
/// … and in any case so much later as reading them took, times this: with a million recipients,
/// watching must not cost what sending needs.
const SHARE: u32 = 10;

/// Who watches, and what they see.
#[derive(Clone)]
pub(in crate::web) struct Watchers {
    known: Arc<Mutex<BTreeMap<i64, Slot>>>,
    streams: Arc<Semaphore>,
}

/// The figures of one issue; whoever holds the lock reads them.
type Slot = Arc<tokio::sync::Mutex<Option<Known>>>;

struct Known {
    figures: Arc<Watched>,
    until: Instant,
}

impl Watchers {
    pub(in crate::web) fn new() -> Self {
        Self {
            known: Arc::default(),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
        }
    }

    /// The figures of an issue that was just read. At most one read of each issue runs at a time.
    pub(super) async fn figures(
        &self,
        app: &App,
        issue: &Issue,
    ) -> Result<Arc<Watched>, StoreError> {
        let slot = self.slot(issue.id);
        let mut known = slot.lock().await;
        if let Some(known) = known.as_ref()
            && known.until > Instant::now()
            && known.figures.issue == *issue
        {
            return Ok(Arc::clone(&known.figures));
        }
        let began = Instant::now();
        let mut conn = app.read().await?;
        let figures = Arc::new(watched(&mut conn, issue.clone(), app.clock.now()).await?);
        drop(conn);
        let fresh = if issue.state == IssueState::Sending {
            FRESH
        } else {
            FRESH_WHEN_STILL
        };
        *known = Some(Known {
            until: Instant::now() + fresh.max(began.elapsed() * SHARE),
            figures: Arc::clone(&figures),
        });
        Ok(figures)
    }

    /// A place for one more stream, if there is one.
    pub(super) fn stream(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.streams).try_acquire_owned().ok()
    }

    fn slot(&self, issue: i64) -> Slot {
        // A panic elsewhere leaves the map as it was.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_ISSUES && !known.contains_key(&issue) {
            known.clear();
        }
        Arc::clone(known.entry(issue).or_default())
    }
}
