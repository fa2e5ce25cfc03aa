//! `rundbrief dkim new`.

use std::process::ExitCode;

use super::{domain, next_steps};
use crate::app::{Actor, signing_keys};
use crate::cli::Context;

/// `rundbrief dkim new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domain of the sender, the part after the @; mails from domains below it are signed too
    #[arg(value_parser = domain)]
    pub domain: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Makes the first keys of a domain.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let keys = signing_keys::add_first(&app, &Actor::operator(), &args.domain).await?;
    next_steps::print(context, args.json, &keys, &[])?;
    Ok(ExitCode::SUCCESS)
}
