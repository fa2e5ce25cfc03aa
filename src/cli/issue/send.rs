//! `rundbrief issue send`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::context::not_built_yet;

/// `rundbrief issue send`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only release it and leave the sending to the workers of `serve`
    #[arg(long)]
    pub queue: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Releases an issue and sends it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue send").await
}
