//! One operation under way: a writing transaction, and the audit lines that it will leave.

use super::{Actor, App, Error};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::timestamp::Timestamp;
use crate::store::audit::AuditEntry;
use crate::store::privacy_journal::{Line, PrivacyJournal, Promise};
use crate::store::{self, Tx};

/// The longest description of a state that the log keeps, in characters: a state with its reason, as
/// [`Reason::to_log`](crate::domain::reason::Reason::to_log) writes it.
const LONGEST: usize = 400;

/// An operation under way. Dropping it undoes everything.
#[must_use = "an operation that is not committed changes nothing"]
pub struct Operation {
    tx: Tx,
    actor: Actor,
    action: Action,
    at: Timestamp,
    lines: Vec<AuditEntry>,
    app: App,
    journal: PrivacyJournal,
    promises: Vec<Line>,
}

impl Operation {
    pub(super) async fn begin(app: &App, actor: &Actor, action: Action) -> Result<Self, Error> {
        allowed(actor, action)?;
        let tx = app.db.begin().await?;
        Ok(Self {
            tx,
            actor: actor.clone(),
            action,
            // After the transaction began: waiting for another writer must not age the instant.
            at: app.clock.now(),
            lines: Vec::new(),
            app: app.clone(),
            journal: app.privacy_journal(),
            promises: Vec::new(),
        })
    }

    /// The transaction.
    pub const fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Who does it.
    pub(super) const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The installation it is done in.
    pub(super) const fn app(&self) -> &App {
        &self.app
    }

    /// The instant of this operation.
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Says which subscriber a [visitor](Actor::visitor) is.
    pub(super) const fn identify(&mut self, row: i64) {
        if let Actor::Reader { subscriber, .. } = &mut self.actor {
            *subscriber = row;
        }
    }

    /// Notes that the operation was done to `subject`, and how that was `before` and `after`, in few
    /// words, without an address. One line for each thing that is changed; none where nothing is.
    pub fn record(&mut self, subject: Subject, before: Option<&str>, after: Option<&str>) {
        self.push(self.action, subject, before, after);
    }

    /// Notes that a second action was part of this operation.
    pub fn record_as(
        &mut self,
        action: Action,
        subject: Subject,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), Error> {
        allowed(&self.actor, action)?;
        self.push(action, subject, before, after);
        Ok(())
    }

    /// Notes what must also hold after an older backup was restored. It is written to the privacy
    /// journal, by the keyed hash of the address, before this operation is committed.
    pub fn promise(&mut self, address: &Address, what: Promise) {
        // Without a key there are no links and no mails, and nobody to promise anything to.
        if let Ok(keyring) = self.app.config.security.keyring() {
            self.promises.push(Line {
                at: self.at,
                who: keyring.address_hash(address),
                what,
            });
        }
    }

    fn push(
        &mut self,
        action: Action,
        subject: Subject,
        before: Option<&str>,
        after: Option<&str>,
    ) {
        let short = |text: &str| text.chars().take(LONGEST).collect::<String>();
        self.lines.push(AuditEntry {
            at: self.at,
            actor: self.actor.kind().to_owned(),
            actor_name: self.actor.name(),
            entry_point: self.actor.entry_point().to_owned(),
            action: action.to_string(),
            subject: subject.kind.to_string(),
            subject_id: subject.id,
            before: before.map(short),
            after: after.map(short),
        });
    }

    /// Writes the audit lines and makes everything durable.
    pub async fn commit(mut self) -> Result<(), Error> {
        // Before the end of the chain is locked: this waits for the disk.
        if let Err(error) = self.journal.append(self.promises).await {
            if !matches!(self.actor, Actor::Reader { .. }) {
                return Err(Error::Journal(error));
            }
            // Nobody stays subscribed because a disk is full.
            tracing::error!(%error, "the privacy journal cannot be written: a departure would be lost with a restore");
        }
        if !self.lines.is_empty() {
            store::audit::append(&mut self.tx, self.lines).await?;
        }
        self.tx.commit().await?;
        Ok(())
    }
}

/// Whether this actor may do this.
pub(super) fn allowed(actor: &Actor, action: Action) -> Result<(), Error> {
    if actor.may(action) {
        Ok(())
    } else {
        Err(Error::Forbidden {
            actor: actor.kind(),
            action,
        })
    }
}
