//! What the operator is told: log lines on stderr, for people or as JSON. `docs/logging.md` says
//! how to write them.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Begins to log to stderr. `RUST_LOG` goes before the configured level. To be called once, before
/// anything else is started; a second call changes nothing.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&log.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let lines = match log.format {
        LogFormat::Text => {
            let colours = io::stderr().is_terminal();
            tracing::Dispatch::new(lines.with_ansi(colours).with_target(false).finish())
        }
        LogFormat::Json => tracing::Dispatch::new(lines.json().flatten_event(true).finish()),
    };
    // One that is already set stays: tests start several commands in one process.
    let _ = tracing::dispatcher::set_global_default(lines);
}
