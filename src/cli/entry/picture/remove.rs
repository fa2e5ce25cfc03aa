//! `rundbrief entry picture remove`.

use std::process::ExitCode;

use crate::app::Actor;
use crate::app::pictures::{self, Files};
use crate::cli::Context;
use crate::domain::picture::PictureUse;

/// `rundbrief entry picture remove`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Mails that were sent still show the picture, and earlier versions of the entry keep it. With --delete \
                  mails show its alternative text from now on, and the versions forget it: use it where the picture must \
                  not be shown any more."
)]
pub struct Args {
    /// The entry's id, as `entry list` prints it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// Delete the picture's files now, unless another entry shows it
    #[arg(long)]
    pub delete: bool,

    /// Keep the entry's picture, and delete those that only its earlier versions have
    #[arg(long, conflicts_with = "delete")]
    pub earlier: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Removes the picture of an entry.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let actor = Actor::operator();
    if args.earlier {
        let deleted = pictures::remove_earlier(&app, &actor, &args.entry).await?;
        if args.json {
            context
                .out
                .json(&serde_json::json!({ "deleted": deleted }))?;
        } else {
            context.out.line(format!("deleted: {deleted}"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let files = if args.delete {
        Files::Delete
    } else {
        Files::Keep
    };
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
