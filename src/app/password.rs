//! Hashing passwords beside the async workers: two at a time, so that a flood of logins takes
//! neither the memory nor all cores.

use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::domain::password::{self, Password, SALT};

static PERMITS: Semaphore = Semaphore::const_new(2);

/// The hash of a new password.
pub async fn hash(password: Password) -> Result<String, getrandom::Error> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt)?;
    Ok(beside(move || password::hash(&password, salt)).await)
}

/// Whether `text` is the password with this hash; takes as long when there is none.
pub async fn verify(text: Zeroizing<String>, stored: Option<String>) -> bool {
    beside(move || password::verify(&text, stored.as_deref())).await
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _permit = PERMITS.acquire().await.expect("it is never closed");
    tokio::task::spawn_blocking(work)
        .await
        .expect("hashing does not panic, and the runtime waits for it")
}
