//! `rundbrief entry withdraw`.

use std::process::ExitCode;

use crate::app::{Actor, entries};
use crate::cli::Context;

/// `rundbrief entry withdraw`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Their ids, as `entry list` prints them
    #[arg(value_name = "ENTRY", required = true)]
    pub entries: Vec<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Withdraws entries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let moved = entries::withdraw(&app, &Actor::operator(), &args.entries).await?;
    super::report(&moved, args.entries.len(), args.json, context)
}
