//! `rundbrief subscriber`: who subscribes, and what became of their mails.

pub mod list;
pub mod show;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief subscriber`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List subscribers; addresses are masked unless asked for
    List(list::Args),
    /// Show one subscriber: subscriptions, consent, and every mail with what the relay said
    Show(show::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
    }
}
