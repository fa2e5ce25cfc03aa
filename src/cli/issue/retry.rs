//! `rundbrief issue retry`.

use std::process::ExitCode;

use anyhow::bail;
use clap::builder::TypedValueParser as _;
use serde_json::json;

use crate::cli::arguments::{IssueName, one_of};
use crate::cli::{Context, find};
use crate::domain::delivery::FailureClass;
use crate::domain::issue::IssueState;
use crate::store::delivery_report::{self, Again};
use crate::store::{self};

/// `rundbrief issue retry`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only those that failed for these reasons, separated by commas; without it for any
    #[arg(long, value_delimiter = ',', value_parser = one_of!(FailureClass))]
    pub class: Vec<FailureClass>,

    /// What to send again: what failed, or that of which nobody knows whether it arrived
    #[arg(
        long,
        default_value = "failed",
        value_parser = clap::builder::PossibleValuesParser::new(["failed", "uncertain"]).map(|name| again(&name))
    )]
    pub state: Again,

    /// Do it; without this it is only counted
    #[arg(long)]
    pub yes: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

fn again(name: &str) -> Again {
    match name {
        "uncertain" => Again::Uncertain,
        _ => Again::Failed,
    }
}

/// Sends an issue again to some of those who did not get it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut tx = db.begin().await?;
    let (_, issue) = find::issue(&mut tx, &args.issue).await?;
    let name = &args.issue;
    match issue.state {
        _ if issue.frozen_at.is_none() => bail!("{name} has not been sent yet"),
        IssueState::Cancelled => bail!("{name} is cancelled and stays so"),
        _ => {}
    }
    let now = context.clock.now();
    let count = delivery_report::retry(&mut tx, issue.id, args.state, &args.class, now).await?;
    let done = args.yes && count > 0;
    let goes = if done {
        let goes = store::issue::send_again(&mut tx, issue.id, now).await?;
        tx.commit().await?;
        goes
    } else {
        drop(tx); // as if nothing had been asked
        false
    };
    if args.json {
        let all =
            json!({ "issue": name.to_string(), "again": count, "done": done, "sending": goes });
        context.out.json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    let mails = if count == 1 { "mail" } else { "mails" };
    if !done {
        let hint = match (count, args.state) {
            (0, _) => "there is nothing to send again",
            (_, Again::Failed) => "--yes does it",
            (_, Again::Uncertain) => {
                "some readers may get it twice, with the same Message-ID; --yes does it"
            }
        };
        out.line(format_args!(
            "{name}: {count} {mails} would be sent again; {hint}"
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(format_args!(
        "{name}: {count} {mails} wait to be sent again"
    ))?;
    if goes {
        out.line(format_args!(
            "`rundbrief serve` sends them, or `rundbrief issue send {name}`"
        ))?;
    } else {
        out.line(format_args!(
            "it is {}; `rundbrief issue resume {name}` goes on with it",
            issue.state
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
