//! `rundbrief user`: people with a login to the newsroom.

pub mod add;
pub mod disable;
pub mod invite;
pub mod list;
pub mod person;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;

/// `rundbrief user`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a user who may log in at once
    Add(add::Args),
    /// Invite somebody by mail: a link that works for two days
    Invite(invite::Args),
    /// List the users
    List(list::Args),
    /// End the sessions of a user, who may not log in any more
    Disable(disable::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Add(args) => add::run(args, context).await,
        Command::Invite(args) => invite::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Disable(args) => disable::run(args, context).await,
    }
}
