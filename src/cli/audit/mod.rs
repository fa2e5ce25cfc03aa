//! `rundbrief audit`: who did what.

pub mod list;
pub mod verify;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief audit`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what was done, by whom and through which entry point, the latest first
    List(list::Args),
    /// Compare every line of the log with its hash; name the first that was changed
    Verify(verify::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(args) => list::run(args, context).await,
        Command::Verify(args) => verify::run(args, context).await,
    }
}
