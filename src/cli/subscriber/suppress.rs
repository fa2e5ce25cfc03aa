//! `rundbrief subscriber suppress`.

use std::process::ExitCode;

use crate::app::{Actor, privacy};
use crate::cli::Context;
use crate::domain::address::Address;

/// `rundbrief subscriber suppress`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address, known here or not
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Why, in few words without an address; kept with the hash and shown to the person
    #[arg(long, value_name = "TEXT", default_value = "on request", value_parser = reason)]
    pub reason: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// A reason that holds no address.
pub(super) fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(char::is_control) {
        return Err("write 1 to 100 letters on one line".to_owned());
    }
    if text.contains('@') {
        return Err("a reason is kept for years; leave out addresses".to_owned());
    }
    Ok(text.to_owned())
}

/// Suppresses an address.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let actor = Actor::operator();
    let done = privacy::suppress(&app, &actor, &args.address, &args.reason).await?;
    if args.json {
        context.out.json(&done)?;
    } else if done.new {
        context.out.line(format_args!(
            "suppressed; {} running subscriptions ended",
            done.ended
        ))?;
    } else {
        context.out.line(format_args!(
            "was suppressed already; {} running subscriptions ended",
            done.ended
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
