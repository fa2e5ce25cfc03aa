//! `rundbrief entry accept`.

use std::process::ExitCode;

use crate::app::{Actor, proposals};
use crate::cli::Context;

/// `rundbrief entry accept`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The numbers of the proposals, as `entry proposals` prints them
    #[arg(value_name = "PROPOSAL", required = true)]
    pub proposals: Vec<i64>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Accepts proposals, all or none.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    proposals::accept(&app, &Actor::operator(), &args.proposals).await?;
    if args.json {
        context
            .out
            .json(&serde_json::json!({ "state": "accepted", "proposals": args.proposals }))?;
    } else {
        context
            .out
            .line(format_args!("accepted: {}", args.proposals.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}
