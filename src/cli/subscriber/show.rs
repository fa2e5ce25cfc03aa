//! `rundbrief subscriber show`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::not_built_yet;
use crate::domain::address::Address;

/// `rundbrief subscriber show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one subscriber.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("subscriber show").await
}
