//! `rundbrief issue compose`.

use std::process::ExitCode;

use crate::app::Actor;
use crate::app::issues::{self, ComposedIssue};
use crate::cli::Context;
use crate::cli::arguments::key;

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
    let app = context.app().await?;
    let composed = issues::compose(&app, &Actor::operator(), &args.newsletter).await?;
    if args.json {
        context.out.json(&composed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let ComposedIssue {
        issue,
        state,
        entries,
        ..
    } = composed;
    context
        .out
        .line(format_args!("composed {issue}: {entries} entries, {state}"))?;
    context.out.line(format_args!("look at it with `rundbrief issue preview {issue} DIR`, send it with `rundbrief issue send {issue}`"))?;
    Ok(ExitCode::SUCCESS)
}
