//! `rundbrief entry`: news, events, council papers and meetings.

pub mod list;
pub mod publish;
pub mod show;
pub mod withdraw;

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Subcommand;

use super::Context;
use crate::domain::entry::EntryState;
use crate::store;

/// `rundbrief entry`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List entries, the latest first
    List(list::Args),
    /// Show one entry
    Show(show::Args),
    /// Publish entries, so that the next issue takes them up
    Publish(publish::Args),
    /// Withdraw entries: issues not yet released leave them out
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

/// Moves entries to another state, all or none. One that is there already is left as it is.
async fn move_to(
    names: &[String],
    to: EntryState,
    json: bool,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut tx = db.begin().await?;
    let mut moved = Vec::new();
    for name in names {
        let entry = store::entry::by_name(&mut tx, name)
            .await?
            .with_context(|| show::unknown(name))?;
        if entry.state == to {
            continue;
        }
        let allowed = entry.state.may_become(to);
        let now = context.clock.now();
        if !allowed || !store::entry::set_state(&mut tx, entry.id, entry.state, to, now).await? {
            bail!(
                "entry {name} is {} and cannot become {to}; nothing was changed",
                entry.state
            );
        }
        moved.push(entry.id);
    }
    tx.commit().await?;
    if json {
        context
            .out
            .json(&serde_json::json!({ "state": to, "entries": moved }))?;
    } else {
        let already = names.len() - moved.len();
        context.out.line(format_args!(
            "{to}: {} (were so already: {already})",
            moved.len()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
