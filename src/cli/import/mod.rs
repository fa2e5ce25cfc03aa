//! `rundbrief import`: entries from other systems.

pub mod calendar;
pub mod feed;

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;
use super::arguments::{key, one_of};
use crate::domain::entry::EntryKind;
use crate::domain::language::LanguageTag;

/// `rundbrief import`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take over a feed: RSS 0.9 to 2.0, Atom, JSON Feed
    Feed(feed::Args),
    /// Take over a calendar: iCalendar
    Calendar(calendar::Args),
}

/// What becomes of the entries that are taken over.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Publish new entries at once; without it they wait for approval
    #[arg(long)]
    pub publish: bool,

    /// A topic of all entries; several times for several
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub topic: Vec<String>,

    /// The organisation the entries belong to; made if it is not there [default: organisation.name
    /// of the configuration]
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,

    /// Their language, where the file does not say one, e.g. de or nl-be [default:
    /// languages.default of the configuration]
    #[arg(long, value_name = "TAG", value_parser = LanguageTag::parse)]
    pub language: Option<LanguageTag>,

    /// What they are [default: news for a feed, event for a calendar]
    #[arg(long, value_parser = one_of!(EntryKind))]
    pub kind: Option<EntryKind>,

    /// Print the summary as JSON: new, updated, unchanged, refused with reasons
    #[arg(long)]
    pub json: bool,
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Feed(args) => feed::run(args, context).await,
        Command::Calendar(args) => calendar::run(args, context).await,
    }
}
