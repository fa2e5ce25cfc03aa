//! `rundbrief subscriber reactivate`.

use std::process::ExitCode;

use crate::app::{Actor, privacy};
use crate::cli::Context;
use crate::domain::address::Address;

/// `rundbrief subscriber reactivate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,
}

/// Reactivates one suspended subscriber.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let state = privacy::reactivate(&app, &Actor::operator(), &args.address).await?;
    context.out.line(format_args!("now {state}"))?;
    Ok(ExitCode::SUCCESS)
}
