//! `rundbrief issue send`.

use crate::cli::find;
use crate::cli::output;
use crate::delivery::Drained;
use crate::digest::release;
use crate::domain::issue::IssueState;
use crate::jobs::send_due::{self, Sent};
use crate::shutdown::Shutdown;
use crate::store::issue::Issue;
use crate::store::{self, Tx};
use anyhow::{Context as _, bail};
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;

/// `rundbrief issue send`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only release it and leave the sending to the workers of `serve`
    #[arg(long)]
    pub queue: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Releases an issue and sends it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    // Whether it can be sent at all is found out before anything is released.
    let engine = context.engine(&db).await?;
    let mut tx = db.begin().await?;
    let (_, issue) = find::issue(&mut tx, &args.issue).await?;
    let warning = let_go(&mut tx, &issue, &args, context).await?;
    tx.commit().await?;
    if let Some(warning) = warning.filter(|_| !args.json) {
        context.out.line(warning)?;
    }
    let ended = if args.queue {
        None
    } else {
        Some(Box::pin(drain(&engine, issue.id)).await?)
    };
    let mut conn = db.read().await?;
    let (_, issue) = find::issue(&mut conn, &args.issue).await?;
    super::status::report(&mut conn, &args.issue, &issue, args.json, context).await?;
    if let Some(Drained::RelayDown(trouble)) = ended {
        bail!(
            "{trouble} nothing is lost: try the relay with `rundbrief mail test ADDRESS`, then call this once more; a running `rundbrief serve` goes on by itself"
        );
    }
    if issue.state == IssueState::Sending && !args.queue && !args.json {
        let line = "some mails wait to be tried again: `rundbrief serve` does it at their time, or call this once more";
        context.out.line(line)?;
    }
    Ok(if issue.state == IssueState::Held {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Releases and freezes the issue if that has not been done. Returns a warning if its mails are long.
async fn let_go(
    tx: &mut Tx,
    issue: &Issue,
    args: &Args,
    context: &Context,
) -> anyhow::Result<Option<String>> {
    let (now, mail_context) = (context.clock.now(), context.mail_context());
    let mut warning = None;
    match issue.state {
        IssueState::Sending => return Ok(None),
        IssueState::Held if issue.frozen_at.is_some() => {
            store::issue::set_state(
                tx,
                issue.id,
                IssueState::Held,
                IssueState::Sending,
                None,
                now,
            )
            .await?;
            return Ok(None);
        }
        IssueState::Paused => bail!(
            "{0} is paused; `rundbrief issue resume {0}` goes on with it",
            args.issue
        ),
        IssueState::Sent | IssueState::Cancelled => {
            bail!("{} is {} and stays so", args.issue, issue.state)
        }
        IssueState::Approved => {}
        IssueState::Draft | IssueState::InReview | IssueState::Held => {
            let released = release::release(tx, &mail_context, issue, now).await?;
            warning = released.long.map(|bytes| {
                format!("note: its largest mail has {} KB of HTML; above 100 KB mail programs cut it off", bytes / 1000)
            });
        }
    }
    match send_due::send(tx, &mail_context, issue, now).await? {
        Sent::Frozen { .. } => Ok(warning),
        Sent::Held { reason, .. } => bail!("{} cannot be sent: {reason}", args.issue),
        Sent::NotApproved { .. } => bail!(
            "{} was changed by somebody else meanwhile; look at it again",
            args.issue
        ),
    }
}

/// Sends until the issue is finished, nothing is due soon, or one is asked to stop.
async fn drain(engine: &crate::delivery::Engine, issue: i64) -> anyhow::Result<Drained> {
    let bar = output::progress(0, "mails");
    let (shutdown, second) = Shutdown::on_signals().context("signals cannot be listened to")?;
    let sending = engine.drain(issue, &shutdown, |counts| {
        super::status::set(&bar, counts);
    });
    let drained = tokio::select! {
        drained = sending => drained?,
        () = second => bail!("left at once; what was on the wire is found as uncertain at the next start"),
    };
    bar.finish_and_clear();
    Ok(drained)
}
