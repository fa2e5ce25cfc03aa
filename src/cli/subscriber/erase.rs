//! `rundbrief subscriber erase`.

use std::process::ExitCode;

use crate::app::{Actor, privacy};
use crate::cli::Context;
use crate::domain::address::Address;

/// `rundbrief subscriber erase`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Erase; without this the command only says what it would do
    #[arg(long)]
    pub yes: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Erases one person.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    if !args.yes {
        let mut conn = app.db.read().await?;
        let found = crate::store::subscriber::by_address(&mut conn, &args.address).await?;
        let found = found.ok_or(privacy::Error::Unknown)?;
        context.out.line(format_args!(
            "would erase one {} subscriber with subscriptions, proof of consent and notices; this cannot be undone. Run it again with --yes",
            found.state
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let erased = privacy::erase(&app, &Actor::operator(), &args.address).await?;
    if args.json {
        context.out.json(&erased)?;
    } else {
        context
            .out
            .line(format_args!("erased subscriber {}", erased.subscriber))?;
        if !erased.log_emptied {
            context.out.line(
                "the write-ahead log is being read by another process; the service empties it within an hour",
            )?;
        }
        context
            .out
            .line("backups still hold the address until they are replaced; after a restore, run `rundbrief privacy reapply`")?;
    }
    Ok(ExitCode::SUCCESS)
}
