//! `rundbrief entry proposals`.

use std::process::ExitCode;

use super::show::{paper_words, when_words};
use crate::app::proposals::{self, ProposalDetails};
use crate::cli::output::printable;
use crate::cli::{Context, Output};
use crate::domain::contact::Contact;
use crate::domain::proposal::Change;
use crate::domain::text;

/// `rundbrief entry proposals`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many at most
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists open proposals.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let found = proposals::list(&mut app.read().await?, args.limit).await?;
    if args.json {
        context.out.json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = found
        .iter()
        .map(|one| {
            [
                one.id.to_string(),
                one.entry.to_string(),
                one.received_at.to_string(),
                changes(one),
                one.title.chars().take(60).collect(),
            ]
        })
        .collect();
    context.out.table(
        ["PROPOSAL", "ENTRY", "RECEIVED", "CHANGES", "TITLE"],
        &rows,
        "no open proposals",
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes what the source of an entry says now, part by part where it says something else.
pub(super) fn print(proposal: &ProposalDetails, out: &mut Output) -> std::io::Result<()> {
    let ProposalDetails { id, content, .. } = proposal;
    out.line(format_args!(
        "\nproposal {id}, received {}: {}",
        proposal.received_at,
        changes(proposal)
    ))?;
    let none = || "none".to_owned();
    for change in &proposal.changes {
        let value = match change {
            // Said above; words follow by language.
            Change::Cancelled | Change::Reinstated | Change::Title | Change::Text => continue,
            Change::Time => content.when.as_ref().map_or_else(none, when_words),
            Change::Place => content.place.clone().unwrap_or_else(none),
            Change::Link => content.url.clone().unwrap_or_else(none),
            Change::Date => content.dated_at.map_or_else(none, |at| at.to_string()),
            Change::Contact => content.contact.as_ref().map_or_else(none, Contact::line),
            Change::Reference => content.reference.clone().unwrap_or_else(none),
            Change::Paper => paper_words(&content.paper).unwrap_or_else(none),
            Change::Details => serde_json::to_string(&content.details).unwrap_or_else(|_| none()),
            Change::Topics => content.topics.join(", "),
            Change::Kind => format!("{}, written in {}", content.kind, content.original),
        };
        out.line(format_args!("  {:<13} {}", change, printable(&value)))?;
    }
    let words = |change: &Change| matches!(change, Change::Title | Change::Text);
    if proposal.changes.iter().any(words) {
        for (language, text) in &content.texts {
            out.line(format_args!("  [{language}] {}", printable(&text.title)))?;
            for part in [text.teaser.clone(), text::html_to_plain(&text.body)] {
                if !part.is_empty() {
                    out.line(format_args!("  {}", printable(&part)))?;
                }
            }
        }
    }
    out.line(format_args!(
        "  `rundbrief entry accept {id}` takes it over, `rundbrief entry reject {id}` keeps the entry as it is"
    ))
}

/// What a proposal changes, in one cell.
fn changes(proposal: &ProposalDetails) -> String {
    let names: Vec<_> = proposal.changes.iter().map(|one| one.as_str()).collect();
    let urgent = if proposal.urgent { "urgent: " } else { "" };
    format!("{urgent}{}", names.join(", "))
}
