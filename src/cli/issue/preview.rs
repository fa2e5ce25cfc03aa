//! `rundbrief issue preview`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{IssueName, one_of};
use crate::cli::context::not_built_yet;
use crate::domain::language::Language;

/// `rundbrief issue preview`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// The directory; made if it is not there
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,

    /// Only variants in this language
    #[arg(long, value_parser = one_of!(Language))]
    pub language: Option<Language>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Renders an issue without sending it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue preview").await
}
