//! `rundbrief subscriber`: who subscribes, and what became of their mails.

pub mod erase;
pub mod export;
pub mod list;
pub mod reactivate;
pub mod show;
pub mod suppress;
pub mod suspend;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief subscriber`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List subscribers; addresses are masked unless asked for
    List(list::Args),
    /// Show a subscriber: subscriptions, consent, and mails with the relay's answers
    Show(show::Args),
    /// Write all that is kept about one person, as a page for them or as JSON
    Export(export::Args),
    /// Remove everything personal about one subscriber, for good
    Erase(erase::Args),
    /// Never write to an address again; its subscriptions end
    Suppress(suppress::Args),
    /// Send nothing to one subscriber for the time being
    Suspend(suspend::Args),
    /// Send to a suspended subscriber again
    Reactivate(reactivate::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::Export(args) => export::run(args, context).await,
        Command::Erase(args) => erase::run(args, context).await,
        Command::Suppress(args) => suppress::run(args, context).await,
        Command::Suspend(args) => suspend::run(args, context).await,
        Command::Reactivate(args) => reactivate::run(args, context).await,
    }
}
