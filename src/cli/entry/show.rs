//! `rundbrief entry show`.

use std::process::ExitCode;

use super::proposals;
use crate::app::entries::{EntryDetails, EntryError};
use crate::app::lookup;
use crate::app::pictures::{self, PictureDetails};
use crate::app::proposals::{self as app_proposals, ProposalDetails};
use crate::cli::Context;
use crate::domain::contact::Contact;
use crate::domain::entry::{EventTime, PaperDetails};
use crate::domain::picture::PictureUse;
use crate::domain::text;
use crate::store;
use crate::store::entry::Entry;

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
    let entry = entry.ok_or(EntryError::Unknown { name: args.entry })?;
    let topics = store::topic::list(&mut conn).await?;
    let proposal = app_proposals::of_entry(&mut conn, &entry, &topics).await?;
    let picture = pictures::of_entry(&mut conn, entry.id, PictureUse::Lead).await?;
    let picture_url = store::picture::enclosure(&mut conn, entry.id).await?;
    if args.json {
        context.out.json(&Shown {
            entry: EntryDetails::new(&entry, &topics),
            picture,
            picture_url,
            proposal,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    let said = &entry.content;
    out.line(format_args!(
        "{} {} ({}, {})",
        said.kind, entry.id, entry.state, entry.uuid
    ))?;
    let when = said.when.as_ref().map(when_words);
    let rows = [
        ("organisation", Some(entry.organisation_name.clone())),
        ("origin", Some(entry.origin.to_string())),
        ("dated", said.dated_at.map(|at| at.to_string())),
        ("when", when),
        (
            "moved from",
            said.when
                .as_ref()
                .zip(entry.moved_from)
                .map(|(when, from)| when_words(&when.earlier(from))),
        ),
        ("place", said.place.clone()),
        ("contact", said.contact.as_ref().map(Contact::line)),
        ("reference", said.reference.clone()),
        ("paper", paper_words(&said.paper)),
        (
            "topics",
            Some(lookup::topic_keys(&topics, said.topics).join(", "))
                .filter(|keys| !keys.is_empty()),
        ),
        ("link", said.url.clone()),
        ("pinned", entry.pinned.then(|| "yes".to_owned())),
        ("picture", picture.as_ref().map(picture_words)),
        ("picture URL", picture_url),
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
        let body = text::html_to_plain(&text.body);
        for part in [
            text.teaser.clone(),
            body,
            text.decision.clone(),
            text.effects.clone(),
        ] {
            if !part.is_empty() {
                out.line(part)?;
            }
        }
    }
    if let Some(proposal) = &proposal {
        proposals::print(proposal, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An entry with the change that waits for a decision, as `--json` prints it.
#[derive(serde::Serialize)]
struct Shown {
    #[serde(flatten)]
    entry: EntryDetails,
    /// Its picture.
    picture: Option<PictureDetails>,
    /// The address of the picture that its source names.
    picture_url: Option<String>,
    proposal: Option<ProposalDetails>,
}

/// A picture on one line: what it says, who made it, how large it is.
fn picture_words(picture: &PictureDetails) -> String {
    let alt: Vec<_> = picture
        .alt
        .iter()
        .map(|(language, text)| format!("[{language}] {text}"))
        .collect();
    let said = if picture.decorative {
        "decorative".to_owned()
    } else {
        alt.join(" ")
    };
    let credit = picture.credit.as_deref().unwrap_or("no credit");
    let (width, height) = (picture.width, picture.height);
    format!("{said}; {credit}; {width} × {height}; {}", picture.hash)
}

/// When an event begins, on its own clock.
pub(super) fn when_words(when: &EventTime) -> String {
    let format = if when.all_day {
        "%A, %-d %B %Y"
    } else {
        "%A, %-d %B %Y, %H:%M %Z"
    };
    when.starts_at.in_zone(when.zone).format(format).to_string()
}

/// The committee of a paper and its documents.
pub(super) fn paper_words(paper: &PaperDetails) -> Option<String> {
    let documents = paper.attachments.iter();
    let documents = documents.map(|one| format!("{} <{}>", one.title, one.url));
    let words: Vec<_> = paper
        .committee
        .clone()
        .into_iter()
        .chain(documents)
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The title in the language the entry was written in.
pub fn title(entry: &Entry) -> &str {
    let texts = &entry.content.texts;
    let text = texts
        .get(&entry.content.original)
        .or_else(|| texts.values().next());
    text.map_or("", |text| text.title.as_str())
}
