//! `rundbrief entry withdraw`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::not_built_yet;

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
    let _ = (args, context);
    not_built_yet("entry withdraw").await
}
