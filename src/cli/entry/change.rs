//! `rundbrief entry publish`, `withdraw`, `pin` and `unpin`: each is given the ids of entries.

use std::process::ExitCode;

use crate::app::{Actor, entries};
use crate::cli::Context;

/// Which entries.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Their ids, as `entry list` prints them
    #[arg(value_name = "ENTRY", required = true)]
    pub entries: Vec<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Publishes or withdraws entries.
pub async fn publish(
    args: Args,
    publishes: bool,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let (actor, named) = (Actor::operator(), &args.entries);
    let moved = if publishes {
        entries::publish(&app, &actor, named).await?
    } else {
        entries::withdraw(&app, &actor, named).await?
    };
    let changed = moved.entries.len();
    report(&moved, moved.state.as_str(), changed, &args, context)
}

/// Pins or unpins entries.
pub async fn pin(args: Args, pins: bool, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let pinned = entries::pin(&app, &Actor::operator(), &args.entries, pins).await?;
    let word = if pinned.pinned { "pinned" } else { "unpinned" };
    report(&pinned, word, pinned.entries.len(), &args, context)
}

/// Says how many of the entries were changed: “published: 2 (unchanged: 1)”.
fn report(
    done: &impl serde::Serialize,
    word: &str,
    changed: usize,
    args: &Args,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    if args.json {
        context.out.json(done)?;
    } else {
        let unchanged = args.entries.len() - changed;
        context
            .out
            .line(format_args!("{word}: {changed} (unchanged: {unchanged})"))?;
    }
    Ok(ExitCode::SUCCESS)
}
