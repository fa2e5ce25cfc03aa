//! `rundbrief delivery`: what became of one mail.

pub mod find;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief delivery`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show whether an issue, or the latest issues, reached an address, and why not
    Find(find::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Find(args) => find::run(args, context).await,
    }
}
