//! `rundbrief delivery`: what became of one mail.

pub mod find;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief delivery`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what became of an issue, or of the latest ones, for one address, and why
    Find(find::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Find(args) => find::run(args, context).await,
    }
}
