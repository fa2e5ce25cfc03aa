//! `rundbrief newsletter list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::not_built_yet;

/// `rundbrief newsletter list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the newsletters.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("newsletter list").await
}
