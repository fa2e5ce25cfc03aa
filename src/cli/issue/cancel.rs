//! `rundbrief issue cancel`.

use crate::domain::issue::IssueState;
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;

/// `rundbrief issue cancel`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Cancels an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    super::move_to(&args.issue, IssueState::Cancelled, args.json, context).await
}
