//! `rundbrief entry list`.

use crate::app::entries::EntryDetails;
use crate::app::lookup;
use crate::domain::topic::TopicSet;
use crate::store;
use crate::store::entry::Entry;
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::domain::entry::{EntryKind, EntryState};

/// `rundbrief entry list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those in this state
    #[arg(long, value_parser = one_of!(EntryState))]
    pub state: Option<EntryState>,

    /// Only those of this kind
    #[arg(long, value_parser = one_of!(EntryKind))]
    pub kind: Option<EntryKind>,

    /// Only those with this topic
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub topic: Option<String>,

    /// The largest number of results
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists entries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let topics = store::topic::list(&mut conn).await?;
    let wanted = lookup::topics(&topics, args.topic.as_slice())?;
    let entries = matching(&mut conn, &args, wanted).await?;
    if args.json {
        let shown: Vec<_> = entries
            .iter()
            .map(|entry| EntryDetails::new(entry, &topics))
            .collect();
        context.out.json(&shown)?;
        return Ok(ExitCode::SUCCESS);
    }
    let zone = chrono_tz::Tz::UTC;
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            let when = entry.content.when.as_ref();
            let date = when
                .map(|when| when.starts_at.in_zone(when.zone))
                .or(entry.content.dated_at.map(|at| at.in_zone(zone)));
            [
                entry.id.to_string(),
                entry.content.kind.to_string(),
                entry.state.to_string(),
                date.map(|date| date.format("%Y-%m-%d").to_string())
                    .unwrap_or_default(),
                lookup::topic_keys(&topics, entry.content.topics).join(","),
                super::show::title(entry).chars().take(70).collect(),
            ]
        })
        .collect();
    context.out.table(
        ["ENTRY", "KIND", "STATE", "DATE", "TOPICS", "TITLE"],
        &rows,
        "no entries",
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The newest matching entries, read page by page: the database does not filter by topic.
async fn matching(
    conn: &mut store::Conn,
    args: &Args,
    wanted: TopicSet,
) -> anyhow::Result<Vec<Entry>> {
    const PAGE: i64 = 500;
    let limit = usize::try_from(args.limit)?;
    let mut found: Vec<Entry> = Vec::new();
    let mut before = i64::MAX;
    loop {
        let page = store::entry::list(conn, args.state, args.kind, before, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        before = last.id;
        let fits =
            |entry: &Entry| wanted.is_empty() || !entry.content.topics.and(wanted).is_empty();
        found.extend(page.into_iter().filter(fits));
        if found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}
