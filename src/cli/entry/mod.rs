//! `rundbrief entry`: news, events, council papers and meetings.

pub mod list;
pub mod publish;
pub mod show;
pub mod withdraw;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;
use crate::app::entries::Moved;

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
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::Publish(args) => publish::run(args, context).await,
        Command::Withdraw(args) => withdraw::run(args, context).await,
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
