//! `rundbrief import`: entries from other systems.

pub mod calendar;
pub mod feed;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;
use serde_json::json;

use super::Context;
use super::arguments::{key, line, one_of};
use super::output::{printable, progress};
use crate::app::lookup;
use crate::domain::entry::{EntryKind, EntryState, Origin};
use crate::domain::language::LanguageTag;
use crate::domain::topic::{Topic, TopicSet};
use crate::sources::{self, Item, Reading, Refused};
use crate::store::entry::{Incoming, Upserted};
use crate::store::{self, Db, StoreError};

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
}

/// What an import did.
#[derive(Debug, Default)]
struct Summary {
    new: usize,
    updated: usize,
    unchanged: usize,
    /// Items that could not be taken over.
    refused: Vec<Refused>,
    /// Dates before or after the time that is looked at.
    outside: usize,
    /// What was put right on the way.
    notes: Vec<String>,
}

/// Stores what was read and prints what became of it. The exit code is 1 when nothing could be
/// taken over and something was refused.
async fn take_over(
    reading: Reading,
    origin: Origin,
    options: &Options,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let summary = store_all(reading, origin, options, context, &db).await?;
    let taken = summary.new + summary.updated + summary.unchanged;
    print(&summary, options.json, context)?;
    let useless = taken == 0 && !summary.refused.is_empty();
    Ok(if useless {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

async fn store_all(
    reading: Reading,
    origin: Origin,
    options: &Options,
    context: &Context,
    db: &Db,
) -> anyhow::Result<Summary> {
    /// Items in one transaction: few enough that others who want to write do not wait long.
    const BATCH: usize = 200;
    let name = options
        .organisation
        .as_deref()
        .unwrap_or(&context.config.organisation.name);
    let mut tx = db.begin().await?;
    let topics = store::topic::list(&mut tx).await?;
    let fixed = lookup::topics(&topics, &options.topic)?;
    let organisation = store::organisation::ensure(&mut tx, name, context.clock.now())
        .await?
        .id;
    tx.commit().await?;

    let state = if options.publish {
        EntryState::Published
    } else {
        EntryState::Submitted
    };
    let of = Common {
        organisation,
        origin,
        state,
        topics: &topics,
        fixed,
    };
    let mut summary = Summary {
        refused: reading.refused,
        outside: reading.outside,
        notes: reading.notes,
        ..Summary::default()
    };
    let bar = progress(u64::try_from(reading.items.len())?, "entries");
    for batch in reading.items.chunks(BATCH) {
        let stored = store_batch(batch, &of, db, context, &mut summary).await;
        stored.with_context(|| {
            let stays = summary.new + summary.updated + summary.unchanged;
            format!(
                "{stays} of {} entries were taken over and stay; import the file again for the rest",
                reading.items.len()
            )
        })?;
        bar.inc(u64::try_from(batch.len())?);
    }
    bar.finish_and_clear();
    Ok(summary)
}

/// What all entries of an import have in common.
struct Common<'a> {
    organisation: i64,
    origin: Origin,
    state: EntryState,
    topics: &'a [Topic],
    /// The topics every entry gets.
    fixed: TopicSet,
}

/// Stores some items in one transaction, and counts them once it is committed.
async fn store_batch(
    batch: &[Item],
    of: &Common<'_>,
    db: &Db,
    context: &Context,
    summary: &mut Summary,
) -> Result<(), StoreError> {
    let (mut new, mut updated, mut unchanged) = (0, 0, 0);
    let mut tx = db.begin().await?;
    for item in batch {
        let mut told = item.content.clone();
        told.topics = sources::assign_topics(&item.categories, of.topics, of.fixed);
        let incoming = Incoming {
            organisation: of.organisation,
            origin: of.origin,
            external_id: &item.external_id,
            content: &told,
            state: of.state,
            cancelled: item.cancelled,
        };
        match store::entry::upsert(&mut tx, incoming, context.clock.now()).await? {
            Upserted::New => new += 1,
            Upserted::Updated => updated += 1,
            Upserted::Unchanged => unchanged += 1,
        }
    }
    tx.commit().await?;
    summary.new += new;
    summary.updated += updated;
    summary.unchanged += unchanged;
    Ok(())
}

fn print(summary: &Summary, as_json: bool, context: &mut Context) -> anyhow::Result<()> {
    let Summary {
        new,
        updated,
        unchanged,
        refused,
        outside,
        notes,
    } = summary;
    if as_json {
        return context.out.json(&json!({
            "new": new, "updated": updated, "unchanged": unchanged, "refused": refused, "outside": outside, "notes": notes,
        }));
    }
    let out = &mut context.out;
    out.line(format_args!(
        "new {new}, updated {updated}, unchanged {unchanged}, refused {}",
        refused.len()
    ))?;
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
