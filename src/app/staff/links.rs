//! Links in mails to staff: asking for one, and using it. The token is made when the mail is sent
//! (see [`crate::app::notices::attempt`]); GET changes nothing, so mail scanners use up no link.

use std::time::Duration;

use super::delay::{self, Counted};
use super::log_in::first_step;
use super::session::{self, Opened};
use super::{NewUser, StaffError, add_user, notify_change, person};
use crate::app::notices::{self, Letter};
use crate::app::{Actor, App, Door, Operation, password};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::notice::{NoticeKind, Recipient};
use crate::domain::password::{About, Password};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::ConfirmToken;
use crate::domain::user::{Role, UserState};
use crate::store;
use crate::store::staff::StaffMember;
use crate::store::staff_link::{LinkPurpose, StaffLink};

/// The secret in a link.
pub type LinkToken = ConfirmToken;

/// The parameters of a notice with a link, or about an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AboutStaff {
    /// The user's row.
    pub staff: i64,
    /// The name of the colleague who invites.
    pub by: Option<String>,
    /// What was changed.
    pub changed: Option<Changed>,
    /// The session that a code is for, and when it was asked for.
    pub code: Option<(String, Timestamp)>,
}

/// What of an account was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The password.
    Password,
    /// A second factor was set up.
    SecondFactorSetUp,
    /// The second factor was replaced by another one.
    SecondFactorReplaced,
    /// The second factor was removed.
    SecondFactorRemoved,
    /// There are new recovery codes.
    RecoveryCodes,
}

impl LinkPurpose {
    /// How long a link works.
    pub const fn valid_for(self) -> Duration {
        match self {
            Self::Login => Duration::from_mins(15),
            Self::Password => Duration::from_mins(30),
            Self::Invitation => Duration::from_hours(48),
            Self::FirstAdministrator => Duration::from_hours(24),
        }
    }

    /// What the link in a notice of this kind is for.
    pub const fn of(kind: NoticeKind) -> Option<Self> {
        match kind {
            NoticeKind::Invitation => Some(Self::Invitation),
            NoticeKind::LoginLink => Some(Self::Login),
            NoticeKind::PasswordLink => Some(Self::Password),
            _ => None,
        }
    }

    /// Whether somebody in this state gets such a link.
    pub const fn fits(self, state: UserState) -> bool {
        match self {
            Self::Invitation => matches!(state, UserState::Invited),
            Self::Login | Self::Password => matches!(state, UserState::Active),
            Self::FirstAdministrator => false,
        }
    }
}

/// Queues a notice to a user as part of an operation.
pub(super) async fn enqueue(
    app: &App,
    op: &mut Operation,
    kind: NoticeKind,
    user: &StaffMember,
    about: AboutStaff,
) -> Result<(), StaffError> {
    let about = AboutStaff {
        staff: user.id,
        ..about
    };
    let letter = Letter {
        kind,
        recipient: Recipient::Address(user.email.clone()),
        language: user.language,
        signup: None,
        parameters: serde_json::to_value(about).unwrap_or_default(),
    };
    Ok(notices::enqueue(app, op, letter).await?)
}

/// Somebody asks for a mail with a link to log in, or to set a new password. Whoever was invited and
/// has not come yet gets another invitation. Nobody learns here whether there is such a user.
pub async fn ask(app: &App, email: &Address, kind: NoticeKind) -> Result<(), StaffError> {
    let key = email.key();
    // Counted for unknown addresses too: it takes as long.
    if delay::begin(app, &[Counted::Mail(&key)]).await?.is_some() {
        return Ok(());
    }
    let mut conn = app.read().await?;
    let user = store::staff::by_email(&mut conn, email).await?;
    drop(conn);
    let Some(user) = user.filter(|user| user.state != UserState::Disabled) else {
        return Ok(());
    };
    let kind = match user.state {
        UserState::Invited => NoticeKind::Invitation,
        _ => kind,
    };
    let actor = Actor::Guest(Door::LoginPage);
    let mut op = app.begin(&actor, Action::UserLink).await?;
    enqueue(app, &mut op, kind, &user, AboutStaff::default()).await?;
    op.record(subject(&user), None, Some(kind.as_str()));
    op.commit().await?;
    Ok(())
}

/// A link that works, and whose it is; none for the first administrator.
#[derive(Debug, Clone)]
pub struct Found {
    /// The link.
    pub link: StaffLink,
    /// The user.
    pub user: Option<StaffMember>,
}

/// What is behind a link. Changes nothing.
pub async fn find(app: &App, token: &LinkToken) -> Result<Option<Found>, StaffError> {
    let mut conn = app.read().await?;
    let now = app.clock.now();
    let Some(link) = store::staff_link::by_hash(&mut conn, &token.hash(), now).await? else {
        return Ok(None);
    };
    let user = match link.staff {
        Some(id) => store::staff::by_id(&mut conn, id).await?,
        None => None,
    };
    let works = match &user {
        Some(user) => link.purpose.fits(user.state),
        None => link.purpose == LinkPurpose::FirstAdministrator,
    };
    Ok(works.then_some(Found { link, user }))
}

/// Uses a link to log in. `None`: it does not work any more.
pub async fn log_in_by_link(
    app: &App,
    token: &LinkToken,
    agent: &str,
) -> Result<Option<Opened>, StaffError> {
    let Some(user) = of_purpose(app, token, &[LinkPurpose::Login]).await? else {
        return Ok(None);
    };
    if !take(app, token).await? {
        return Ok(None);
    }
    session::open(app, &user, first_step(&user), agent)
        .await
        .map(Some)
}

/// Uses a link to set a password, of an invitation or because the old one was forgotten. Ends all
/// sessions and begins one. `None`: the link does not work any more.
pub async fn set_password_by_link(
    app: &App,
    token: &LinkToken,
    text: &str,
    agent: &str,
) -> Result<Option<Opened>, StaffError> {
    let purposes = [LinkPurpose::Invitation, LinkPurpose::Password];
    let Some(user) = of_purpose(app, token, &purposes).await? else {
        return Ok(None);
    };
    let about = About {
        name: &user.name,
        address: user.email.as_str(),
        organisation: &app.config.organisation.name,
    };
    let hash = password::hash(Password::accept(text, about)?).await?;
    let mut op = app.begin(&person(&user), Action::UserPassword).await?;
    let at = op.at();
    let claimed = store::staff_link::take(op.tx(), &token.hash(), at).await?;
    if claimed.is_none() {
        return Ok(None);
    }
    store::staff::set_password(op.tx(), user.id, &hash).await?;
    store::staff_link::remove_of_staff(op.tx(), user.id).await?;
    session::end_all(&mut op, user.id).await?;
    if user.state == UserState::Active {
        notify_change(app, &mut op, &user, Changed::Password).await?;
    }
    let after = claimed.map(|link| link.purpose.as_str());
    op.record(subject(&user), Some(user.state.as_str()), after);
    op.commit().await?;
    // As it is now: whoever was invited may log in.
    let mut conn = app.read().await?;
    let user = store::staff::by_id(&mut conn, user.id).await?;
    drop(conn);
    match user {
        Some(user) => session::open(app, &user, first_step(&user), agent)
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// Uses the link that `serve` has printed: adds the first administrator. `None`: the link does not work
/// any more.
pub async fn add_first_administrator(
    app: &App,
    token: &LinkToken,
    new: NewUser,
    agent: &str,
) -> Result<Option<Opened>, StaffError> {
    let new = NewUser {
        roles: [Role::Administrator].into_iter().collect(),
        ..new
    };
    let found = find(app, token).await?;
    if found.is_none_or(|found| found.link.purpose != LinkPurpose::FirstAdministrator) {
        return Ok(None);
    }
    let hash = super::add::password_hash(app, &new).await?;
    let actor = Actor::Guest(Door::FirstAdministrator);
    let mut op = app.begin(&actor, Action::UserAdd).await?;
    let at = op.at();
    if store::staff_link::take(op.tx(), &token.hash(), at)
        .await?
        .is_none()
    {
        return Ok(None);
    }
    store::staff_link::remove_first_administrator(op.tx()).await?;
    let user = add_user(&mut op, new, hash, UserState::Active).await?;
    op.commit().await?;
    session::open(app, &user, first_step(&user), agent)
        .await
        .map(Some)
}

/// A new link for the first administrator, if there is no administrator who may log in.
pub async fn first_administrator(app: &App) -> Result<Option<LinkToken>, StaffError> {
    let mut conn = app.read().await?;
    let users = store::staff::list(&mut conn).await?;
    drop(conn);
    if users.iter().any(StaffMember::is_administrator) {
        return Ok(None);
    }
    let token = new_token()?;
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    let link = StaffLink {
        staff: None,
        purpose: LinkPurpose::FirstAdministrator,
        expires_at: now.plus(LinkPurpose::FirstAdministrator.valid_for()),
    };
    store::staff_link::add(&mut tx, &token.hash(), &link, now).await?;
    tx.commit().await?;
    Ok(Some(token))
}

pub(super) fn new_token() -> Result<LinkToken, getrandom::Error> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    Ok(LinkToken::from_entropy(entropy))
}

async fn of_purpose(
    app: &App,
    token: &LinkToken,
    purposes: &[LinkPurpose],
) -> Result<Option<StaffMember>, StaffError> {
    let found = find(app, token).await?;
    let found = found.filter(|found| purposes.contains(&found.link.purpose));
    Ok(found.and_then(|found| found.user))
}

async fn take(app: &App, token: &LinkToken) -> Result<bool, StaffError> {
    let mut tx = app.db.begin().await?;
    let used = store::staff_link::take(&mut tx, &token.hash(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(used.is_some())
}

fn subject(user: &StaffMember) -> Subject {
    Subject::new(SubjectKind::User, &user.uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disabled_users_get_no_link() {
        for purpose in LinkPurpose::ALL {
            assert!(!purpose.fits(UserState::Disabled), "{purpose}");
        }
    }

    #[test]
    fn passwords_are_not_printed() {
        let new = NewUser {
            name: "Erika".to_owned(),
            email: Address::parse("erika@example.org").expect("an address"),
            language: crate::domain::language::Language::De,
            roles: [Role::Viewer].into_iter().collect(),
            password: Some("geheim".to_owned().into()),
        };
        assert!(!format!("{new:?}").contains("geheim"));
    }
}
