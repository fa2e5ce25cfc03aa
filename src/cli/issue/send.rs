//! `rundbrief issue send`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::app::Actor;
use crate::app::issues::{self, ApprovalTerms};
use crate::app::lookup;
use crate::cli::arguments::{IssueName, line};
use crate::cli::{Context, output};
use crate::delivery::Drained;
use crate::domain::address::Address;
use crate::domain::issue::IssueState;
use crate::shutdown::Shutdown;

/// `rundbrief issue send`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only queue it, and leave the sending to the workers of `serve`
    #[arg(long)]
    pub queue: bool,

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

/// Approves an issue and sends it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let terms = ApprovalTerms {
        despite_four_eyes: args.despite_four_eyes,
        on_behalf_of: args.on_behalf_of,
        ..ApprovalTerms::default()
    };
    // Whether it can be sent at all is found out before anything is approved.
    let engine = context.engine(&app.db).await?;
    let started = issues::send(&app, &Actor::operator(), &args.issue, &terms).await?;
    if let Some(bytes) = started.long.filter(|_| !args.json) {
        context.out.line(super::long_note(bytes))?;
    }
    let ended = if args.queue {
        None
    } else {
        Some(Box::pin(drain(&engine, started.issue)).await?)
    };
    let mut conn = app.read().await?;
    let (_, issue) = lookup::issue(&mut conn, &args.issue).await?;
    super::status::report(&mut conn, &args.issue, &issue, args.json, context).await?;
    if let Some(Drained::RelayDown(error)) = ended {
        bail!(
            "{error} nothing is lost: test the relay with `rundbrief mail test ADDRESS`, then run this command again; a running `rundbrief serve` retries by itself"
        );
    }
    if issue.state == IssueState::Sending && !args.queue && !args.json {
        let line = "some mails wait for their next attempt: `rundbrief serve` makes it, or run this command again";
        context.out.line(line)?;
    }
    Ok(if issue.state == IssueState::Held {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Sends until the issue is finished, nothing is due soon, or the process is asked to stop.
async fn drain(engine: &crate::delivery::Engine, issue: i64) -> anyhow::Result<Drained> {
    let bar = output::progress(0, "mails");
    let (shutdown, second) = Shutdown::on_signals().context("signals cannot be listened to")?;
    let sending = engine.drain(issue, &shutdown, |counts| {
        super::status::set(&bar, counts);
    });
    let drained = tokio::select! {
        drained = sending => drained?,
        () = second => bail!("stopped at once; mails that were being sent are uncertain after the next start"),
    };
    bar.finish_and_clear();
    Ok(drained)
}
