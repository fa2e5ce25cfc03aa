//! `rundbrief import calendar`.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono_tz::Tz;

use super::Options;
use crate::cli::Context;
use crate::cli::arguments::zone;
use crate::domain::entry::Origin;
use crate::sources::calendar::{self, CalendarOptions};

/// `rundbrief import calendar`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The time zone of dates that do not state one
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin", value_parser = zone)]
    pub zone: Tz,

    /// What becomes of the entries
    #[command(flatten)]
    pub options: Options,
}

/// Imports a calendar.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let limits = &context.config.import;
    let mut how = CalendarOptions::new(
        context.clock.now(),
        args.zone,
        args.options.language(context),
    );
    how.horizon = limits.horizon;
    how.max_items = usize::try_from(limits.max_items)?;
    how.max_occurrences_per_event = usize::try_from(limits.max_occurrences)?;
    how.max_text = limits.max_text;
    if let Some(kind) = args.options.kind {
        how.kind = kind;
    }
    let reading = calendar::read(&super::bytes(&args.file, context)?, &how)?;
    super::take_over(reading, Origin::Calendar, args.options, context).await
}
