//! `rundbrief issue status`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::context::not_built_yet;

/// `rundbrief issue status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Keep watching until it is sent
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Says how far an issue is.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue status").await
}
