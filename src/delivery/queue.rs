//! What waits between two stages of the engine: short, in memory, and told to both sides when it
//! fills or empties. One lies between the ledger and the message builders, one between these and the
//! connections.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Between those who fill it and several workers.
#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
    /// Wakes workers.
    filled: Notify,
    /// Wakes one who waits in [`Queue::put`].
    room: Notify,
    /// Wakes the dispatcher: half of what it filled in is gone, or everything is done. Both queues
    /// of an engine share it.
    emptied: Arc<Notify>,
    closed: CancellationToken,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    /// Filled by [`Queue::fill`], and not called half empty since.
    filled: bool,
    /// Workers that hold a item or a result that is not recorded.
    working: usize,
}

impl<T> Queue<T> {
    pub(super) fn new(capacity: usize, emptied: Arc<Notify>) -> Self {
        Self {
            state: Mutex::new(State {
                items: VecDeque::new(),
                filled: false,
                working: 0,
            }),
            capacity,
            filled: Notify::new(),
            room: Notify::new(),
            emptied,
            closed: CancellationToken::new(),
        }
    }

    /// How many items to fetch now; none while more than half are there, so that they come in
    /// batches.
    pub(super) fn room(&self) -> usize {
        let waiting = self.state().items.len();
        if waiting > self.capacity / 2 {
            0
        } else {
            self.capacity - waiting
        }
    }

    pub(super) fn fill(&self, items: impl IntoIterator<Item = T>) {
        let mut state = self.state();
        state.items.extend(items);
        state.filled = true;
        drop(state);
        self.filled.notify_waiters();
    }

    /// Puts one item in as soon as there is room; forgets it when the queue is closed.
    pub(super) async fn put(&self, item: T) {
        loop {
            let mut room = pin!(self.room.notified());
            room.as_mut().enable(); // before the look, so that nothing is missed
            {
                let mut state = self.state();
                if state.items.len() < self.capacity {
                    state.items.push_back(item);
                    drop(state);
                    self.filled.notify_one();
                    return;
                }
            }
            tokio::select! {
                () = room => {}
                () = self.closed.cancelled() => return,
            }
        }
    }

    /// Puts one item in before all others, whether there is room or not: it has waited elsewhere.
    pub(super) fn put_first(&self, item: T) {
        self.state().items.push_front(item);
        self.filled.notify_one();
    }

    /// A item, if one waits. The worker is at work from here to [`Queue::rest`].
    pub(super) fn take(&self, at_work: &mut bool) -> Option<T> {
        if self.closed.is_cancelled() {
            return None;
        }
        let mut state = self.state();
        let item = state.items.pop_front()?;
        if !std::mem::replace(at_work, true) {
            state.working += 1;
        }
        // Once for each filling: a look costs queries.
        let wanting = state.filled && state.items.len() <= self.capacity / 2;
        state.filled &= !wanting;
        drop(state);
        self.room.notify_one();
        if wanting {
            self.emptied.notify_one();
        }
        Some(item)
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

    /// Waits for a item; `None` once the queue is closed.
    pub(super) async fn wait(&self, at_work: &mut bool) -> Option<T> {
        loop {
            let mut filled = pin!(self.filled.notified());
            filled.as_mut().enable(); // before the look, so that nothing is missed
            if let Some(item) = self.take(at_work) {
                return Some(item);
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
        state.items.is_empty() && state.working == 0
    }

    /// From here on nobody gets a item.
    pub(super) fn close(&self) {
        self.closed.cancel();
    }

    /// Returns once the queue is closed.
    pub(super) async fn closed(&self) {
        self.closed.cancelled().await;
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
