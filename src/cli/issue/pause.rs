//! `rundbrief issue pause`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::context::not_built_yet;

/// `rundbrief issue pause`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Pauses the sending.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue pause").await
}
