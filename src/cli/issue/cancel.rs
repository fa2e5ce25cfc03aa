//! `rundbrief issue cancel`.

use std::process::ExitCode;

use super::status;
use crate::app::{Actor, issues};
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
    let app = context.app().await?;
    let issue = issues::cancel(&app, &Actor::operator(), &args.issue).await?;
    let mut conn = app.read().await?;
    status::report(&mut conn, &args.issue, &issue, args.json, context).await?;
    Ok(ExitCode::SUCCESS)
}
