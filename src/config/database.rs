//! `[database]`: where data is stored.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::keys::Keys;
use super::secret::Secret;
use super::server::is_loopback_name;

/// `[database]`.
#[derive(Debug, Clone)]
pub struct Database {
    /// Which database.
    pub url: DatabaseUrl,
    /// The most connections: readers with SQLite (plus the one writer); with PostgreSQL all except
    /// the one of the group-commit writer.
    pub connections: u32,
}

/// Which database. `Debug` and `Display` never show a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// An SQLite file, created if missing.
    Sqlite(PathBuf),
    /// PostgreSQL.
    Postgres {
        /// The address without a password.
        url: Url,
        /// The password, if one is needed.
        password: Option<Secret>,
    },
}

impl DatabaseUrl {
    /// The URL for PostgreSQL's driver, including the password; `None` for SQLite. Never print it.
    pub fn postgres(&self) -> Option<Secret> {
        let Self::Postgres { url, password } = self else {
            return None;
        };
        let mut url = url.clone();
        if let Some(password) = password {
            // Fails only for URLs without a host, which `parse` rejects.
            let _ = url.set_password(Some(password.expose()));
        }
        Some(Secret::new(url.as_str()))
    }

    /// Warns if the URL weakens what `store` requires of a remote server (`verify-full`).
    fn check_encryption(&self, keys: &mut Keys<'_>) {
        let Self::Postgres { url, .. } = self else {
            return;
        };
        let given = |names: &[&str]| {
            let found = url
                .query_pairs()
                .filter(|(key, _)| names.contains(&&**key))
                .last();
            found.map(|(_, value)| value.into_owned())
        };
        let host = given(&["host", "hostaddr"]).or_else(|| url.host_str().map(percent_decoded));
        let elsewhere = host.is_some_and(|host| !host.starts_with('/') && !is_loopback_name(&host));
        let mode = given(&["sslmode", "ssl-mode"]);
        let Some(mode) = mode.filter(|mode| elsewhere && mode != "verify-full") else {
            return;
        };
        let what = match mode.as_str() {
            "require" | "verify-ca" => "another server could pose as the database",
            _ => "readers' addresses may cross the network in plain text",
        };
        keys.warn(
            "url",
            format!("sslmode={mode}: {what}"),
            "leave sslmode out (the default is verify-full), and name an authority of your own with sslrootcert=FILE",
        );
    }

    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "expected sqlite:PATH or postgres://user@host/database";
        if let Some(path) = text.strip_prefix("sqlite:") {
            // Other programs write `sqlite://path`.
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.starts_with(":memory:") || path.contains('?') {
                return Err("sqlite: needs the path of a file without options, e.g. sqlite:data/rundbrief.db".to_owned());
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        // The text itself is not repeated: it may contain a password.
        let mut url = Url::parse(text)
            .map_err(|error| format!("not the address of a database ({error}); {EXPECTED}"))?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(format!(
                "“{}:” is not a known kind of database; {EXPECTED}",
                url.scheme()
            ));
        }
        if url.path().trim_matches('/').is_empty() {
            return Err("the name of the database is missing, e.g. postgres://rundbrief@localhost/rundbrief".to_owned());
        }
        let encoded = url.password().map(str::to_owned);
        let password = encoded.map(|encoded| Secret::new(percent_decoded(&encoded)));
        if password.is_some() {
            let _ = url.set_password(None);
        }
        Ok(Self::Postgres { url, password })
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres { url, .. } => write!(f, "{url}"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Database {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let url = keys.parsed("url", "the address of a database", DatabaseUrl::parse);
        let separate = keys.secret("password");
        let url = match (url, separate) {
            (
                DatabaseUrl::Postgres {
                    url,
                    password: None,
                },
                password,
            ) => DatabaseUrl::Postgres { url, password },
            (url @ DatabaseUrl::Postgres { .. }, Some(_)) => {
                keys.error(
                    "url",
                    "there is a password in the URL and another one in password or password_file",
                    "remove it from the URL",
                );
                url
            }
            (url @ DatabaseUrl::Sqlite(_), Some(_)) => {
                keys.error(
                    "password",
                    "SQLite has no passwords",
                    "leave password and password_file empty",
                );
                url
            }
            (url, None) => url,
        };
        url.check_encryption(keys);
        Self {
            url,
            connections: keys.whole("connections", 1..=500),
        }
    }
}

/// Decodes `%41`; other text stays.
pub(super) fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
