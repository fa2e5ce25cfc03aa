//! `rundbrief issue approve`.

use std::process::ExitCode;

use chrono::NaiveDateTime;

use crate::app::Actor;
use crate::app::issues::{self, ApprovalTerms, Approved, IssueDetails};
use crate::cli::Context;
use crate::cli::arguments::{IssueName, line, wall_clock};
use crate::domain::address::Address;

/// `rundbrief issue approve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// When it goes out, by the wall clock of its newsletter, e.g. "2027-01-07 07:00"; else at its date
    #[arg(long, value_name = "DATE TIME", value_parser = wall_clock)]
    pub at: Option<NaiveDateTime>,

    /// Approve it although its newsletter wants a second person of the newsroom to do so; the reason
    /// stands in its history
    #[arg(long, value_name = "REASON", value_parser = line)]
    pub despite_four_eyes: Option<String>,

    /// The approver of the newsroom for whom you approve it; the issue's history names them
    #[arg(long, value_name = "ADDRESS")]
    pub on_behalf_of: Option<Address>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Approves an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let terms = ApprovalTerms {
        send_at: args.at,
        despite_four_eyes: args.despite_four_eyes,
        on_behalf_of: args.on_behalf_of,
        ..ApprovalTerms::default()
    };
    let Approved {
        newsletter,
        issue,
        long,
    } = issues::approve(&app, &Actor::operator(), &args.issue, &terms).await?;
    if args.json {
        context.out.json(&IssueDetails::new(args.issue, &issue))?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(format_args!("{} is approved", args.issue))?;
    if let Some(bytes) = long {
        out.line(super::long_note(bytes))?;
    }
    match issue.send_at {
        Some(at) => {
            let local = at.in_zone(newsletter.settings.zone);
            let local = local.format("%A, %-d %B %Y, %H:%M %Z");
            out.line(format_args!("`rundbrief serve` sends it on {local}"))?;
        }
        None => out.line(format_args!(
            "it has no date: send it with `rundbrief issue send {}`",
            args.issue
        ))?,
    }
    Ok(ExitCode::SUCCESS)
}
