//! `rundbrief newsletter show`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::key;
use crate::cli::context::not_built_yet;

/// `rundbrief newsletter show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one newsletter.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("newsletter show").await
}
