//! A short in-memory queue between two stages of the engine that notifies both sides. One is
//! between the ledger and the message builders, one between these and the connections.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Connects its producers with several workers.
#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    capacity: usize,
    /// Wakes workers.
    filled: Notify,
    /// Wakes a task that waits in [`Queue::put`].
    room: Notify,
    /// Wakes the dispatcher: half of the last filling is consumed, or everything is done. Both
    /// queues of an engine share it.
    emptied: Arc<Notify>,
    closed: CancellationToken,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    /// Set by [`Queue::fill`] until the dispatcher was woken.
    filled: bool,
    /// Workers that hold an item, or a result that is not recorded.
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

    /// How many items to fetch now; none while it is more than half full, so that they come in
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

    /// Adds one item as soon as there is room; drops it if the queue is closed.
    pub(super) async fn put(&self, item: T) {
        loop {
            let mut room = pin!(self.room.notified());
            room.as_mut().enable(); // before the check, so that no notification is lost
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

    /// Adds one item at the front, whether there is room or not: it has waited elsewhere.
    pub(super) fn put_first(&self, item: T) {
        self.state().items.push_front(item);
        self.filled.notify_one();
    }

    /// An item, if there is one. The worker counts as busy until [`Queue::rest`].
    pub(super) fn take(&self, at_work: &mut bool) -> Option<T> {
        if self.closed.is_cancelled() {
            return None;
        }
        let mut state = self.state();
        let item = state.items.pop_front()?;
        if !std::mem::replace(at_work, true) {
            state.working += 1;
        }
        // Once per filling: a poll costs queries.
        let wanting = state.filled && state.items.len() <= self.capacity / 2;
        state.filled &= !wanting;
        drop(state);
        self.room.notify_one();
        if wanting {
            self.emptied.notify_one();
        }
        Some(item)
    }

    /// The worker holds nothing any more.
    pub(super) fn rest(&self, at_work: &mut bool) {
        if std::mem::replace(at_work, false) {
            let mut state = self.state();
            state.working -= 1;
            if state.working == 0 {
                self.emptied.notify_one();
            }
        }
    }

    /// Waits for an item; `None` once the queue is closed.
    pub(super) async fn wait(&self, at_work: &mut bool) -> Option<T> {
        loop {
            let mut filled = pin!(self.filled.notified());
            filled.as_mut().enable(); // before the check, so that no notification is lost
            if let Some(item) = self.take(at_work) {
                return Some(item);
            }
            tokio::select! {
                () = filled => {}
                () = self.closed.cancelled() => return None,
            }
        }
    }

    /// Nothing is queued and every task is idle.
    pub(super) fn is_idle(&self) -> bool {
        let state = self.state();
        state.items.is_empty() && state.working == 0
    }

    /// Closes the queue: nobody gets an item any more.
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
