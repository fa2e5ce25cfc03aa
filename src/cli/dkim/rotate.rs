//! `rundbrief dkim rotate`.

use std::process::ExitCode;

use anyhow::bail;

use super::{domain, make, name};
use crate::cli::Context;
use crate::domain::dkim::KeyState;
use crate::store;

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

/// Makes keys that are to take the place of the present ones.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let domain = args.domain.as_str();
    let known = store::dkim_key::list(&mut db.read().await?).await?;
    let of = |state| {
        let own = known.iter().filter(|key| key.domain == domain);
        own.filter(|key| key.state == state)
            .map(name)
            .collect::<Vec<_>>()
    };
    let (prepared, active) = (of(KeyState::Prepared), of(KeyState::Active));
    if !prepared.is_empty() {
        bail!(
            "{domain} has keys that wait to be used: {0}; let them sign with `rundbrief dkim activate {0}`, or give them up with `rundbrief dkim retire {0}`",
            prepared.join(" ")
        );
    }
    if active.is_empty() {
        bail!(
            "{domain} has no keys that could be replaced; make its first with `rundbrief dkim new {domain}`"
        );
    }
    let (all, new) = make::pair(context, &db, domain).await?;
    let after = [
        "Leave the records of the former keys where they are for seven days more: mails on their way are still checked with them.".to_owned(),
        format!("Then give them up, rundbrief dkim retire {}, and delete their records.", active.join(" ")),
    ];
    make::tell(context, args.json, (&all, &new), &after)?;
    Ok(ExitCode::SUCCESS)
}
