//! After a restore: doing again what people were promised since the backup.

use std::collections::BTreeMap;

use super::{Error, keyring, suppress};
use crate::app::{Actor, App};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::ConsentEvent;
use crate::store::privacy_journal::{Line, PrivacyJournal, Promise};
use crate::store::{self, StoreError, Tx};

/// Addresses compared with the journal at a time.
const PAGE: i64 = 1000;

/// Where the database keeps up to when it was compared with the journal.
const SEEN: &str = "privacy.journal-seen";

/// What was applied again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Reapplied {
    /// Lines of the journal that this database had not been compared with.
    pub lines: usize,
    /// Lines that could not be read, such as the last one before a power cut.
    pub unreadable: usize,
    /// People erased again.
    pub erased: usize,
    /// Addresses suppressed again.
    pub suppressed: usize,
    /// Subscriptions ended again.
    pub left: usize,
}

/// Applies the journal to this database: whoever was erased, suppressed or had left since the backup
/// is so again. Whoever came back later stays. Any number of times; without a restore it changes
/// nothing. Lines that this database was compared with before are passed over, unless `every` line is
/// asked for: a journal of another node is older in part.
pub async fn reapply(
    app: &App,
    actor: &Actor,
    journal: &PrivacyJournal,
    every: bool,
) -> Result<Reapplied, Error> {
    let read = journal.read().await?;
    let mut done = Reapplied {
        unreadable: read.unreadable,
        ..Reapplied::default()
    };
    let mut conn = app.db.read().await?;
    let seen = store::installation::get(&mut conn, SEEN).await?;
    let seen = seen.and_then(|micros| micros.parse::<i64>().ok());
    let seen = seen.filter(|_| !every);
    let lines: Vec<Line> = read
        .lines
        .into_iter()
        .filter(|line| seen.is_none_or(|seen| line.at.micros() > seen))
        .collect();
    let Some(last) = lines.iter().map(|line| line.at).max() else {
        return Ok(done);
    };
    done.lines = lines.len();
    let mut promised: BTreeMap<String, Promised> = BTreeMap::new();
    for line in lines {
        promised
            .entry(line.who)
            .or_default()
            .add(line.at, line.what);
    }
    let keyring = keyring(app)?;
    let mut after = i64::MIN;
    loop {
        let page = store::subscriber::addresses(&mut conn, after, PAGE).await?;
        let Some((row, _)) = page.last() else { break };
        after = *row;
        for (row, address) in page {
            for hash in keyring.address_hashes(&address) {
                if let Some(promised) = promised.remove(&hash) {
                    promised
                        .apply(app, actor, row, &address, &hash, &mut done)
                        .await?;
                }
            }
        }
    }
    drop(conn);
    finish(app, actor, &promised, last, &mut done).await?;
    Ok(done)
}

/// Suppressions of addresses that this database does not know, and up to when it was compared.
async fn finish(
    app: &App,
    actor: &Actor,
    unknown: &BTreeMap<String, Promised>,
    last: Timestamp,
    done: &mut Reapplied,
) -> Result<(), Error> {
    let mut operation = app.begin(actor, Action::PrivacyReapply).await?;
    for (hash, promised) in unknown {
        let Some((reason, at)) = &promised.suppressed else {
            continue;
        };
        let known = store::suppression::contains(operation.tx(), std::slice::from_ref(hash));
        if !known.await? {
            store::suppression::add(operation.tx(), hash, reason, *at).await?;
            done.suppressed += 1;
        }
    }
    store::installation::set(operation.tx(), SEEN, &last.micros().to_string()).await?;
    let after = format!(
        "erased {}, suppressed {}, left {}",
        done.erased, done.suppressed, done.left
    );
    if (done.erased, done.suppressed, done.left) != (0, 0, 0) {
        let installation = Subject::new(SubjectKind::Installation, "database");
        operation.record(installation, None, Some(&after));
    }
    operation.commit().await?;
    Ok(())
}

/// What was promised to one person.
#[derive(Default)]
struct Promised {
    erased: Option<Timestamp>,
    suppressed: Option<(String, Timestamp)>,
    /// By the UUID of the newsletter, the last time.
    left: BTreeMap<String, Timestamp>,
}

impl Promised {
    fn add(&mut self, at: Timestamp, what: Promise) {
        match what {
            Promise::Erased => self.erased = self.erased.max(Some(at)),
            Promise::Suppressed { reason } => self.suppressed = Some((reason, at)),
            Promise::Left { newsletter } => {
                let last = self.left.entry(newsletter).or_insert(at);
                *last = at.max(*last);
            }
        }
    }

    async fn apply(
        &self,
        app: &App,
        actor: &Actor,
        row: i64,
        address: &Address,
        hash: &str,
        done: &mut Reapplied,
    ) -> Result<(), Error> {
        let mut operation = app.begin(actor, Action::PrivacyReapply).await?;
        let at = operation.at();
        store::subscriber::lock(operation.tx(), row).await?;
        let Some(found) = store::subscriber::by_id(operation.tx(), row).await? else {
            return Ok(());
        };
        let before = Some(found.state.as_str());
        let mut changed = false;
        if let Some((reason, _)) = &self.suppressed
            && !store::suppression::contains(operation.tx(), &[hash.to_owned()]).await?
        {
            suppress::apply(&mut operation, address, hash, reason).await?;
            done.suppressed += 1;
            changed = true;
        }
        // Whoever signed up again after the erasure has a row that is younger.
        if self.erased.is_some_and(|erased| found.created_at < erased)
            && store::erasure::erase(operation.tx(), row, at).await?
        {
            operation.record(Subject::subscriber(row), before, Some("erased again"));
            done.erased += 1;
            changed = true;
        } else {
            let left = self.leave(operation.tx(), row).await?;
            if left > 0 {
                let after = format!("left {left} newsletters again");
                operation.record(Subject::subscriber(row), before, Some(&after));
                done.left += left;
                changed = true;
            }
        }
        if changed {
            operation.commit().await?;
        }
        Ok(())
    }

    /// Ends what was confirmed before the person left it.
    async fn leave(&self, tx: &mut Tx, row: i64) -> Result<usize, StoreError> {
        let mut ended = 0;
        for one in store::subscription::of_subscriber(tx, row).await? {
            if one.state != SubscriptionState::Active {
                continue;
            }
            let Some(newsletter) = store::newsletter::by_id(tx, one.newsletter).await? else {
                continue;
            };
            let Some(at) = self.left.get(&newsletter.uuid).copied() else {
                continue;
            };
            if one.confirmed_at < at
                && store::subscription::end(tx, row, one.newsletter, at).await?
            {
                ended += 1;
                let event = ConsentEvent {
                    subscriber: row,
                    newsletter: Some(one.newsletter),
                    kind: ConsentKind::Unsubscribed,
                    method: ConsentMethod::System,
                    at,
                    topics: None,
                    language: None,
                    wording_hash: None,
                    page: None,
                    message_id: None,
                };
                store::consent::append(tx, &event).await?;
            }
        }
        if ended > 0 {
            store::subscriber::follow_subscriptions(tx, row, false).await?;
        }
        Ok(ended)
    }
}
