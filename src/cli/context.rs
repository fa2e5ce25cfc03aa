//! What a command works with: the configuration, the time, and where its result is written.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use super::Output;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, DatabaseUrl, Problem, Sources};
use crate::domain::token::Keyring;
use crate::store::{Db, Location};
use crate::telemetry;

/// What a command works with.
pub struct Context {
    /// The configuration.
    pub config: Config,
    /// Warnings about it; `serve` logs that there are some.
    pub warnings: Vec<Problem>,
    /// What time it is.
    pub clock: Clock,
    /// Where the result is written.
    pub out: Output,
}

impl Context {
    /// Loads the configuration of this process and begins to log.
    pub fn load(file: Option<&Path>, out: Output) -> anyhow::Result<Self> {
        let loaded = Config::load(Sources::of_process(file))?;
        telemetry::start(&loaded.config.log);
        Ok(Self {
            config: loaded.config,
            warnings: loaded.warnings,
            clock: Clock::system(),
            out,
        })
    }

    /// Opens the database and brings it up to date.
    pub async fn store(&self) -> anyhow::Result<Db> {
        let database = &self.config.database;
        Ok(Db::open(&location(&database.url), database.connections).await?)
    }

    /// The operations over the configured database, which is brought up to date.
    pub async fn app(&self) -> anyhow::Result<App> {
        let config = Arc::new(self.config.clone());
        Ok(App::new(self.store().await?, self.clock.clone(), config))
    }

    /// The keys that links are signed with; the error says how to make one.
    pub fn keyring(&self) -> anyhow::Result<Keyring> {
        self.config
            .security
            .keyring()
            .cloned()
            .context("the configuration is not complete")
    }
}

/// Where the configured database is.
pub fn location(url: &DatabaseUrl) -> Location {
    match (url, url.postgres()) {
        (DatabaseUrl::Sqlite(path), _) => Location::Sqlite(path.clone()),
        (DatabaseUrl::Postgres { .. }, Some(whole)) => {
            Location::Postgres(whole.expose().to_owned())
        }
        (DatabaseUrl::Postgres { url, .. }, None) => Location::Postgres(url.to_string()),
    }
}
