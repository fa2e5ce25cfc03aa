//! `rundbrief dkim retire`.

use std::process::ExitCode;

use anyhow::bail;

use super::{KeyName, day, described, find, keep_record_until, name, record, signs};
use crate::cli::Context;
use crate::domain::dkim::{Algorithm, KeyState};
use crate::store;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim retire`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The keys, e.g. example.org/rb202511r
    #[arg(required = true, value_name = "DOMAIN/SELECTOR")]
    pub keys: Vec<KeyName>,

    /// Also when mails of the domain have no RSA signature then, which many receivers refuse
    #[arg(long)]
    pub unsigned: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Gives keys up.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let now = context.clock.now();
    let mut tx = db.begin().await?;
    let before = store::dkim_key::list(&mut tx).await?;
    let mut ids = Vec::new();
    for wanted in &args.keys {
        let key = find(&before, wanted)?;
        if !store::dkim_key::retire(&mut tx, key.id, now).await? {
            bail!("{wanted} is retired already");
        }
        ids.push(key.id);
    }
    let after = store::dkim_key::list(&mut tx).await?;
    for key in before.iter().filter(|key| ids.contains(&key.id)) {
        if has_rsa(&before, key) && !has_rsa(&after, key) && !args.unsigned {
            bail!(
                "without {} mails from {domain} have no RSA signature, and many receivers refuse them; make another key first with `rundbrief dkim rotate {domain}`, or add --unsigned",
                name(key),
                domain = key.domain
            );
        }
    }
    tx.commit().await?;
    if args.json {
        let retired = after.iter().filter(|key| ids.contains(&key.id));
        let described: Vec<_> = retired.map(|key| described(&after, key)).collect();
        context.out.json(&described)?;
        return Ok(ExitCode::SUCCESS);
    }
    for key in before.iter().filter(|key| ids.contains(&key.id)) {
        let record = record(key).name;
        let gone = format!("{} is retired; its private key is gone.", name(key));
        match keep_record_until(&before, key, now) {
            Some(until) if until > now => context.out.line(format_args!(
                "{gone} Leave its record {record} in the DNS until {}: mails on their way are still checked with it",
                day(until)
            ))?,
            _ => context.out.line(format_args!("{gone} Its record {record} can be deleted from the DNS"))?,
        }
    }
    for key in after
        .iter()
        .filter(|key| signs(&after, key) && !signs(&before, key))
    {
        context.out.line(format_args!(
            "{} signs again in its place; its record must be in the DNS",
            name(key)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether an RSA key of the same domain is active.
fn has_rsa(all: &[DkimKey], of: &DkimKey) -> bool {
    all.iter().any(|key| {
        key.domain == of.domain
            && key.algorithm == Algorithm::RsaSha256
            && key.state == KeyState::Active
    })
}
