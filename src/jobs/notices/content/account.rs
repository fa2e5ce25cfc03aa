//! Mails to staff about their access to the newsroom.

use anyhow::Context as _;
use templates::mails::Mail;
use templates::mails::staff::{self, AccountChange, StaffMail, StaffMailView};

use crate::app::notices::attempt::Started;
use crate::app::staff::{AboutStaff, CODE_VALID_FOR, Changed};
use crate::digest::mail_context::wall_clock;
use crate::digest::site::locale;
use crate::domain::notice::NoticeKind;
use crate::domain::user::Role;
use crate::jobs::notices::Notices;

impl Notices {
    /// A mail about the access of the user whom it is for.
    pub(super) fn about_account(&self, started: &Started) -> anyhow::Result<Mail> {
        let notice = &started.notice;
        let (user, link) = started.staff.as_ref().context("a notice about nobody")?;
        let about: AboutStaff = serde_json::from_value(notice.parameters.clone())
            .context("a notice about an access without its parameters")?;
        let requested_at = wall_clock(notice.created_at, self.zone);
        let expires_at = link
            .as_ref()
            .map(|link| wall_clock(link.expires_at, self.zone));
        let expires_at = expires_at.unwrap_or(requested_at);
        let roles = user.roles.iter().map(Role::as_str);
        let says = match notice.kind {
            NoticeKind::Invitation => StaffMail::Invitation {
                by: about.by,
                roles: templates::pages::newsroom::roles(locale(notice.language), roles),
                expires_at,
            },
            NoticeKind::LoginLink => StaffMail::LoginLink {
                requested_at,
                expires_at,
            },
            NoticeKind::PasswordLink => StaffMail::PasswordLink {
                requested_at,
                expires_at,
            },
            NoticeKind::LoginCode => {
                let (session, asked_at) = about.code.context("a code for no session")?;
                StaffMail::LoginCode {
                    requested_at,
                    expires_at: wall_clock(asked_at.plus(CODE_VALID_FOR), self.zone),
                    code: self.keyring.login_code(&session, asked_at),
                }
            }
            _ => StaffMail::AccountChanged {
                at: requested_at,
                what: about.changed.map(change),
            },
        };
        let path = match link {
            Some(link) => format!("/newsroom/link/{}", link.token.reveal()),
            None => "/newsroom/account".to_owned(),
        };
        let language = notice.language;
        let view = StaffMailView {
            name: user.name.clone(),
            says,
            url: self.mail_context.link(&format!("{path}?lang={language}")),
        };
        Ok(staff::mail(&self.mail_context.site(language), &view))
    }
}

const fn change(changed: Changed) -> AccountChange {
    match changed {
        Changed::Password => AccountChange::Password,
        Changed::SecondFactorSetUp => AccountChange::SecondFactorSetUp,
        Changed::SecondFactorReplaced => AccountChange::SecondFactorReplaced,
        Changed::SecondFactorRemoved => AccountChange::SecondFactorRemoved,
        Changed::RecoveryCodes => AccountChange::RecoveryCodes,
    }
}
