//! `rundbrief newsletter schedule`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::key;
use crate::cli::context::not_built_yet;

/// `rundbrief newsletter schedule`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// How many dates
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub count: u16,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Prints the next slots in words.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("newsletter schedule").await
}
