//! Wakes an engine that waits.

use std::sync::Arc;

use tokio::sync::Notify;

/// Wakes an engine of this process that waits: an issue was frozen or resumed.
#[derive(Debug, Clone, Default)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// Makes the engine look now.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// Returns when somebody does.
    pub(super) async fn woken(&self) {
        self.0.notified().await;
    }
}
