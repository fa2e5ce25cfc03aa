//! `rundbrief import`: entries from other systems.

pub mod calendar;
pub mod feed;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use super::Context;
use super::arguments::{key, line, one_of};
use super::output::{printable, progress};
use crate::app::Actor;
use crate::app::imports::{self, Import, Summary};
use crate::domain::entry::{EntryKind, Origin};
use crate::domain::language::LanguageTag;
use crate::sources::{self, Reading, Refused};

/// `rundbrief import`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import a feed: RSS 0.9 to 2.0, Atom, JSON Feed
    Feed(feed::Args),
    /// Import a calendar: iCalendar
    Calendar(calendar::Args),
}

/// What becomes of the entries that are taken over.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Publish new entries at once; without it they wait for approval
    #[arg(long)]
    pub publish: bool,

    /// Let the source change approved and published entries at once; without it each change is
    /// proposed and waits for `entry accept`
    #[arg(long)]
    pub trusted: bool,

    /// A topic for all entries; may be repeated. Entries also get the topics whose key or name their
    /// source gives as a category
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub topic: Vec<String>,

    /// The organisation the entries belong to; created if missing [default: organisation.name of the
    /// configuration]
    #[arg(long, value_name = "NAME", value_parser = line)]
    pub organisation: Option<String>,

    /// Their language if the file does not state one, e.g. de or nl-be [default: languages.default of
    /// the configuration]
    #[arg(long, value_name = "TAG", value_parser = LanguageTag::parse)]
    pub language: Option<LanguageTag>,

    /// What they are [default: news for a feed, event for a calendar]
    #[arg(long, value_parser = one_of!(EntryKind))]
    pub kind: Option<EntryKind>,

    /// Print the summary as JSON: new, updated, unchanged, proposed, refused with reasons
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

/// Reads a file, or the standard input for `-`, up to the configured size.
fn bytes(file: &Path, context: &Context) -> anyhow::Result<Vec<u8>> {
    let max = context.config.import.max_size;
    if file == Path::new("-") {
        return Ok(sources::read_bounded(std::io::stdin().lock(), max)?);
    }
    let open = std::fs::File::open(file)
        .with_context(|| format!("{} cannot be opened", file.display()))?;
    sources::read_bounded(open, max).with_context(|| file.display().to_string())
}

impl Options {
    /// The language of texts whose file names none.
    fn language(&self, context: &Context) -> LanguageTag {
        let default = || context.config.languages.default.into();
        self.language.clone().unwrap_or_else(default)
    }

    fn import(self, origin: Origin, context: &Context) -> Import {
        let own = || context.config.organisation.name.clone();
        Import {
            origin,
            organisation: self.organisation.unwrap_or_else(own),
            topics: self.topic,
            publish: self.publish,
            trusted: self.trusted,
        }
    }
}

/// Stores what was read and prints what became of it. The exit code is 1 when nothing could be
/// taken over and something was refused.
async fn take_over(
    reading: Reading,
    origin: Origin,
    options: Options,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let json = options.json;
    let how = options.import(origin, context);
    let bar = progress(u64::try_from(reading.items.len())?, "entries");
    let advance = |items| bar.inc(u64::try_from(items).unwrap_or(0));
    let summary = imports::import(&app, &Actor::operator(), reading, &how, advance).await?;
    bar.finish_and_clear();
    print(&summary, json, context)?;
    let useless = summary.taken() == 0 && !summary.refused.is_empty();
    Ok(if useless {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn print(summary: &Summary, as_json: bool, context: &mut Context) -> anyhow::Result<()> {
    if as_json {
        return context.out.json(summary);
    }
    let Summary {
        new,
        updated,
        unchanged,
        proposed,
        urgent,
        refused,
        outside,
        notes,
    } = summary;
    let out = &mut context.out;
    out.line(format_args!(
        "new {new}, updated {updated}, unchanged {unchanged}, proposed {proposed}, refused {}",
        refused.len()
    ))?;
    if *proposed > 0 {
        out.line(
            "proposed: changes of approved or published entries; `rundbrief entry proposals` lists them",
        )?;
    }
    for proposal in urgent {
        out.line(format_args!(
            "urgent: proposal {proposal} cancels or moves an event"
        ))?;
    }
    if *outside > 0 {
        out.line(format_args!(
            "dates before today or beyond the horizon, not taken over: {outside}"
        ))?;
    }
    for note in notes {
        out.line(format_args!("note: {}", printable(note)))?;
    }
    for Refused { item, reason } in refused {
        out.line(format_args!(
            "refused: {}: {}",
            printable(item),
            printable(reason)
        ))?;
    }
    Ok(())
}
