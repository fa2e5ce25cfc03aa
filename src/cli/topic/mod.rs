//! `rundbrief topic`: what subscribers choose from.

pub mod add;
pub mod list;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief topic`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a topic
    Add(add::Args),
    /// List the topics
    List(list::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
    }
}
