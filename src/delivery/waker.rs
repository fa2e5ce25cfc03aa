//! Wakes a waiting engine.

use std::sync::Arc;

use tokio::sync::Notify;

/// Wakes a waiting engine of this process after an issue was frozen or resumed.
#[derive(Debug, Clone, Default)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// Makes the engine poll now.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// Returns when woken.
    pub(super) async fn woken(&self) {
        self.0.notified().await;
    }
}
