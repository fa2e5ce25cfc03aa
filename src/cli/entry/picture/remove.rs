//! `rundbrief entry picture remove`.

use std::process::ExitCode;

use crate::app::Actor;
use crate::app::pictures::{self, Files};
use crate::cli::Context;
use crate::domain::picture::PictureUse;

/// `rundbrief entry picture remove`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Mails that were sent still show the picture, for as long as retention.pictures says. With --delete \
                  they show its alternative text from now on: use it where the picture must not be shown any more."
)]
pub struct Args {
    /// The entry's id, as `entry list` prints it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// Delete the picture's files now, unless another entry shows it
    #[arg(long)]
    pub delete: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Removes the picture of an entry.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let files = if args.delete {
        Files::Delete
    } else {
        Files::Keep
    };
    let actor = Actor::operator();
    let removed = pictures::remove(&app, &actor, &args.entry, PictureUse::Lead, files).await?;
    if args.json {
        context.out.json(&removed)?;
        return Ok(ExitCode::SUCCESS);
    }
    context.out.line(match (removed.removed, removed.deleted) {
        (false, _) => "unchanged: the entry has no picture",
        (true, true) => "removed, and its files deleted; caches keep them for up to a year",
        (true, false) if args.delete => "removed; another entry shows it, so its files were kept",
        (true, false) => "removed; mails that were sent still show it",
    })?;
    Ok(ExitCode::SUCCESS)
}
