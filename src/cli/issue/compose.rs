//! `rundbrief issue compose`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::key;
use crate::cli::context::not_built_yet;

/// `rundbrief issue compose`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Composes an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue compose").await
}
