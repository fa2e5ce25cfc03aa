//! Where the engine gets its mails from. `delivery` knows nothing of how an issue is written:
//! the service is started with something that does.

use std::pin::Pin;

use crate::domain::mail::PreparedMail;
use crate::domain::reason::Reason;
use crate::domain::variant::VariantKey;
use crate::store::StoreError;

/// What [`Mails::mail`] returns.
pub type MailFuture<'a> = Pin<Box<dyn Future<Output = Result<PreparedMail, NoMail>> + Send + 'a>>;

/// Prepared mails.
pub trait Mails: Send + Sync {
    /// The mail of a variant. Called for every delivery, so it keeps what variants have in common; the
    /// same variant is the same mail on every node and at every attempt.
    fn mail(&self, variant: VariantKey) -> MailFuture<'_>;
}

/// Why there is no mail.
#[derive(Debug, thiserror::Error)]
pub enum NoMail {
    /// The database; tried again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The variant cannot be written. Its issue is held with this reason until a person has looked.
    #[error("the mail cannot be made: {0}")]
    Unusable(Reason),
}
