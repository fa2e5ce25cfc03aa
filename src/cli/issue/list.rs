//! `rundbrief issue list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::cli::context::not_built_yet;
use crate::domain::issue::IssueState;

/// `rundbrief issue list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this newsletter
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub newsletter: Option<String>,

    /// Only those in this state
    #[arg(long, value_parser = one_of!(IssueState))]
    pub state: Option<IssueState>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists issues.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("issue list").await
}
