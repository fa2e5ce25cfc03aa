//! `rundbrief demo --once DIR`: one issue without a visitor.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::content::ZONE;
use super::first_issue::play;
use super::installation::Installation;
use super::newsroom::Rhythm;
use crate::cli::Output;
use crate::clock::Clock;
use crate::domain::schedule::Schedule;

/// Every Thursday morning; the other newsletter is never due.
const WEEKLY: Rhythm = Rhythm {
    region: "0 7 * * 4",
    calendar: "0 9 * * 1",
    compose_lead: Duration::ZERO,
};

/// The summary.
#[derive(Debug, Serialize)]
struct Summary {
    /// Readers who signed up.
    subscribers: usize,
    /// Entries in the issue.
    entries: usize,
    /// Variants: language × chosen topics with content in the issue.
    variants: usize,
    /// Mails in the folder.
    sent: usize,
    /// Readers without content.
    skipped: i64,
    /// The folder.
    dir: String,
}

/// Sends one issue, and writes its mails into `folder`.
pub(super) async fn run(folder: &Path, json: bool, out: &mut Output) -> anyhow::Result<ExitCode> {
    make_empty(folder)?;
    // Nobody connects to it; it appears in links.
    let installation =
        Installation::build(SocketAddr::from((Ipv4Addr::LOCALHOST, super::visit::PORT))).await?;
    let now = Clock::system().now();
    let weekly = Schedule::parse(WEEKLY.region, ZONE.name())?;
    let slot = weekly
        .slots_between(now.minus(Duration::from_hours(8 * 24)), now)
        .last()
        .context("the week has no Thursday")?;
    let confirmations = folder.join("confirmations");
    let played = Box::pin(play(&installation, WEEKLY, slot.at, &confirmations, folder)).await?;
    let [issue] = played.issues.as_slice() else {
        bail!("{} issues were sent instead of one", played.issues.len());
    };
    let summary = Summary {
        subscribers: installation.content.installation.subscribers.len(),
        entries: issue.entries,
        variants: issue.variants,
        sent: issue.sent,
        skipped: issue.skipped,
        dir: folder.display().to_string(),
    };
    if json {
        out.json(&summary)?;
    } else {
        summary.write(out)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Summary {
    fn write(&self, out: &mut Output) -> std::io::Result<()> {
        let Self {
            subscribers,
            entries,
            variants,
            sent,
            skipped,
            dir,
        } = self;
        out.line(format_args!("{subscribers} readers signed up"))?;
        out.line(format_args!(
            "{entries} entries in one issue, written in {variants} variants (language × topics)"
        ))?;
        out.line(format_args!("{sent} mails sent, one for each reader who finds something in it; {skipped} skipped, who would have found nothing"))?;
        out.line(format_args!(
            "The mails are in {dir}, those that asked to confirm in {dir}/confirmations."
        ))
    }
}

/// Creates the folder, or uses an empty one.
fn make_empty(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be created", folder.display()))?;
    if std::fs::read_dir(folder)?.next().is_some() {
        bail!(
            "{} is not empty; name a new folder, so that the mails in it are those of this run",
            folder.display()
        );
    }
    Ok(())
}
