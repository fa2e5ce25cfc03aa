//! `rundbrief dkim activate`.

use std::process::ExitCode;

use super::day;
use crate::app::Actor;
use crate::app::signing_keys::{self, Changed, keep_record_until, name, signs};
use crate::cli::Context;
use crate::domain::dkim::KeyName;

/// `rundbrief dkim activate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The keys, e.g. example.org/rb202611r; preferably both keys of a pair
    #[arg(required = true, value_name = "DOMAIN/SELECTOR")]
    pub keys: Vec<KeyName>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Activates keys.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let Changed { before, after } =
        signing_keys::activate(&app, &Actor::operator(), &args.keys).await?;
    if args.json {
        context.out.json(&after.details())?;
        return Ok(ExitCode::SUCCESS);
    }
    for key in after.concerned() {
        context.out.line(format_args!(
            "{} signs from now on; running processes use it within a minute",
            name(key)
        ))?;
    }
    let now = context.clock.now();
    for key in &before.all {
        let replaced = signs(&before.all, key) && !signs(&after.all, key);
        if let (true, Some(until)) = (replaced, keep_record_until(&after.all, key, now)) {
            context.out.line(format_args!(
                "{0} signs no longer. Leave its record in the DNS until {1}, then delete it and run: rundbrief dkim retire {0}",
                name(key),
                day(until)
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
