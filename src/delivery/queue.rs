//! What the engine has leased and the workers have not begun yet: short, in memory, and told to
//! both sides when it fills or empties.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Between one dispatcher and several workers.
#[derive(Debug)]
pub(super) struct Queue<Job> {
    state: Mutex<State<Job>>,
    capacity: usize,
    /// Wakes workers.
    filled: Notify,
    /// Wakes the dispatcher: there is room, or everything is done.
    emptied: Notify,
    closed: CancellationToken,
}

#[derive(Debug)]
struct State<Job> {
    jobs: VecDeque<Job>,
    /// Workers that hold a job or a result that is not recorded.
    working: usize,
}

impl<Job> Queue<Job> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::new(State {
                jobs: VecDeque::new(),
                working: 0,
            }),
            capacity,
            filled: Notify::new(),
            emptied: Notify::new(),
            closed: CancellationToken::new(),
        }
    }

    /// How many jobs to fetch now; none while more than half are there, so that they come in
    /// batches.
    pub(super) fn room(&self) -> usize {
        let waiting = self.state().jobs.len();
        if waiting > self.capacity / 2 {
            0
        } else {
            self.capacity - waiting
        }
    }

    pub(super) fn fill(&self, jobs: impl IntoIterator<Item = Job>) {
        self.state().jobs.extend(jobs);
        self.filled.notify_waiters();
    }

    /// A job, if one waits. The worker is at work from here to [`Queue::rest`].
    pub(super) fn take(&self, at_work: &mut bool) -> Option<Job> {
        if self.closed.is_cancelled() {
            return None;
        }
        let mut state = self.state();
        let job = state.jobs.pop_front()?;
        if !std::mem::replace(at_work, true) {
            state.working += 1;
        }
        if state.jobs.len() <= self.capacity / 2 {
            self.emptied.notify_one();
        }
        Some(job)
    }

    /// The worker has nothing in hand any more.
    pub(super) fn rest(&self, at_work: &mut bool) {
        if std::mem::replace(at_work, false) {
            let mut state = self.state();
            state.working -= 1;
            if state.working == 0 {
                self.emptied.notify_one();
            }
        }
    }

    /// Waits for a job; `None` once the queue is closed.
    pub(super) async fn wait(&self, at_work: &mut bool) -> Option<Job> {
        loop {
            let mut filled = pin!(self.filled.notified());
            filled.as_mut().enable(); // before the look, so that nothing is missed
            if let Some(job) = self.take(at_work) {
                return Some(job);
            }
            tokio::select! {
                () = filled => {}
                () = self.closed.cancelled() => return None,
            }
        }
    }

    /// Nothing waits and nobody works.
    pub(super) fn is_idle(&self) -> bool {
        let state = self.state();
        state.jobs.is_empty() && state.working == 0
    }

    /// Returns when there is room again, or nothing left to do.
    pub(super) async fn emptied(&self) {
        self.emptied.notified().await;
    }

    /// From here on nobody gets a job.
    pub(super) fn close(&self) {
        self.closed.cancel();
    }

    /// Returns once the queue is closed.
    pub(super) async fn closed(&self) {
        self.closed.cancelled().await;
    }

    fn state(&self) -> MutexGuard<'_, State<Job>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
