//! `rundbrief privacy reapply`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::app::{Actor, App, privacy};
use crate::cli::Context;
use crate::store::privacy_journal::PrivacyJournal;

/// `rundbrief privacy reapply`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The privacy journal, where it is not the configured one; several nodes have one each
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Applies the privacy journal at the start of the service, which may be the first one after a restore,
/// and makes sure that it can be written.
pub async fn at_start(app: &App) -> anyhow::Result<()> {
    let journal = app.privacy_journal();
    journal
        .check()
        .await
        .context("the privacy journal cannot be written; check retention.journal_file")?;
    let done = privacy::reapply(app, &Actor::Job("restore"), &journal, false).await?;
    if (done.erased, done.suppressed, done.left) != (0, 0, 0) {
        tracing::warn!(
            erased = done.erased,
            suppressed = done.suppressed,
            left = done.left,
            "the database is older than the privacy journal: what people were promised since was applied again"
        );
    }
    if done.unreadable > 0 {
        tracing::warn!(
            lines = done.unreadable,
            "lines of the privacy journal cannot be read"
        );
    }
    Ok(())
}

/// Applies the privacy journal to the database.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let named = args.journal.is_some();
    let journal = match args.journal {
        Some(path) => PrivacyJournal::at(Some(path)),
        None => app.privacy_journal(),
    };
    let path = journal.path().map(std::path::Path::to_owned);
    let Some(path) = path.filter(|path| path.exists() || !named) else {
        anyhow::bail!(
            "there is no privacy journal here; name it with --journal, or set retention.journal_file"
        );
    };
    let done = privacy::reapply(&app, &Actor::operator(), &journal, named).await?;
    if args.json {
        context.out.json(&done)?;
        return Ok(ExitCode::SUCCESS);
    }
    context.out.line(format_args!(
        "{}: {} lines compared; erased {}, suppressed {}, ended {} subscriptions",
        path.display(),
        done.lines,
        done.erased,
        done.suppressed,
        done.left
    ))?;
    if done.unreadable > 0 {
        context.out.line(format_args!(
            "{} lines cannot be read, such as one that a power cut interrupted",
            done.unreadable
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
