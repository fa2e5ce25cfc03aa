//! `rundbrief dkim list`.

use std::process::ExitCode;

use crate::app::signing_keys::{SigningKeyDetails, name, signs};
use crate::cli::Context;
use crate::delivery::signing::open;
use crate::domain::dkim::KeyState;
use crate::store;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the keys.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let all = store::dkim_key::list(&mut db.read().await?).await?;
    if args.json {
        let details: Vec<_> = all
            .iter()
            .map(|key| SigningKeyDetails::new(&all, key))
            .collect();
        context.out.json(&details)?;
        return Ok(ExitCode::SUCCESS);
    }
    let since = |key: &DkimKey| {
        key.retired_at
            .or(key.activated_at)
            .unwrap_or(key.created_at)
    };
    let rows: Vec<_> = all
        .iter()
        .map(|key| {
            [
                name(key).to_string(),
                key.algorithm.to_string(),
                key.state.to_string(),
                since(key).to_string(),
                if signs(&all, key) { "yes" } else { "no" }.to_owned(),
            ]
        })
        .collect();
    let none = "there is no signing key yet, so mails are sent unsigned; make some with `rundbrief dkim new DOMAIN`";
    let headings = ["KEY", "ALGORITHM", "STATE", "SINCE", "SIGNS"];
    context.out.table(headings, &rows, none)?;
    // Sending reports such a key in the log only.
    if let Ok(keyring) = context.keyring() {
        for key in all.iter().filter(|key| key.state != KeyState::Retired) {
            if let Err(error) = open(&keyring, key) {
                context.out.line(format_args!("\n{error}"))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
