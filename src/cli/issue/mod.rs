//! `rundbrief issue`: the numbered editions of a newsletter.

pub mod approve;
pub mod cancel;
pub mod check;
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

use clap::Subcommand;

use super::Context;

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
    /// Check an issue for what would harm readers, and try its links
    Check(check::Args),
    /// Approve an issue: it is sent at its date, as the preview shows it
    Approve(approve::Args),
    /// Approve an issue and send it now, as the preview shows it
    Send(send::Args),
    /// Show the progress of an issue: deliveries by state, pace, expected end
    Status(status::Args),
    /// List the deliveries of an issue: address, state, the relay's answer
    Deliveries(deliveries::Args),
    /// Pause the sending of an issue; mails already started are finished
    Pause(pause::Args),
    /// Resume the sending of a paused issue
    Resume(resume::Args),
    /// Send an issue again to recipients it did not reach
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
        Command::Check(args) => Box::pin(check::run(args, context)).await,
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

/// What is said of an issue whose largest mail has so many bytes of HTML.
fn long_note(bytes: usize) -> String {
    let kilobytes = bytes / 1000;
    format!(
        "note: its largest mail has {kilobytes} KB of HTML; above 100 KB mail programs cut it off"
    )
}
