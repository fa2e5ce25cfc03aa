//! Renders notices: from the kind and parameters of a notice to the text of its mail.

mod account;
mod staff;
mod test_mail;

use anyhow::Context as _;
use templates::mails::Mail;
use templates::mails::already_subscribed::{self, AlreadySubscribedView};
use templates::mails::confirmation::{self, ConfirmationView};

use super::Notices;
use crate::app::notices::attempt::Started;
use crate::digest::mail_context::wall_clock;
use crate::domain::delivery::DeliveryKey;
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::notice::{NoticeKind, Recipient};
use crate::domain::subscriber::SubscriptionState;
use crate::domain::token::{ConfirmToken, Purpose, TOKEN_LEN};
use crate::domain::topic::TopicSet;
use crate::store::outbox::Notice;
use crate::store::signup::Signup;
use crate::store::{self, Conn};

/// The text of a notice.
pub(super) struct Content {
    pub(super) mail: Mail,
    /// Somebody has submitted the form; receivers detect floods by its host.
    pub(super) answers_a_form: bool,
}

impl Notices {
    /// The text of a notice that was started.
    pub(super) async fn content(&self, started: &Started) -> anyhow::Result<Content> {
        let notice = &started.notice;
        let mut conn = self.db.read().await?;
        let newsletters = store::newsletter::list(&mut conn).await?;
        let mail = match notice.kind {
            NoticeKind::Confirmation => {
                let (signup, token) = started
                    .confirms
                    .as_ref()
                    .context("a confirmation without a sign-up")?;
                self.confirmation(&mut conn, notice, (signup, token), &newsletters)
                    .await?
            }
            NoticeKind::AlreadySubscribed => {
                let Recipient::Subscriber(subscriber) = notice.recipient else {
                    anyhow::bail!(
                        "a notice about subscriptions to somebody who is not a subscriber"
                    );
                };
                self.already_subscribed(&mut conn, notice, subscriber, &newsletters)
                    .await?
            }
            NoticeKind::IssueTest => self.test_mail(&mut conn, notice).await?,
            NoticeKind::SenderCheck => self.sender_check(notice, &newsletters)?,
            NoticeKind::Invitation
            | NoticeKind::LoginLink
            | NoticeKind::PasswordLink
            | NoticeKind::LoginCode
            | NoticeKind::AccountChanged => self.about_account(started)?,
            NoticeKind::ReviewAsked
            | NoticeKind::IssueReturned
            | NoticeKind::IssueRejected
            | NoticeKind::IssueApproved
            | NoticeKind::ApprovalInvalidated
            | NoticeKind::IssueStopped => self.about_issue(&mut conn, notice, &newsletters).await?,
        };
        Ok(Content {
            mail,
            answers_a_form: !notice.kind.is_to_staff(),
        })
    }

    async fn confirmation(
        &self,
        conn: &mut Conn,
        notice: &Notice,
        (signup, token): (&Signup, &ConfirmToken),
        newsletters: &[Newsletter],
    ) -> anyhow::Result<Mail> {
        let zone = zone(newsletters, &signup.newsletters);
        let view = ConfirmationView {
            newsletters: named(conn, newsletters, &signup.newsletters, notice.language).await?,
            requested_at: wall_clock(signup.requested_at, zone),
            confirm_url: self.mail_context.link(&format!(
                "/confirm/{}?lang={}",
                token.reveal(),
                notice.language
            )),
            expires_at: wall_clock(signup.expires_at, zone),
        };
        let site = self.mail_context.site(notice.language);
        Ok(confirmation::mail(&site, &view))
    }

    async fn already_subscribed(
        &self,
        conn: &mut Conn,
        notice: &Notice,
        subscriber: i64,
        newsletters: &[Newsletter],
    ) -> anyhow::Result<Mail> {
        let running = store::subscription::of_subscriber(conn, subscriber).await?;
        let running = running
            .into_iter()
            .filter(|one| one.state == SubscriptionState::Active)
            .map(|one| (one.newsletter, one.topics))
            .collect::<Vec<_>>();
        let mut token = [0; TOKEN_LEN];
        let of = DeliveryKey {
            issue: 0,
            subscriber,
        };
        self.keyring
            .signer(Purpose::Preferences)
            .write(of, &mut token);
        let token = std::str::from_utf8(&token).expect("tokens are ASCII");
        let view = AlreadySubscribedView {
            newsletters: named(conn, newsletters, &running, notice.language).await?,
            requested_at: wall_clock(notice.created_at, zone(newsletters, &running)),
            preferences_url: self.mail_context.link(&format!("/preferences/{token}")),
            // An unsubscribe link identifies its newsletter by an issue; this mail has none.
            unsubscribe_url: None,
        };
        let site = self.mail_context.site(notice.language);
        Ok(already_subscribed::mail(&site, &view))
    }
}

/// The zone of times in the mail: that of the first newsletter.
fn zone(newsletters: &[Newsletter], chosen: &[(i64, TopicSet)]) -> chrono_tz::Tz {
    let is_chosen = |one: &&Newsletter| chosen.iter().any(|(id, _)| *id == one.id);
    newsletters
        .iter()
        .find(is_chosen)
        .map_or(chrono_tz::UTC, |one| one.settings.zone)
}

/// The newsletters and topics by their names in the reader's language.
async fn named(
    conn: &mut Conn,
    newsletters: &[Newsletter],
    chosen: &[(i64, TopicSet)],
    language: Language,
) -> anyhow::Result<Vec<templates::Newsletter>> {
    let topics = store::topic::list(conn).await?;
    let find = |id: i64| newsletters.iter().find(|one| one.id == id);
    Ok(chosen
        .iter()
        .filter_map(|(id, set)| find(*id).map(|newsletter| (newsletter, set)))
        .map(|(newsletter, set)| templates::Newsletter {
            name: newsletter.settings.text(language).name.clone(),
            topics: topics
                .iter()
                .filter(|topic| set.contains(topic.bit))
                .map(|topic| topic.name(language).to_owned())
                .collect(),
        })
        .collect())
}
