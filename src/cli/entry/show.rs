//! `rundbrief entry show`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::not_built_yet;

/// `rundbrief entry show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its id, as `entry list` prints it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one entry.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("entry show").await
}
