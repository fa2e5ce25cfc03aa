//! The temporary installation: a folder with a database and a key, and a configuration.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;

use super::content::{Content, SampleOrganisation};
use crate::cli::{Context, Output};
use crate::clock::Clock;
use crate::config::{Config, DatabaseUrl, Organisation, RelayTarget};
use crate::domain::address::Address;
use crate::domain::token::Keyring;
use crate::store::Db;
use crate::telemetry;

/// The installation. Its folder is removed when it is dropped.
pub(super) struct Installation {
    /// The sample content.
    pub content: Content,
    /// Its database.
    pub db: Db,
    config: Config,
    folder: TempDir,
}

impl Installation {
    /// Makes an installation whose pages will be at `listen`.
    pub(super) async fn build(listen: SocketAddr) -> anyhow::Result<Self> {
        let content = Content::load()?;
        let folder = tempfile::Builder::new()
            .prefix("rundbrief-demo-")
            .tempdir()
            .context("no temporary folder can be created; set TMPDIR to a writable directory")?;
        let config = config(&content.installation.organisation, folder.path(), listen)?;
        telemetry::start(&config.log);
        let location = crate::cli::context::location(&config.database.url);
        let db = Db::open(&location, config.database.connections).await?;
        Ok(Self {
            content,
            db,
            config,
            folder,
        })
    }

    /// A folder inside the installation's folder.
    pub(super) fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// How long a stop waits for running work.
    pub(super) const fn shutdown_within(&self) -> std::time::Duration {
        self.config.server.shutdown_within
    }

    /// The context of a command in this installation, at this time, with mails written to `mails`.
    pub(super) fn at(&self, clock: &Clock, mails: &Path) -> Context {
        let mut config = self.config.clone();
        config.relay.target = RelayTarget::File(mails.to_owned());
        Context {
            config,
            warnings: Vec::new(),
            clock: clock.clone(),
            out: Output::to(std::io::sink()),
        }
    }
}

fn config(
    sample: &SampleOrganisation,
    folder: &Path,
    listen: SocketAddr,
) -> anyhow::Result<Config> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).context("the operating system gave no random bytes")?;
    let keyring = Keyring::parse::<&str>(&Keyring::generate(entropy), &[])?;
    let public_url = format!("http://{listen}").parse()?;
    let email = Address::parse(&sample.email)?;
    let website = sample.website.parse()?;
    Ok(Config::from_defaults(|config| {
        config.server.listen = listen;
        config.server.public_url = public_url;
        config.database.url = DatabaseUrl::Sqlite(folder.join("rundbrief.db"));
        config.security.set_keyring(keyring);
        config.organisation = Organisation {
            name: sample.name.clone(),
            address: sample.address.clone(),
            representative: Some(sample.representative.clone()),
            responsible: Some(sample.responsible.clone()),
            email: Some(email),
            phone: Some(sample.phone.clone()),
            register: Some(sample.register.clone()),
            website: Some(website),
            data_protection_officer: sample.data_protection_officer.clone(),
            authority: Some(sample.authority.clone()),
            ..config.organisation.clone()
        };
        // The hosts of the sample content do not exist, and nothing leaves this machine.
        config.newsroom.link_check = false;
        // A visitor is waiting.
        config.jobs.every = std::time::Duration::from_secs(1);
        config.delivery.poll_every = std::time::Duration::from_secs(1);
        // One visitor may try many addresses, from one machine that no bot can reach.
        config.subscribing.requests_per_client = config.subscribing.requests_in_all;
        config.subscribing.fill_time = std::time::Duration::ZERO;
        "warn".clone_into(&mut config.log.level);
    }))
}
