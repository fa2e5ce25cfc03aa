//! `rundbrief entry`: news, events, council papers and meetings.

pub mod accept;
pub mod list;
pub mod picture;
pub mod pin;
pub mod proposals;
pub mod publish;
pub mod reject;
pub mod show;
pub mod unpin;
pub mod withdraw;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;
use crate::app::entries::{Moved, Pinned};

/// `rundbrief entry`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List entries, the latest first
    List(list::Args),
    /// Show one entry
    Show(show::Args),
    /// Publish entries: the next issue carries them
    Publish(publish::Args),
    /// Withdraw entries: issues that are not approved yet leave them out
    Withdraw(withdraw::Args),
    /// The picture of an entry
    #[command(subcommand)]
    Picture(picture::Command),
    /// Pin entries: they come first in every issue and list
    Pin(pin::Args),
    /// Unpin entries: they take their places by date again
    Unpin(unpin::Args),
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
        Command::Publish(args) => publish::run(args, context).await,
        Command::Withdraw(args) => withdraw::run(args, context).await,
        Command::Picture(command) => picture::run(command, context).await,
        Command::Pin(args) => pin::run(args, context).await,
        Command::Unpin(args) => unpin::run(args, context).await,
        Command::Proposals(args) => proposals::run(args, context).await,
        Command::Accept(args) => accept::run(args, context).await,
        Command::Reject(args) => reject::run(args, context).await,
    }
}

/// Says which entries were moved to another state.
fn report(
    moved: &Moved,
    named: usize,
    json: bool,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    if json {
        context.out.json(moved)?;
    } else {
        let count = moved.entries.len();
        let already = named - count;
        context.out.line(format_args!(
            "{}: {count} (unchanged: {already})",
            moved.state
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says which entries were pinned or unpinned.
fn report_pinned(
    pinned: &Pinned,
    named: usize,
    json: bool,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    if json {
        context.out.json(pinned)?;
    } else {
        let count = pinned.entries.len();
        let word = if pinned.pinned { "pinned" } else { "unpinned" };
        let already = named - count;
        context
            .out
            .line(format_args!("{word}: {count} (unchanged: {already})"))?;
    }
    Ok(ExitCode::SUCCESS)
}
