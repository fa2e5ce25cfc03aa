//! Problems of a configuration: where, what it means, what to do.

use std::fmt;
use std::path::PathBuf;

/// How much a [`Problem`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be corrected before anything starts.
    Error,
    /// Works, but is not suitable for real mails.
    Warning,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "from", rename_all = "lowercase")]
pub enum Origin {
    /// The documented default; nobody set it.
    Default,
    /// A file.
    File {
        /// The path as given.
        path: PathBuf,
        /// The line, counted from 1; none for the file as a whole.
        line: Option<usize>,
    },
    /// An environment variable.
    Environment {
        /// Its name.
        name: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File {
                path,
                line: Some(line),
            } => write!(f, "{}:{line}", path.display()),
            Self::File { path, line: None } => write!(f, "{}", path.display()),
            Self::Environment { name } => write!(f, "environment {name}"),
        }
    }
}

/// One problem. Never contains the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Whether it prevents the start.
    pub severity: Severity,
    /// The key, `section.key`; empty for the file as a whole.
    pub key: String,
    /// Where the value came from.
    pub origin: Origin,
    /// What was found, and what was expected.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Problem {
    /// The order of problems: the file from top to bottom, the environment, the rest.
    pub(super) fn position(&self) -> (u8, usize) {
        match &self.origin {
            Origin::File { line, .. } => (0, line.unwrap_or(0)),
            Origin::Environment { .. } => (1, 0),
            Origin::Default => (2, 0),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{word}: {}: ", self.origin)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        write!(f, "{}\n  → {}", self.what, self.remedy)
    }
}

/// All errors of an unusable configuration, and its warnings.
#[derive(Debug, thiserror::Error)]
pub struct ConfigErrors(pub Vec<Problem>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = || self.0.iter().filter(|one| one.severity == Severity::Error);
        write!(
            f,
            "the configuration cannot be used ({} to correct)",
            errors().count()
        )?;
        for problem in errors() {
            write!(f, "\n{problem}")?;
        }
        Ok(())
    }
}
