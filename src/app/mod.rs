//! What can be done, and by whom: the operations, written once, one file per subject.
//!
//! `cli`, `web` and `jobs` are entry points. They read through a reading connection and write
//! through here. An operation
//!
//! 1. takes an [`Actor`] and checks that this actor may do this ([`App::begin`]),
//! 2. does its work in one writing transaction ([`Operation::tx`]),
//! 3. writes its lines of the audit log in the same transaction ([`Operation::record`],
//!    [`Operation::commit`]).
//!
//! ```no_run
//! # use rundbrief::app::{Actor, App, Error};
//! # use rundbrief::domain::audit::{Action, Subject, SubjectKind};
//! # async fn example(app: &App, actor: &Actor) -> Result<(), Error> {
//! let mut operation = app.begin(actor, Action::TopicAdd).await?;
//! // … store::topic::add(operation.tx(), …)
//! operation.record(Subject::new(SubjectKind::Topic, "climate"), None, Some("Klima"));
//! operation.commit().await
//! # }
//! ```

mod actor;
pub mod audit;
pub mod deliveries;
pub mod entries;
pub mod health;
pub mod imports;
pub mod installation;
pub mod issues;
pub mod job_runs;
mod kept;
pub mod kept_filters;
pub mod leadership;
pub mod lookup;
pub mod newsletters;
pub mod notices;
mod operation;
pub mod organisations;
pub mod password;
pub mod pictures;
pub mod privacy;
pub mod proposals;
pub mod readiness;
pub mod reasons;
pub mod retention;
pub mod schedules;
pub mod signing_keys;
pub mod staff;
pub mod subscribers;
pub mod subscriptions;
pub mod topics;

use std::sync::{Arc, OnceLock};

pub use actor::{Actor, Door, Link};
pub use operation::Operation;

use crate::clock::Clock;
use crate::config::{Config, NoKey};
use crate::digest::{MailContext, logo};
use crate::domain::audit::Action;
use crate::domain::timestamp::Timestamp;
use crate::store::picture_files::PictureFiles;
use crate::store::privacy_journal::PrivacyJournal;
use crate::store::{Conn, Db, StoreError};

/// What every operation works with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// What is remembered.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// What an administrator has set.
    pub config: Arc<Config>,
    mail_context: Arc<OnceLock<MailContext>>,
    kept: kept::AllKept,
}

/// Why an operation was not carried out, whatever its subject. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// This actor may not do this.
    #[error("{actor} may not do this ({action}); nothing was changed")]
    Forbidden {
        /// The kind of actor.
        actor: &'static str,
        /// What was to be done.
        action: Action,
    },
    /// The privacy journal could not be written.
    #[error(
        "the privacy journal cannot be written: {0}; nothing was changed. Check retention.journal_file"
    )]
    Journal(std::io::Error),
    /// The folder of the pictures could not be read or written.
    #[error("the folder of the pictures ({}) cannot be used: {error}; check [pictures] folder, and that this user may write there", folder.display())]
    Pictures {
        /// The folder.
        folder: std::path::PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// The database could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No key is configured.
    #[error(transparent)]
    NoKey(#[from] NoKey),
}

impl App {
    /// The operations over this database.
    pub fn new(db: Db, clock: Clock, config: Arc<Config>) -> Self {
        Self {
            db,
            clock,
            config,
            mail_context: Arc::default(),
            kept: kept::AllKept::default(),
        }
    }

    /// What all mails of this installation have in common. Made when it is first asked for: it reads
    /// the file of the logo.
    pub fn mail_context(&self) -> &MailContext {
        self.mail_context
            .get_or_init(|| logo::mail_context(&self.config))
    }

    /// The same operations at a fixed instant: for a job, whose run has one.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        Self {
            clock: Clock::set_at(now),
            ..self.clone()
        }
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        self.db.read().await
    }

    /// What keeps promises beyond a restore: the configured file, or one beside SQLite's.
    pub fn privacy_journal(&self) -> PrivacyJournal {
        let named = self.config.retention.journal_file.clone();
        let beside = || Some(self.db.file()?.with_extension("privacy"));
        PrivacyJournal::at(named.or_else(beside))
    }

    /// The files of pictures: in the configured folder, or in one beside SQLite's file.
    pub fn picture_files(&self) -> PictureFiles {
        let named = self.config.pictures.folder.clone();
        let beside = || Some(self.db.file()?.with_extension("pictures"));
        PictureFiles::at(named.or_else(beside))
    }

    /// Begins an operation: checks that `actor` may do this, then opens the writing transaction.
    pub async fn begin(&self, actor: &Actor, action: Action) -> Result<Operation, Error> {
        Operation::begin(self, actor, action).await
    }
}
