//! The two transactions of an attempt to send a notice: its start, and what came of it. Between them
//! `jobs` builds, signs and sends the mail, with no transaction open.

use std::time::Duration;

use crate::app::staff::AboutStaff;
use crate::clock::Clock;
use crate::domain::address::Address;
use crate::domain::notice::{Lane, NotSent, NoticeKind, Recipient};
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::{ConfirmToken, Keyring};
use crate::store::consent::ConsentEvent;
use crate::store::outbox::{Attempted, Notice};
use crate::store::signup::Signup;
use crate::store::staff::StaffMember;
use crate::store::staff_link::{LinkPurpose, StaffLink};
use crate::store::{self, Db, StoreError, Tx};

/// After this nobody waits for a notice any more.
pub const GIVE_UP: Duration = Duration::from_hours(48);

/// A notice that was started and may be sent.
#[derive(Debug)]
pub struct Started {
    /// The notice.
    pub notice: Notice,
    /// The address it goes to.
    pub to: Address,
    /// The sign-up that it asks to confirm, and the token of its link.
    pub confirms: Option<(Signup, ConfirmToken)>,
    /// The user of the newsroom whom it is for, and the link in it.
    pub staff: Option<(StaffMember, Option<StaffToken>)>,
}

/// The link in a mail to staff.
#[derive(Debug)]
pub struct StaffToken {
    /// The token in it. Only its hash is stored.
    pub token: ConfirmToken,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// What starting came to.
#[derive(Debug)]
pub enum Start {
    /// No notice of the lane is due.
    Nothing,
    /// A notice was started.
    Ready(Box<Started>),
    /// The next notice is not to be sent.
    NotSent(Notice, NotSent),
}

/// Why no notice could be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No token can be made for the link.
    #[error("the system gives no random numbers: {0}")]
    Entropy(#[from] getrandom::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Marks the next notice of a lane as started, or as not to be sent. The suppression, the recipient
/// and the sign-up are looked up in the same transaction.
pub async fn start(
    db: &Db,
    clock: &Clock,
    keyring: &Keyring,
    lane: Lane,
) -> Result<Start, StartError> {
    let mut tx = db.begin().await?;
    // After the transaction began: waiting for another writer must not shorten the lease.
    let now = clock.now();
    let Some(notice) = store::outbox::start_next(&mut tx, lane, now).await? else {
        return Ok(Start::Nothing);
    };
    let start = match may_send(&mut tx, keyring, &notice, now).await? {
        Ok(Recipients { to, signup, staff }) => {
            let confirms = match signup {
                Some(signup) => Some((signup.clone(), token(&mut tx, signup.id, now).await?)),
                None => None,
            };
            let staff = match staff {
                Some(user) => {
                    let link = staff_link(&mut tx, &notice, &user, now).await?;
                    Some((user, link))
                }
                None => None,
            };
            Start::Ready(Box::new(Started {
                notice,
                to,
                confirms,
                staff,
            }))
        }
        Err(reason) => {
            let (key, how) = ((notice.id, notice.attempts), Attempted::NotSent(reason));
            store::outbox::finish(&mut tx, key, &how, (None, None), now).await?;
            Start::NotSent(notice, reason)
        }
    };
    tx.commit().await?;
    Ok(start)
}

/// The address it goes to, the sign-up it asks to confirm, the user it is for.
struct Recipients {
    to: Address,
    signup: Option<Signup>,
    staff: Option<StaffMember>,
}

/// To whom it goes, or why it is not to be sent.
async fn may_send(
    tx: &mut Tx,
    keyring: &Keyring,
    notice: &Notice,
    now: Timestamp,
) -> store::Result<Result<Recipients, NotSent>> {
    if notice.attempts > 1 && now.since(notice.created_at) > GIVE_UP {
        return Ok(Err(NotSent::GivenUp));
    }
    let address = match &notice.recipient {
        Recipient::Subscriber(id) => {
            let subscriber = store::subscriber::by_id(tx, *id).await?;
            subscriber.and_then(|subscriber| subscriber.address)
        }
        Recipient::Address(address) => Some(address.clone()),
    };
    let Some(to) = address else {
        return Ok(Err(NotSent::Erased));
    };
    let suppressed = store::suppression::contains(tx, &keyring.address_hashes(&to)).await?;
    if suppressed && !notice.kind.is_to_staff() {
        return Ok(Err(NotSent::Suppressed));
    }
    let staff = match serde_json::from_value(notice.parameters.clone()) {
        Ok(AboutStaff { staff, .. }) if is_about_staff(notice.kind) => {
            let user = store::staff::by_id(tx, staff).await?;
            let purpose = LinkPurpose::of(notice.kind);
            match user.filter(|user| purpose.is_none_or(|purpose| purpose.fits(user.state))) {
                Some(user) => Some(user),
                None => return Ok(Err(NotSent::NoAccess)),
            }
        }
        _ => None,
    };
    let signup = match (notice.kind, notice.signup) {
        (NoticeKind::Confirmation, Some(id)) => store::signup::by_id(tx, id).await?,
        _ => None,
    };
    let open = |signup: &Signup| signup.confirmed_at.is_none() && signup.expires_at > now;
    let signup = signup.filter(open);
    Ok(
        if notice.kind == NoticeKind::Confirmation && signup.is_none() {
            Err(NotSent::SignupClosed)
        } else {
            Ok(Recipients { to, signup, staff })
        },
    )
}

/// Whether a notice is about somebody's account.
const fn is_about_staff(kind: NoticeKind) -> bool {
    LinkPurpose::of(kind).is_some()
        || matches!(kind, NoticeKind::AccountChanged | NoticeKind::LoginCode)
}

/// A new link for a mail to staff, where its kind has one.
async fn staff_link(
    tx: &mut Tx,
    notice: &Notice,
    user: &StaffMember,
    now: Timestamp,
) -> Result<Option<StaffToken>, StartError> {
    let Some(purpose) = LinkPurpose::of(notice.kind) else {
        return Ok(None);
    };
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    let token = ConfirmToken::from_entropy(entropy);
    let link = StaffLink {
        staff: Some(user.id),
        purpose,
        expires_at: now.plus(purpose.valid_for()),
    };
    store::staff_link::add(tx, &token.hash(), &link, now).await?;
    Ok(Some(StaffToken {
        token,
        expires_at: link.expires_at,
    }))
}

/// A new token for the link of a confirmation mail. Only its hash is stored, so a repeated mail
/// carries a new one, and each of them works.
async fn token(tx: &mut Tx, signup: i64, now: Timestamp) -> Result<ConfirmToken, StartError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    let token = ConfirmToken::from_entropy(entropy);
    store::confirm_token::add(tx, &token.hash(), signup, now).await?;
    Ok(token)
}

/// Records what came of an attempt, with the relay's code and words, and the proof that a confirmation
/// mail went out: `confirms` is the sign-up that the notice asked to confirm.
pub async fn finish(
    db: &Db,
    notice: &Notice,
    how: &Attempted,
    said: (Option<u16>, Option<&str>),
    confirms: Option<&Signup>,
    now: Timestamp,
) -> store::Result<()> {
    let mut tx = db.begin().await?;
    let key = (notice.id, notice.attempts);
    store::outbox::finish(&mut tx, key, how, said, now).await?;
    if let (Attempted::Sent, Some(signup)) = (how, confirms) {
        for event in proof(notice, signup, now) {
            store::consent::append(&mut tx, &event).await?;
        }
    }
    tx.commit().await
}

fn proof(notice: &Notice, signup: &Signup, now: Timestamp) -> impl Iterator<Item = ConsentEvent> {
    signup
        .newsletters
        .iter()
        .map(move |(newsletter, topics)| ConsentEvent {
            subscriber: signup.subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::ConfirmationSent,
            method: ConsentMethod::System,
            at: now,
            topics: Some(*topics),
            language: Some(notice.language),
            wording_hash: Some(signup.wording_hash.clone()),
            page: Some(signup.page.clone()),
            message_id: Some(notice.message_id.clone()),
        })
}
