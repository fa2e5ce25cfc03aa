//! `rundbrief issue retry`.

use std::process::ExitCode;

use clap::builder::TypedValueParser as _;

use crate::app::Actor;
use crate::app::issues::{self, Retried, Retry};
use crate::cli::Context;
use crate::cli::arguments::{IssueName, domain, one_of};
use crate::domain::delivery::FailureClass;
use crate::store::delivery_report::Again;

/// `rundbrief issue retry`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only deliveries that failed with these classes, separated by commas [default: all classes]
    #[arg(long, value_delimiter = ',', value_parser = one_of!(FailureClass))]
    pub class: Vec<FailureClass>,

    /// Only deliveries to addresses of this domain, e.g. example.org
    #[arg(long, value_parser = domain)]
    pub domain: Option<String>,

    /// What to send again: deliveries that failed, or those whose outcome is unknown
    #[arg(
        long,
        default_value = "failed",
        value_parser = clap::builder::PossibleValuesParser::new(["failed", "uncertain"]).map(|name| again(&name))
    )]
    pub state: Again,

    /// Send again; without this option deliveries are only counted
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
    let app = context.app().await?;
    let what = Retry {
        state: args.state,
        classes: args.class,
        domain: args.domain,
    };
    let retried = issues::retry(&app, &Actor::operator(), &args.issue, &what, args.yes).await?;
    if args.json {
        context.out.json(&retried)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Retried {
        issue: name,
        again: count,
        done,
        sending,
        state,
    } = retried;
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
    if sending {
        out.line(format_args!(
            "`rundbrief serve` sends them, or `rundbrief issue send {name}`"
        ))?;
    } else {
        out.line(format_args!(
            "it is {state}; `rundbrief issue resume {name}` resumes it"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
