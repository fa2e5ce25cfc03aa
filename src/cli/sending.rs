//! Builds what sends mails, for `serve`, `issue send` and `mail test`.

use std::sync::Arc;
use std::time::Duration;

use super::Context;
use crate::app::{Actor, App, installation};
use crate::delivery::signing::Keychain;
use crate::delivery::{Engine, Parts, Relays, Settings};
use crate::digest::mails::IssueMails;
use crate::digest::{self, MailContext};
use crate::domain::token::Keyring;
use crate::jobs::notices::Notices;
use crate::jobs::{self, Jobs};
use crate::store::Db;

/// How long a stop takes after the mails that were being sent have ended.
const AFTER_MAILS: Duration = Duration::from_secs(5);

impl Context {
    /// What all mails have in common.
    pub fn mail_context(&self) -> MailContext {
        digest::logo::mail_context(&self.config)
    }

    /// The configured relays. With a database, their limits are kept there.
    pub fn relays(&self, db: Option<&Db>) -> anyhow::Result<Relays> {
        let host = self
            .config
            .server
            .public_url
            .host_str()
            .unwrap_or("localhost");
        let counting = db.map(|db| (db.clone(), self.clock.clone()));
        Ok(Relays::new(&self.config, host, counting)?)
    }

    /// The operations over a database that is open.
    pub fn app_over(&self, db: &Db) -> App {
        let config = Arc::new(self.config.clone());
        App::new(db.clone(), self.clock.clone(), config)
    }

    /// The keys that links are signed with, after making sure that they are those of this database.
    pub async fn keyring_of(&self, db: &Db) -> anyhow::Result<Keyring> {
        Ok(installation::keyring(&self.app_over(db), &Actor::operator()).await?)
    }

    /// Logs which former keys of this database are not configured.
    pub async fn tell_missing_keys(&self, db: &Db) -> anyhow::Result<()> {
        for key in installation::missing_keys(&self.app_over(db)).await? {
            tracing::error!(
                %key,
                "a key that this database was used with is missing: links in mails signed with it, unsubscribe links among them, do not work; add it to security.old_keys"
            );
        }
        Ok(())
    }

    /// What sends notices.
    pub async fn notices(&self, db: &Db) -> anyhow::Result<Notices> {
        Ok(Notices::new(
            db.clone(),
            self.clock.clone(),
            self.mail_context(),
            self.keyring_of(db).await?,
            self.relays(Some(db))?,
            self.config.system_sender(),
        )
        .signing(self.keychain(db).await?)
        .in_zone(self.config.newsroom.zone))
    }

    /// The keys that sign mails, after making sure that each can be read: mails must not be sent
    /// unsigned unnoticed.
    pub async fn keychain(&self, db: &Db) -> anyhow::Result<Keychain> {
        let keyring = self.keyring_of(db).await?;
        let keychain = Keychain::new(db.clone(), self.clock.clone(), keyring);
        keychain.check().await?;
        Ok(keychain)
    }

    /// What recurring jobs are made of.
    pub fn job_setup(&self, db: &Db) -> jobs::Setup {
        jobs::Setup {
            app: self.app_over(db),
            engine: None,
        }
    }

    /// The recurring jobs over `db`; they wake `engine` when an issue goes out.
    pub async fn jobs(&self, db: &Db, engine: &Engine) -> anyhow::Result<Jobs> {
        let notices = self.notices(db).await?;
        let setup = jobs::Setup {
            engine: Some(engine.waker()),
            ..self.job_setup(db)
        };
        Ok(Jobs::new(setup, notices))
    }

    /// An engine that sends what the ledger of `db` holds.
    pub async fn engine(&self, db: &Db) -> anyhow::Result<Engine> {
        let mut settings = Settings::from(&self.config.delivery);
        // Mails that are being sent get most of the time that a stop may take; the rest is for the
        // ledger and for closing the database.
        let within = self.config.server.shutdown_within;
        settings.finish_within = within.saturating_sub(AFTER_MAILS).max(within / 2);
        settings
            .return_path
            .clone_from(&self.config.bounces.return_path);
        Ok(Engine::new(Parts {
            db: db.clone(),
            clock: self.clock.clone(),
            relays: self.relays(Some(db))?,
            mails: Arc::new(IssueMails::new(db.clone(), self.mail_context())),
            keyring: self.keyring_of(db).await?,
            keychain: self.keychain(db).await?,
            settings,
        }))
    }
}
