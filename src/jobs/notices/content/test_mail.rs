//! One variant of an issue, as a test for the team: as it would be sent at the time of the test mail,
//! marked as one.

use anyhow::Context as _;
use templates::mails::Mail;
use templates::mails::issue_test::marked;

use crate::app::issues::{self, TestParameters};
use crate::digest::mails;
use crate::digest::site::locale;
use crate::jobs::notices::Notices;
use crate::store::outbox::Notice;
use crate::store::{self, Conn};

impl Notices {
    /// A test mail.
    pub(super) async fn test_mail(&self, conn: &mut Conn, notice: &Notice) -> anyhow::Result<Mail> {
        let of: TestParameters = serde_json::from_value(notice.parameters.clone())
            .context("a test mail without its parameters")?;
        let issue = store::issue::by_id(conn, of.issue)
            .await?
            .context("a test mail of an issue that is gone")?;
        let (at, language) = (notice.created_at, notice.language);
        let snapshot = issues::content(conn, &issue, at).await?;
        let context = &self.mail_context;
        let mails = mails::in_language(conn, context, &issue, &snapshot, language, at).await?;
        let variant = mails.variant(of.topics)?;
        let (html, text) = (variant.html(), variant.text());
        Ok(marked(locale(language), &variant.subject, &html, &text))
    }
}
