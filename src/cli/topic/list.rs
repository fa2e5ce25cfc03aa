//! `rundbrief topic list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::not_built_yet;

/// `rundbrief topic list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the topics.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("topic list").await
}
