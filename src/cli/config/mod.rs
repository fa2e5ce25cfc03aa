//! `rundbrief config`: what an administrator sets.

mod check;
mod key;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use super::Output;
use crate::config::DEFAULTS;

/// `rundbrief config`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the configuration: what is wrong, where, and how to fix it
    ///
    /// Errors prevent Rundbrief from starting; warnings should be fixed before real mails are
    /// sent. Exit code 1 if there is an error.
    Check(check::Args),
    /// Print every key with its meaning and its default
    Default,
    /// Print a new key for security.key or security.key_file
    Key(key::Args),
}

/// Runs one of these commands; none of them needs a configuration that can be used.
pub fn run(command: Command, file: Option<&Path>, out: &mut Output) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check(args) => check::run(&args, file, out),
        Command::Default => {
            out.raw(DEFAULTS)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Key(args) => key::run(&args, out),
    }
}
