//! `rundbrief entry picture`.

pub mod add;
pub mod remove;

use std::process::ExitCode;

use clap::Subcommand;

use crate::cli::Context;

/// `rundbrief entry picture`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a picture to an entry, or replace the one it has
    Add(add::Args),
    /// Remove the picture of an entry
    Remove(remove::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(args, context).await,
        Command::Remove(args) => remove::run(args, context).await,
    }
}
