//! The configuration: one file per section of `config.toml`.
//!
//! Plain data. [`cli`](crate::cli) loads it once at the start and passes each module its section.
//! Sources, each overriding the one before: the documented defaults (`config.toml` of this
//! repository, embedded in the program), a file, the environment. All problems are reported at
//! once.

pub mod bounces;
mod colour;
pub mod database;
pub mod delivery;
pub mod import;
pub mod jobs;
mod keys;
pub mod languages;
mod layers;
pub mod log;
mod network;
pub mod newsroom;
pub mod organisation;
pub mod pictures;
mod problem;
pub mod relay;
pub mod retention;
mod secret;
pub mod security;
pub mod server;
pub mod subscribing;
pub mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use bounces::Bounces;
pub use colour::Colour;
pub use database::{Database, DatabaseUrl};
pub use delivery::Delivery;
pub use import::Import;
pub use jobs::Jobs;
pub use languages::Languages;
pub use layers::{PREFIX, environment_name};
pub use log::{Log, LogFormat};
pub use network::Network;
pub use newsroom::Newsroom;
pub use organisation::Organisation;
pub use pictures::Pictures;
pub use problem::{ConfigErrors, Origin, Problem, Severity};
pub use relay::{Limits, Relay, RelayTarget, RelayTls};
pub use retention::Retention;
pub use secret::Secret;
pub use security::{NoKey, Security};
pub use server::Server;
pub use subscribing::Subscribing;

#[cfg(test)]
mod tests;

use crate::domain::address::Address;
use keys::Keys;
use layers::Layers;

/// The documented defaults: every key with its meaning.
pub const DEFAULTS: &str = include_str!("../../config.toml");

/// The environment variable that names the file.
pub const FILE_VARIABLE: &str = "RUNDBRIEF_CONFIG";

/// The whole configuration. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[server]`
    pub server: Server,
    /// `[database]`
    pub database: Database,
    /// `[relay]`
    pub relay: Relay,
    /// `[relays.NAME]`, by name
    pub further_relays: BTreeMap<String, Relay>,
    /// Whether `[relay]` has a URL; otherwise only further relays are used.
    relay_is_set: bool,
    /// `[organisation]`
    pub organisation: Organisation,
    /// `[languages]`
    pub languages: Languages,
    /// `[subscribing]`
    pub subscribing: Subscribing,
    /// `[import]`
    pub import: Import,
    /// `[pictures]`
    pub pictures: Pictures,
    /// `[delivery]`
    pub delivery: Delivery,
    /// `[bounces]`
    pub bounces: Bounces,
    /// `[jobs]`
    pub jobs: Jobs,
    /// `[retention]`
    pub retention: Retention,
    /// `[newsroom]`
    pub newsroom: Newsroom,
    /// `[security]`
    pub security: Security,
    /// `[log]`
    pub log: Log,
}

/// Where a configuration is read from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// Environment variables; those that do not begin with [`PREFIX`] are ignored.
    pub environment: Vec<(String, String)>,
}

/// A usable configuration and its warnings.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// The file it came from, if any.
    pub file: Option<PathBuf>,
    /// Warnings only.
    pub warnings: Vec<Problem>,
}

impl Sources {
    /// The sources of this process: `named` (from `--config`), else the file that
    /// [`FILE_VARIABLE`] names, else `./config.toml`, else `/etc/rundbrief/config.toml`, if there.
    pub fn of_process(named: Option<&Path>) -> Self {
        let from_variable = || {
            std::env::var_os(FILE_VARIABLE)
                .filter(|name| !name.is_empty())
                .map(PathBuf::from)
        };
        let usual = || {
            ["config.toml", "/etc/rundbrief/config.toml"]
                .map(PathBuf::from)
                .into_iter()
                .find(|path| path.is_file())
        };
        let environment = std::env::vars_os().map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        });
        Self {
            file: named
                .map(Path::to_owned)
                .or_else(from_variable)
                .or_else(usual),
            environment: environment.collect(),
        }
    }
}

impl Config {
    /// Reads and checks a configuration.
    pub fn load(sources: Sources) -> Result<Loaded, ConfigErrors> {
        let mut layers = Layers::from_defaults(DEFAULTS);
        let mut problems = match &sources.file {
            None => Vec::new(),
            Some(path) => match std::fs::read_to_string(path) {
                Ok(text) => layers.apply_file(path, &text),
                Err(error) => vec![unreadable(path, &error)],
            },
        };
        problems.extend(layers.apply_environment(sources.environment.into_iter()));
        let (config, noted, _) = Self::read(&layers);
        problems.extend(noted);
        problems.sort_by_key(Problem::position);
        if problems.iter().any(|one| one.severity == Severity::Error) {
            Err(ConfigErrors(problems))
        } else {
            Ok(Loaded {
                config,
                file: sources.file,
                warnings: problems,
            })
        }
    }

    /// The defaults, changed by `change`: for tests and the demo, which need no file.
    pub fn from_defaults(change: impl FnOnce(&mut Self)) -> Self {
        let (mut config, _, _) = Self::read(&Layers::from_defaults(DEFAULTS));
        change(&mut config);
        config
    }

    fn read(layers: &Layers) -> (Self, Vec<Problem>, BTreeSet<(String, String)>) {
        let mut keys = Keys::new(layers);
        let config = Self {
            server: Server::read(keys.section("server")),
            database: Database::read(keys.section("database")),
            relay: Relay::read(keys.section("relay")),
            relay_is_set: keys.section("relay").is_set("url"),
            further_relays: Relay::read_further(&mut keys),
            organisation: Organisation::read(keys.section("organisation")),
            languages: Languages::read(keys.section("languages")),
            subscribing: Subscribing::read(keys.section("subscribing")),
            import: Import::read(keys.section("import")),
            pictures: Pictures::read(keys.section("pictures")),
            delivery: Delivery::read(keys.section("delivery")),
            bounces: Bounces::read(keys.section("bounces")),
            jobs: Jobs::read(keys.section("jobs")),
            retention: Retention::read(keys.section("retention")),
            newsroom: Newsroom::read(keys.section("newsroom")),
            security: Security::read(keys.section("security")),
            log: Log::read(keys.section("log")),
        };
        config.check_across(&mut keys);
        let (problems, asked) = keys.finish();
        (config, problems, asked)
    }

    /// Checks that concern more than one section.
    fn check_across(&self, keys: &mut Keys<'_>) {
        self.warn_of_trial(keys);
        self.check_relays(keys);
        self.warn_of_no_journal(keys);
        self.warn_of_no_folder(keys);
    }

    /// All relays by name, the one of `[relay]` first: its name is “main”. If only further ones
    /// have a URL, it is not one of them.
    pub fn relays(&self) -> impl Iterator<Item = (&str, &Relay)> {
        let main = (self.relay_is_set || self.further_relays.is_empty())
            .then_some((layers::UNNAMED, &self.relay));
        let further = self.further_relays.iter();
        main.into_iter()
            .chain(further.map(|(name, relay)| (name.as_str(), relay)))
    }

    /// A directory among servers would keep mails from some readers.
    fn check_relays(&self, keys: &mut Keys<'_>) {
        let is_file = |relay: &Relay| matches!(relay.target, RelayTarget::File(_));
        if self.relays().all(|(_, relay)| is_file(relay)) {
            return;
        }
        for (name, relay) in self.relays().filter(|(_, relay)| is_file(relay)) {
            let section = match name {
                layers::UNNAMED => "relay".to_owned(),
                name => format!("relays.{name}"),
            };
            let keys = keys.section(&section);
            if !keys.is_set("url") {
                continue; // already reported
            }
            keys.error(
                "url",
                format!(
                    "{} would keep mails from readers, while other relays send",
                    relay.target
                ),
                "name a server, or remove this relay",
            );
        }
    }

    /// With SQLite the journal is next to the database.
    fn warn_of_no_journal(&self, keys: &mut Keys<'_>) {
        if matches!(self.database.url, DatabaseUrl::Postgres { .. })
            && self.retention.journal_file.is_none()
        {
            keys.section("retention").warn(
                "journal_file",
                "there is no privacy journal: after a restore, people who unsubscribed since the backup would get mails again",
                "name a file outside the database, e.g. \"/var/lib/rundbrief/privacy.journal\"",
            );
        }
    }

    /// With SQLite the pictures are next to the database.
    fn warn_of_no_folder(&self, keys: &mut Keys<'_>) {
        if matches!(self.database.url, DatabaseUrl::Postgres { .. })
            && self.pictures.folder.is_none()
        {
            keys.section("pictures").warn(
                "folder",
                "there is no folder for pictures: entries cannot have any",
                "name a folder that all nodes share, e.g. \"/srv/rundbrief/pictures\"",
            );
        }
    }

    /// Warns of settings that suit a trial but not real mails.
    fn warn_of_trial(&self, keys: &mut Keys<'_>) {
        if self.server.is_trial() {
            keys.section("server").warn(
                "public_url",
                format!("links in mails lead to {}, which is each reader's own computer", self.server.public_url),
                "write the address under which readers reach the pages, e.g. \"https://news.example.org\"",
            );
        }
        if self.organisation.name == "Rundbrief" {
            keys.section("organisation").warn(
                "name",
                "the name is still that of the program",
                "write the name of the public body, e.g. \"Stadt Musterstadt\"",
            );
        }
    }

    /// Sender name and address of mails without a newsletter (confirmations, notices).
    pub fn system_sender(&self) -> (String, Address) {
        let name = self
            .subscribing
            .sender_name
            .as_ref()
            .unwrap_or(&self.organisation.name);
        let address = self
            .subscribing
            .sender_address
            .as_ref()
            .or(self.organisation.email.as_ref());
        let address = address.cloned().unwrap_or_else(|| {
            let host = self.server.public_url.host_str().unwrap_or_default();
            Address::parse(&format!("rundbrief@{host}")).unwrap_or_else(|_| {
                // Only in a trial; `.invalid` is reserved (RFC 2606 section 2).
                Address::parse("rundbrief@trial.invalid").expect("a valid address")
            })
        });
        (name.clone(), address)
    }

    /// Our name in EHLO.
    pub fn hello_name(&self) -> String {
        let public = self.server.public_url.host_str().unwrap_or("localhost");
        self.relay.hello_name.clone().unwrap_or_else(|| {
            match public.trim_matches(['[', ']']).parse() {
                Ok(std::net::IpAddr::V4(ip)) => format!("[{ip}]"), // RFC 5321 section 4.1.3, address literal
                Ok(std::net::IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
                Err(_) => public.to_owned(),
            }
        })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem {
        severity: Severity::Error,
        key: String::new(),
        origin: Origin::File {
            path: path.to_owned(),
            line: None,
        },
        what: format!("the file cannot be read: {error}"),
        remedy: format!(
            "name another one with --config or {FILE_VARIABLE}, or write one: rundbrief config default > config.toml"
        ),
    }
}
