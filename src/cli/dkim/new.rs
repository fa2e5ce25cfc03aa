//! `rundbrief dkim new`.

use std::process::ExitCode;

use anyhow::bail;

use super::{domain, make, name};
use crate::cli::Context;
use crate::domain::dkim::KeyState;
use crate::store;

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
    let db = context.store().await?;
    let known = store::dkim_key::list(&mut db.read().await?).await?;
    let in_use = known
        .iter()
        .filter(|key| key.domain == args.domain && key.state != KeyState::Retired);
    let in_use: Vec<_> = in_use.map(name).collect();
    if !in_use.is_empty() {
        bail!(
            "{domain} has keys already ({}); `rundbrief dkim records {domain}` prints their records, `rundbrief dkim rotate {domain}` makes new ones to take their place",
            in_use.join(", "),
            domain = args.domain
        );
    }
    let (all, new) = make::pair(context, &db, &args.domain).await?;
    make::tell(context, args.json, (&all, &new), &[])?;
    Ok(ExitCode::SUCCESS)
}
