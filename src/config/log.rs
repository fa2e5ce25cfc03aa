//! `[log]`: what is logged.

use super::keys::Keys;
use crate::domain::named::named_enum;

named_enum! {
    /// How log lines look.
    pub enum LogFormat ("log format") {
        /// For people.
        Text = "text",
        /// One JSON object per line, for machines.
        Json = "json",
    }
}

/// `[log]`.
#[derive(Debug, Clone)]
pub struct Log {
    /// What is logged, as `tracing_subscriber::EnvFilter` reads it; `RUST_LOG` overrides it.
    pub level: String,
    /// How it looks.
    pub format: LogFormat,
}

impl Log {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        Self {
            level: keys.parsed("level", "a level", |text| {
                tracing_subscriber::EnvFilter::builder().parse(text).map(|_| text.to_owned()).map_err(|error| {
                    format!("“{text}” is not a level ({error}); write error, warn, info, debug or trace")
                })
            }),
            format: keys.parsed("format", "text or json", str::parse),
        }
    }
}
