//! `rundbrief entry show`.

use crate::cli::find;
use crate::domain::text;
use crate::domain::topic::Topic;
use crate::store;
use crate::store::entry::Entry;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::process::ExitCode;

use crate::cli::Context;

/// `rundbrief entry show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its id, as `entry list` prints it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one entry.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let entry = store::entry::by_name(&mut conn, &args.entry).await?;
    let entry = entry.with_context(|| unknown(&args.entry))?;
    let topics = store::topic::list(&mut conn).await?;
    if args.json {
        context.out.json(&described(&entry, &topics))?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    let said = &entry.content;
    out.line(format_args!(
        "{} {} ({}, {})",
        said.kind, entry.id, entry.state, entry.uuid
    ))?;
    let when = said.when.as_ref().map(|when| {
        let format = if when.all_day {
            "%A, %-d %B %Y"
        } else {
            "%A, %-d %B %Y, %H:%M %Z"
        };
        when.starts_at.in_zone(when.zone).format(format).to_string()
    });
    let rows = [
        ("organisation", Some(entry.organisation_name.clone())),
        ("origin", Some(entry.origin.to_string())),
        ("dated", said.dated_at.map(|at| at.to_string())),
        ("when", when),
        ("place", said.place.clone()),
        ("contact", said.contact.clone()),
        ("reference", said.reference.clone()),
        (
            "topics",
            Some(find::topic_keys(&topics, said.topics).join(", ")).filter(|keys| !keys.is_empty()),
        ),
        ("link", said.url.clone()),
        ("published", entry.published_at.map(|at| at.to_string())),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            out.line(format_args!(
                "  {name:<13} {}",
                crate::cli::output::printable(&value)
            ))?;
        }
    }
    for (language, text) in &said.texts {
        out.line(format_args!("\n[{language}] {}", text.title))?;
        for part in [text.teaser.clone(), text::html_to_plain(&text.body)] {
            if !part.is_empty() {
                out.line(part)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The title in the language the entry was written in.
pub fn title(entry: &Entry) -> &str {
    let texts = &entry.content.texts;
    let text = texts
        .get(&entry.content.original)
        .or_else(|| texts.values().next());
    text.map_or("", |text| text.title.as_str())
}

/// What to say of a name that no entry has.
pub fn unknown(name: &str) -> String {
    format!("there is no entry “{name}”; `rundbrief entry list` shows those that exist")
}

/// An entry as machines read it.
pub fn described(entry: &Entry, topics: &[Topic]) -> Value {
    let content = &entry.content;
    json!({
        "id": entry.id,
        "uuid": entry.uuid,
        "kind": content.kind,
        "state": entry.state,
        "origin": entry.origin,
        "organisation": entry.organisation_name,
        "original": content.original,
        "texts": content.texts,
        "url": content.url,
        "dated_at": content.dated_at,
        "when": content.when,
        "place": content.place,
        "contact": content.contact,
        "reference": content.reference,
        "topics": find::topic_keys(topics, content.topics),
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
        "published_at": entry.published_at,
    })
}
