//! `rundbrief dkim records`.

use std::process::ExitCode;

use super::{domain, write_record};
use crate::app::signing_keys::SigningKeyDetails;
use crate::cli::Context;
use crate::domain::dkim::KeyState;
use crate::store;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim records`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this domain
    #[arg(value_parser = domain)]
    pub domain: Option<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Prints the records that must be in the DNS.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let all = store::dkim_key::list(&mut db.read().await?).await?;
    let wanted = |key: &&DkimKey| {
        key.state != KeyState::Retired
            && args
                .domain
                .as_ref()
                .is_none_or(|domain| key.domain == *domain)
    };
    let keys: Vec<_> = all.iter().filter(wanted).collect();
    let out = &mut context.out;
    if args.json {
        let details: Vec<_> = keys
            .iter()
            .map(|key| SigningKeyDetails::new(&all, key))
            .collect();
        out.json(&details)?;
        return Ok(ExitCode::SUCCESS);
    }
    if keys.is_empty() {
        let domain = args.domain.as_deref();
        out.line(format_args!(
            "there are no keys in use{}; make some with `rundbrief dkim new {}`",
            domain.map_or_else(String::new, |domain| format!(" for {domain}")),
            domain.unwrap_or("DOMAIN")
        ))?;
    }
    for (index, key) in keys.into_iter().enumerate() {
        if index > 0 {
            out.line("")?;
        }
        write_record(out, key)?;
    }
    Ok(ExitCode::SUCCESS)
}
