//! `rundbrief subscriber suspend`.

use std::process::ExitCode;

use crate::app::{Actor, privacy};
use crate::cli::Context;
use crate::domain::address::Address;

/// `rundbrief subscriber suspend`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Why, in few words without an address; kept in the audit log
    #[arg(long, value_name = "TEXT", value_parser = super::suppress::reason)]
    pub reason: Option<String>,
}

/// Suspends one subscriber.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let reason = args.reason.as_deref();
    privacy::suspend(&app, &Actor::operator(), &args.address, reason).await?;
    context
        .out
        .line("suspended; nothing is sent until `rundbrief subscriber reactivate`")?;
    Ok(ExitCode::SUCCESS)
}
