//! `rundbrief privacy compact`.

use std::process::ExitCode;

use crate::cli::Context;

/// `rundbrief privacy compact`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Rewrites the database.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let done = app.db.rewrite().await?;
    if args.json {
        context.out.json(&done)?;
    } else {
        context.out.line(format_args!(
            "{} bytes before, {} bytes now",
            done.before, done.after
        ))?;
    }
    if !done.log_emptied {
        anyhow::bail!(
            "the write-ahead log could not be emptied, because another process reads; run this again, or stop the service first"
        );
    }
    Ok(ExitCode::SUCCESS)
}
