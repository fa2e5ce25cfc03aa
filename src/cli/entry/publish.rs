//! `rundbrief entry publish`.

use std::process::ExitCode;

use crate::app::{Actor, entries};
use crate::cli::Context;

/// `rundbrief entry publish`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Their ids, as `entry list` prints them
    #[arg(value_name = "ENTRY", required = true)]
    pub entries: Vec<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Publishes entries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let moved = entries::publish(&app, &Actor::operator(), &args.entries).await?;
    super::report(&moved, args.entries.len(), args.json, context)
}
