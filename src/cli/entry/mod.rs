//! `rundbrief entry`: news, events, council papers and meetings.

pub mod accept;
pub mod change;
pub mod list;
pub mod picture;
pub mod proposals;
pub mod reject;
pub mod show;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief entry`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List entries, the latest first
    List(list::Args),
    /// Show one entry
    Show(show::Args),
    /// Publish entries: the next issue carries them
    Publish(change::Args),
    /// Withdraw entries: issues that are not approved yet leave them out
    Withdraw(change::Args),
    /// The picture of an entry
    #[command(subcommand)]
    Picture(picture::Command),
    /// Pin entries: they come first in every issue and list
    Pin(change::Args),
    /// Unpin entries: they take their places by date again
    Unpin(change::Args),
    /// List what sources have changed about approved and published entries
    Proposals(proposals::Args),
    /// Accept changes of sources: the entries say what their sources say
    Accept(accept::Args),
    /// Reject changes of sources: the entries stay as they are
    Reject(reject::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::Publish(args) => change::publish(args, true, context).await,
        Command::Withdraw(args) => change::publish(args, false, context).await,
        Command::Picture(command) => picture::run(command, context).await,
        Command::Pin(args) => change::pin(args, true, context).await,
        Command::Unpin(args) => change::pin(args, false, context).await,
        Command::Proposals(args) => proposals::run(args, context).await,
        Command::Accept(args) => accept::run(args, context).await,
        Command::Reject(args) => reject::run(args, context).await,
    }
}
