//! `rundbrief entry pin`.

use std::process::ExitCode;

use crate::app::{Actor, entries};
use crate::cli::Context;

/// `rundbrief entry pin`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Their ids, as `entry list` prints them
    #[arg(value_name = "ENTRY", required = true)]
    pub entries: Vec<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Pins entries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let pinned = entries::pin(&app, &Actor::operator(), &args.entries, true).await?;
    super::report_pinned(&pinned, args.entries.len(), args.json, context)
}
