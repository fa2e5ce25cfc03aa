//! Passes the mails that `digest` prepares to the engine of `delivery`; neither depends on the
//! other.

use crate::delivery::{MailFuture, Mails, NoMail};
use crate::digest::mails::{IssueMails, MailError};
use crate::domain::variant::VariantKey;

impl Mails for IssueMails {
    fn mail(&self, variant: VariantKey) -> MailFuture<'_> {
        Box::pin(async move { self.prepared(variant).await.map_err(NoMail::from) })
    }
}

impl From<MailError> for NoMail {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Store(error) => Self::Store(error),
            other => Self::Unusable(other.reason()),
        }
    }
}
