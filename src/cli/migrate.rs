//! `rundbrief migrate`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::context::location;
use crate::store::Db;

/// `rundbrief migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Brings the database up to date and says what it did.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let database = &context.config.database;
    let db = Db::connect(&location(&database.url), database.connections).await?;
    let migrated = db.migrate().await?;
    db.close().await;
    if args.json {
        context.out.json(&migrated)?;
    } else if migrated.before == migrated.now {
        context
            .out
            .line(format_args!("{}: up to date", database.url))?;
    } else {
        let applied = migrated.now - migrated.before;
        context.out.line(format_args!(
            "{}: brought up to date (migrations applied: {applied})",
            database.url
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
