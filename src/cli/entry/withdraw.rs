//! `rundbrief entry withdraw`.

use crate::domain::entry::EntryState;
use std::process::ExitCode;

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
    super::move_to(&args.entries, EntryState::Withdrawn, args.json, context).await
}
