//! `rundbrief user`: people with a login to the newsroom.

pub mod add;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief user`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a user who may log in at once
    Add(add::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(args, context).await,
    }
}
