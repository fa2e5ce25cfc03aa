//! `rundbrief dkim rotate`.

use std::process::ExitCode;

use super::{domain, next_steps};
use crate::app::{Actor, signing_keys};
use crate::cli::Context;

/// `rundbrief dkim rotate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The domain whose keys are to be replaced
    #[arg(value_parser = domain)]
    pub domain: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Makes keys that are to replace the active ones.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let (keys, replaced) =
        signing_keys::add_successors(&app, &Actor::operator(), &args.domain).await?;
    let replaced: Vec<_> = replaced.iter().map(ToString::to_string).collect();
    let after = [
        "Leave the records of the former keys in the DNS for seven days more: mails on their way are still checked with them.".to_owned(),
        format!("Then retire the former keys, rundbrief dkim retire {}, and delete their records.", replaced.join(" ")),
    ];
    next_steps::print(context, args.json, &keys, &after)?;
    Ok(ExitCode::SUCCESS)
}
