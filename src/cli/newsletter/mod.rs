//! `rundbrief newsletter`: what people subscribe to.

pub mod add;
pub mod change;
mod digest;
pub mod list;
mod review;
pub mod schedule;
pub mod show;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief newsletter`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a newsletter
    Add(Box<add::Args>),
    /// Change a newsletter: its quiet hours, and how its issues tell their entries
    Change(change::Args),
    /// List the newsletters
    List(list::Args),
    /// Show a newsletter with all its settings
    Show(show::Args),
    /// Print the next dates of a newsletter, and where the clock changes
    Schedule(schedule::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(*args, context).await,
        Command::Change(args) => change::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::Schedule(args) => schedule::run(args, context).await,
    }
}
