//! Keys that sign mails (DKIM): making, activating, replacing and retiring them.

mod details;
mod error;

pub use details::{RecordDetails, SigningKeyDetails, keep_record_until, name, record, signs};
pub use error::SigningKeyError;

use chrono::Datelike as _;

use super::{Actor, App, Operation, installation};
use crate::delivery::signing::{new_key, open};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::dkim::{Algorithm, KeyName, KeyState, selector};
use crate::store;
use crate::store::dkim_key::DkimKey;

/// All keys of the installation, and those that an operation was about.
#[derive(Clone)]
pub struct Keys {
    /// All of them.
    pub all: Vec<DkimKey>,
    /// The rows of those that it was about.
    pub rows: Vec<i64>,
}

impl Keys {
    /// The keys that the operation was about.
    pub fn concerned(&self) -> impl Iterator<Item = &DkimKey> {
        self.all.iter().filter(|key| self.rows.contains(&key.id))
    }

    /// How they are shown.
    pub fn details(&self) -> Vec<SigningKeyDetails> {
        self.concerned()
            .map(|key| SigningKeyDetails::new(&self.all, key))
            .collect()
    }
}

/// A change of keys.
#[derive(Clone)]
pub struct Changed {
    /// The keys before.
    pub before: Keys,
    /// The keys after.
    pub after: Keys,
}

/// Makes the first pair of keys of a domain. They sign nothing until they are activated.
pub async fn add_first(app: &App, actor: &Actor, domain: &str) -> Result<Keys, SigningKeyError> {
    let known = store::dkim_key::list(&mut app.read().await?).await?;
    let in_use = names_of(&known, domain, |state| state != KeyState::Retired);
    if !in_use.is_empty() {
        return Err(SigningKeyError::InUse {
            domain: domain.to_owned(),
            keys: in_use,
        });
    }
    add_pair(app, actor, domain, &known).await
}

/// Makes a pair of keys that is to replace the active ones of a domain. Returns the new keys, and the
/// names of those they replace.
pub async fn add_successors(
    app: &App,
    actor: &Actor,
    domain: &str,
) -> Result<(Keys, Vec<KeyName>), SigningKeyError> {
    let known = store::dkim_key::list(&mut app.read().await?).await?;
    let prepared = names_of(&known, domain, |state| state == KeyState::Prepared);
    if !prepared.is_empty() {
        return Err(SigningKeyError::Prepared {
            domain: domain.to_owned(),
            keys: prepared,
        });
    }
    let active = names_of(&known, domain, |state| state == KeyState::Active);
    if active.is_empty() {
        return Err(SigningKeyError::NothingToReplace {
            domain: domain.to_owned(),
        });
    }
    Ok((add_pair(app, actor, domain, &known).await?, active))
}

/// Makes one key of each algorithm: RSA for every receiver, Ed25519 for those that know it.
async fn add_pair(
    app: &App,
    actor: &Actor,
    domain: &str,
    known: &[DkimKey],
) -> Result<Keys, SigningKeyError> {
    let keyring = installation::keyring(app, actor).await?;
    let today = app.clock.now().utc();
    let mut made = Vec::new();
    for algorithm in Algorithm::ALL.iter().copied() {
        let taken = |wanted: &str| {
            let mut own = known.iter().filter(|key| key.domain == domain);
            own.any(|key| key.selector == wanted)
        };
        let selector = selector(algorithm, today.year(), today.month(), taken);
        let (keyring, domain) = (keyring.clone(), domain.to_owned());
        // Before the transaction begins: an RSA key takes up to a second.
        let generate = move || new_key(&keyring, &domain, selector, algorithm);
        let one = tokio::task::spawn_blocking(generate).await;
        made.push(one.map_err(|_| SigningKeyError::Stopped)??);
    }
    let mut op = app.begin(actor, Action::SigningKeyAdd).await?;
    let at = op.at();
    for key in &made {
        store::dkim_key::add(op.tx(), key, at).await?;
        let name = format!("{}/{}", key.domain, key.selector);
        let subject = Subject::new(SubjectKind::SigningKey, name);
        op.record(subject, None, Some(KeyState::Prepared.as_str()));
    }
    let all = store::dkim_key::list(op.tx()).await?;
    op.commit().await?;
    let is_new = |key: &&DkimKey| {
        made.iter()
            .any(|new| new.domain == key.domain && new.selector == key.selector)
    };
    let rows = all.iter().filter(is_new).map(|key| key.id).collect();
    Ok(Keys { all, rows })
}

/// Activates keys whose records are published: from now on they sign. All or none.
pub async fn activate(
    app: &App,
    actor: &Actor,
    names: &[KeyName],
) -> Result<Changed, SigningKeyError> {
    let keyring = installation::keyring(app, actor).await?;
    let mut op = app.begin(actor, Action::SigningKeyActivate).await?;
    let at = op.at();
    let before = store::dkim_key::list(op.tx()).await?;
    let mut rows = Vec::new();
    for wanted in names {
        let key = find(&before, wanted)?;
        match key.state {
            KeyState::Active => return Err(SigningKeyError::Active { key: name(key) }),
            KeyState::Retired => return Err(SigningKeyError::PrivateKeyGone { key: name(key) }),
            KeyState::Prepared => {}
        }
        open(&keyring, key)?; // rather now than with the first mail
        if !store::dkim_key::activate(op.tx(), key.id, at).await? {
            return Err(SigningKeyError::Raced { key: name(key) });
        }
        record_state(&mut op, key, KeyState::Active);
        rows.push(key.id);
    }
    let changed = changed(&mut op, before, rows).await?;
    for key in changed.after.concerned() {
        if !has_active_rsa(&changed.after.all, &key.domain) {
            return Err(SigningKeyError::Ed25519Alone { key: name(key) });
        }
    }
    op.commit().await?;
    Ok(changed)
}

/// Retires keys and removes their private parts. All or none. Mails of a domain are left without an
/// RSA signature only where `unsigned` says so.
pub async fn retire(
    app: &App,
    actor: &Actor,
    names: &[KeyName],
    unsigned: bool,
) -> Result<Changed, SigningKeyError> {
    let mut op = app.begin(actor, Action::SigningKeyRetire).await?;
    let at = op.at();
    let before = store::dkim_key::list(op.tx()).await?;
    let mut rows = Vec::new();
    for wanted in names {
        let key = find(&before, wanted)?;
        if !store::dkim_key::retire(op.tx(), key.id, at).await? {
            return Err(SigningKeyError::Retired { key: name(key) });
        }
        record_state(&mut op, key, KeyState::Retired);
        rows.push(key.id);
    }
    let changed = changed(&mut op, before, rows).await?;
    let Changed { before, after } = &changed;
    for key in before.concerned() {
        let loses_rsa =
            has_active_rsa(&before.all, &key.domain) && !has_active_rsa(&after.all, &key.domain);
        if loses_rsa && !unsigned {
            return Err(SigningKeyError::LeavesUnsigned { key: name(key) });
        }
    }
    op.commit().await?;
    Ok(changed)
}

fn record_state(op: &mut Operation, key: &DkimKey, to: KeyState) {
    let subject = Subject::new(SubjectKind::SigningKey, name(key));
    op.record(subject, Some(key.state.as_str()), Some(to.as_str()));
}

async fn changed(
    op: &mut Operation,
    before: Vec<DkimKey>,
    rows: Vec<i64>,
) -> Result<Changed, SigningKeyError> {
    let after = store::dkim_key::list(op.tx()).await?;
    let keys = |all| Keys {
        all,
        rows: rows.clone(),
    };
    Ok(Changed {
        before: keys(before),
        after: keys(after),
    })
}

fn names_of(all: &[DkimKey], domain: &str, wanted: impl Fn(KeyState) -> bool) -> Vec<KeyName> {
    all.iter()
        .filter(|key| key.domain == domain && wanted(key.state))
        .map(name)
        .collect()
}

fn find<'a>(all: &'a [DkimKey], wanted: &KeyName) -> Result<&'a DkimKey, SigningKeyError> {
    all.iter()
        .find(|key| name(key) == *wanted)
        .ok_or_else(|| SigningKeyError::Unknown {
            key: wanted.clone(),
            known: all.iter().map(name).collect(),
        })
}

fn has_active_rsa(all: &[DkimKey], domain: &str) -> bool {
    all.iter().any(|key| {
        key.domain == domain
            && key.algorithm == Algorithm::RsaSha256
            && key.state == KeyState::Active
    })
}
