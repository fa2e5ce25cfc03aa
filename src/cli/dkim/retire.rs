//! `rundbrief dkim retire`.

use std::process::ExitCode;

use super::day;
use crate::app::Actor;
use crate::app::signing_keys::{self, Changed, keep_record_until, name, record, signs};
use crate::cli::Context;
use crate::domain::dkim::KeyName;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim retire`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The keys, e.g. example.org/rb202511r
    #[arg(required = true, value_name = "DOMAIN/SELECTOR")]
    pub keys: Vec<KeyName>,

    /// Retire them even if mails of the domain are left without an RSA signature; many receivers refuse such mails
    #[arg(long)]
    pub unsigned: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Retires keys.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let Changed { before, after } =
        signing_keys::retire(&app, &Actor::operator(), &args.keys, args.unsigned).await?;
    if args.json {
        context.out.json(&after.details())?;
        return Ok(ExitCode::SUCCESS);
    }
    let now = context.clock.now();
    for key in before.concerned() {
        let record = record(key).name;
        let gone = format!("{} is retired; its private key is gone.", name(key));
        match keep_record_until(&before.all, key, now) {
            Some(until) if until > now => context.out.line(format_args!(
                "{gone} Leave its record {record} in the DNS until {}: mails on their way are still checked with it",
                day(until)
            ))?,
            _ => context.out.line(format_args!("{gone} Its record {record} can be deleted from the DNS"))?,
        }
    }
    let begins = |key: &&DkimKey| signs(&after.all, key) && !signs(&before.all, key);
    for key in after.all.iter().filter(begins) {
        context.out.line(format_args!(
            "{} signs again in its place; its record must be in the DNS",
            name(key)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
