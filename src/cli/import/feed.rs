//! `rundbrief import feed`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Options;
use crate::cli::Context;
use crate::domain::entry::Origin;
use crate::sources::feed::{self, FeedOptions};

/// `rundbrief import feed`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// What becomes of the entries
    #[command(flatten)]
    pub options: Options,
}

/// Imports a feed.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let limits = &context.config.import;
    let mut how = FeedOptions::new(args.options.language(context));
    how.max_items = usize::try_from(limits.max_items)?;
    how.max_text = limits.max_text;
    if let Some(kind) = args.options.kind {
        how.kind = kind;
    }
    let reading = feed::read(&super::bytes(&args.file, context)?, &how)?;
    super::take_over(reading, Origin::Feed, args.options, context).await
}
