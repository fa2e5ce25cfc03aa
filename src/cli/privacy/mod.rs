//! `rundbrief privacy`: what keeps promises to people beyond one of them.

pub mod compact;
pub mod reapply;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief privacy`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// After a restore: apply departures, erasures and suppressions since the backup again
    Reapply(reapply::Args),
    /// Rewrite the database so that no byte of what was removed is left; others wait meanwhile
    Compact(compact::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Reapply(args) => reapply::run(args, context).await,
        Command::Compact(args) => compact::run(args, context).await,
    }
}
