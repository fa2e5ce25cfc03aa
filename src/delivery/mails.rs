//! Where the engine gets its mails. `delivery` does not know how an issue is rendered; the service
//! passes in something that does.

use std::pin::Pin;

use crate::domain::mail::PreparedMail;
use crate::domain::reason::Reason;
use crate::domain::variant::VariantKey;
use crate::store::StoreError;

/// What [`Mails::mail`] returns.
pub type MailFuture<'a> = Pin<Box<dyn Future<Output = Result<PreparedMail, NoMail>> + Send + 'a>>;

/// Prepared mails.
pub trait Mails: Send + Sync {
    /// The mail of a variant. Called for every delivery, so implementations cache what variants
    /// share. The same variant gives the same mail on every node and at every attempt.
    fn mail(&self, variant: VariantKey) -> MailFuture<'_>;
}

/// Why there is no mail.
#[derive(Debug, thiserror::Error)]
pub enum NoMail {
    /// The database; tried again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The variant cannot be rendered. Its issue is held with this reason until a person resumes
    /// it.
    #[error("the mail cannot be built: {0}")]
    Unusable(Reason),
}
