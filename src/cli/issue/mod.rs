//! `rundbrief issue`: the numbered editions of a newsletter.

pub mod approve;
pub mod cancel;
pub mod compose;
pub mod deliveries;
pub mod list;
pub mod pause;
pub mod preview;
pub mod resume;
pub mod retry;
pub mod send;
pub mod show;
pub mod status;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use clap::Subcommand;

use super::Context;
use super::arguments::IssueName;
use super::find;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::store::{self, Db};

/// `rundbrief issue`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compose an issue from what was published since the last one
    Compose(compose::Args),
    /// List issues, the latest first
    List(list::Args),
    /// Show an issue: its sections and entries, its audience, its history
    Show(show::Args),
    /// Write the variants of an issue into a directory: HTML, text and source
    Preview(preview::Args),
    /// Approve an issue: what the preview shows goes out at its time
    Approve(approve::Args),
    /// Release an issue and send it now; what the preview shows is what goes out
    Send(send::Args),
    /// Say how far the sending of an issue is: how many in which state, how fast, until when
    Status(status::Args),
    /// List the deliveries of an issue: to whom, in which state, what the relay said
    Deliveries(deliveries::Args),
    /// Pause the sending of an issue; mails on the wire are finished
    Pause(pause::Args),
    /// Go on with the sending of a paused issue
    Resume(resume::Args),
    /// Send an issue again to those whom it did not reach
    Retry(retry::Args),
    /// Cancel an issue for good; what was sent stays sent
    Cancel(cancel::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Compose(args) => compose::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::Preview(args) => preview::run(args, context).await,
        Command::Approve(args) => approve::run(args, context).await,
        Command::Send(args) => Box::pin(send::run(args, context)).await,
        Command::Status(args) => status::run(args, context).await,
        Command::Deliveries(args) => deliveries::run(args, context).await,
        Command::Retry(args) => retry::run(args, context).await,
        Command::Pause(args) => pause::run(args, context).await,
        Command::Resume(args) => resume::run(args, context).await,
        Command::Cancel(args) => cancel::run(args, context).await,
    }
}

/// What another process was just claiming was passed over, and waits again now. (Nothing of it is
/// started any more, and workers would end it at their next look.)
async fn cancel_rest(db: &Db, issue: i64, context: &Context) -> anyhow::Result<()> {
    const ROUNDS: u32 = 20;
    for _ in 0..ROUNDS {
        let mut tx = db.begin().await?;
        let ended = store::delivery::cancel_waiting(&mut tx, issue, context.clock.now()).await?;
        tx.commit().await?;
        let counts = store::delivery_report::counts(&mut db.read().await?, issue).await?;
        let waiting = counts.of(DeliveryState::Queued) + counts.of(DeliveryState::Leased);
        if ended == 0 && waiting == 0 {
            break;
        }
        context.clock.sleep(Duration::from_millis(25)).await;
    }
    Ok(())
}

/// Moves an issue to another state. What was not started waits or, if cancelled, is ended; mails on
/// the wire are finished by whoever sends them.
async fn move_to(
    name: &IssueName,
    to: IssueState,
    json: bool,
    context: &mut Context,
) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut tx = db.begin().await?;
    let (_, issue) = find::issue(&mut tx, name).await?;
    let now = context.clock.now();
    if issue.state != to {
        // An issue that was held before it went out is sent by `issue send`, not resumed.
        let resumable = to != IssueState::Sending || issue.frozen_at.is_some();
        let wanted = resumable && issue.state.may_become(to);
        if !wanted
            || !store::issue::set_state(&mut tx, issue.id, issue.state, to, None, now).await?
        {
            bail!("{name} is {} and cannot become {to}", issue.state);
        }
        if to == IssueState::Cancelled {
            store::delivery::cancel_waiting(&mut tx, issue.id, now).await?;
        }
    }
    let (_, issue) = find::issue(&mut tx, name).await?;
    tx.commit().await?;
    if to == IssueState::Cancelled {
        cancel_rest(&db, issue.id, context).await?;
    }
    status::report(&mut db.read().await?, name, &issue, json, context).await?;
    Ok(ExitCode::SUCCESS)
}
