//! `rundbrief issue show`.

use std::process::ExitCode;

use crate::app::issues::{self, IssueDetails, IssueWithContent};
use crate::app::lookup;
use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::output::printable;
use crate::digest::audience;
use crate::store;

/// `rundbrief issue show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let (_, issue) = lookup::issue(&mut conn, &args.issue).await?;
    let now = context.clock.now();
    let texts = store::issue::texts(&mut conn, issue.id).await?;
    let release = issues::content(&mut conn, &issue, now).await?;
    let audience = audience::audience(&mut conn, &issue, now).await?;
    if args.json {
        context.out.json(&IssueWithContent {
            details: IssueDetails::new(args.issue, &issue),
            texts,
            sections: release.sections,
            audience,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(format_args!(
        "{} ({}, {})",
        args.issue, issue.state, issue.uuid
    ))?;
    if let Some(reason) = issues::reason_text(&issue) {
        out.line(format_args!("  {}: {}", issue.state, printable(&reason)))?;
    }
    for (language, text) in &texts {
        out.line(format_args!("  {language}: {}", printable(&text.subject)))?;
    }
    let times = [
        ("slot", issue.slot.clone()),
        ("due", issue.send_at.map(|at| at.to_string())),
        ("composed", Some(issue.composed_at.to_string())),
        ("released", issue.released_at.map(|at| at.to_string())),
        ("frozen", issue.frozen_at.map(|at| at.to_string())),
        ("finished", issue.finished_at.map(|at| at.to_string())),
    ];
    for (name, time) in times {
        if let Some(time) = time {
            out.line(format_args!("  {name:<9} {time}"))?;
        }
    }
    for section in &release.sections {
        out.line(format_args!(
            "\n{:?} ({})",
            section.kind,
            section.items.len()
        ))?;
        for item in &section.items {
            let text = item
                .texts
                .get(&item.original)
                .or_else(|| item.texts.values().next());
            out.line(format_args!(
                "  {}",
                printable(text.map_or("", |text| text.title.as_str()))
            ))?;
        }
    }
    let readers: i64 = audience
        .variants
        .iter()
        .map(|variant| variant.readers)
        .sum();
    let (variants, nothing) = (audience.variants.len(), audience.nothing);
    out.line(format_args!(
        "\n{readers} readers in {variants} variants; {nothing} would find nothing and get no mail"
    ))?;
    Ok(ExitCode::SUCCESS)
}
