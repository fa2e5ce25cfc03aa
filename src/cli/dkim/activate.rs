//! `rundbrief dkim activate`.

use std::process::ExitCode;

use anyhow::bail;

use super::{KeyName, day, described, find, keep_record_until, name, signs};
use crate::cli::Context;
use crate::delivery::signing::open;
use crate::domain::dkim::{Algorithm, KeyState};
use crate::store;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim activate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The keys, e.g. example.org/rb202611r; best both of a pair at once
    #[arg(required = true, value_name = "DOMAIN/SELECTOR")]
    pub keys: Vec<KeyName>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lets keys sign.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let keyring = context.keyring_of(&db).await?;
    let now = context.clock.now();
    let mut tx = db.begin().await?;
    let before = store::dkim_key::list(&mut tx).await?;
    let mut ids = Vec::new();
    for wanted in &args.keys {
        let key = find(&before, wanted)?;
        match key.state {
            KeyState::Active => bail!("{wanted} is active already"),
            KeyState::Retired => bail!(
                "{wanted} is retired and its private key is gone; make new ones with `rundbrief dkim rotate {0}` or `rundbrief dkim new {0}`",
                key.domain
            ),
            KeyState::Prepared => {}
        }
        open(&keyring, key)?; // rather now than with the first mail
        if !store::dkim_key::activate(&mut tx, key.id, now).await? {
            bail!(
                "{wanted} was changed by somebody else just now; look with `rundbrief dkim list`"
            );
        }
        ids.push(key.id);
    }
    let after = store::dkim_key::list(&mut tx).await?;
    for key in after.iter().filter(|key| ids.contains(&key.id)) {
        never_alone(&after, key)?;
    }
    tx.commit().await?;
    if args.json {
        let now_active = after.iter().filter(|key| ids.contains(&key.id));
        let described: Vec<_> = now_active.map(|key| described(&after, key)).collect();
        context.out.json(&described)?;
        return Ok(ExitCode::SUCCESS);
    }
    for key in after.iter().filter(|key| ids.contains(&key.id)) {
        context.out.line(format_args!(
            "{} signs from now on; processes that run take it up within a minute",
            name(key)
        ))?;
    }
    for key in &before {
        let replaced = signs(&before, key) && !signs(&after, key);
        if let (true, Some(until)) = (replaced, keep_record_until(&after, key, now)) {
            context.out.line(format_args!(
                "{0} signs no longer. Leave its record in the DNS until {1}, then delete it and run: rundbrief dkim retire {0}",
                name(key),
                day(until)
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Ed25519 helps nobody whose receiver does not know it, so RSA signs beside it.
fn never_alone(all: &[DkimKey], key: &DkimKey) -> anyhow::Result<()> {
    let mut active = all
        .iter()
        .filter(|other| other.domain == key.domain && other.state == KeyState::Active);
    if !active.any(|other| other.algorithm == Algorithm::RsaSha256) {
        bail!(
            "{} is an Ed25519 key, which many receivers do not know; activate the RSA key of {} with it, or before",
            name(key),
            key.domain
        );
    }
    Ok(())
}
