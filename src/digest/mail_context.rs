//! What every mail of this installation shares beside the entries: the organisation behind it, where its
//! pages are, which languages it speaks, and how large a mail may become.

use chrono::NaiveDateTime;
use templates::Site;

use super::site::site;
use super::snapshot::Limits;
use crate::config::{Config, Organisation};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

/// Made once from the configuration; `jobs` and `cli` pass it to the functions of this module.
#[derive(Debug, Clone)]
pub struct MailContext {
    organisation: Organisation,
    public_url: String,
    host: Option<String>,
    logo: Option<String>,
    /// The languages readers are offered, the default first.
    languages: Vec<Language>,
    limits: Limits,
}

impl MailContext {
    /// The context of this configuration.
    pub fn from_config(config: &Config) -> Self {
        let mut languages = config.languages.offered.clone();
        languages.sort_by_key(|language| *language != config.languages.default);
        Self {
            organisation: config.organisation.clone(),
            public_url: config.server.link(""),
            host: config.server.public_url.host_str().map(str::to_owned),
            logo: None,
            languages,
            limits: Limits {
                shorten: config.delivery.html_warn,
                refuse: config.delivery.html_refuse,
            },
        }
    }

    /// With the logo that the pages serve under `path`.
    #[must_use]
    pub fn with_logo(self, path: Option<&str>) -> Self {
        Self {
            logo: path.map(|path| self.link(path)),
            ..self
        }
    }

    /// What every link begins with, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The host of the pages.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The public address of a path that begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The languages readers are offered, the default first.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The name of the body that runs this installation.
    pub fn organisation(&self) -> &str {
        &self.organisation.name
    }

    /// The keys of `[organisation]` without which the imprint is not complete.
    pub fn missing_imprint(&self) -> Vec<&'static str> {
        self.organisation.missing_imprint()
    }

    /// The colour of buttons and links, as `#rrggbb`.
    pub fn action_colour(&self) -> String {
        self.organisation.action_colour.to_string()
    }

    /// How long a mail may become.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// What the templates need to know of the installation for a mail in `language`.
    pub fn site(&self, language: Language) -> Site {
        let page = |path: &str| self.link(&format!("{path}?lang={language}"));
        Site {
            logo: self.logo.clone(),
            ..site(&self.organisation, language, page)
        }
    }
}

/// An instant on the wall clock of a zone, as the templates take it.
pub fn wall_clock(at: Timestamp, zone: chrono_tz::Tz) -> NaiveDateTime {
    at.in_zone(zone).naive_local()
}
