//! `rundbrief import feed`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Options;
use crate::cli::Context;
use crate::cli::context::not_built_yet;

/// `rundbrief import feed`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// What becomes of the entries
    #[command(flatten)]
    pub options: Options,
}

/// Takes over a feed.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("import feed").await
}
