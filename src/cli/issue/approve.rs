//! `rundbrief issue approve`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::find;
use crate::digest::release;

/// `rundbrief issue approve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Releases an issue for its time.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut tx = db.begin().await?;
    let (newsletter, issue) = find::issue(&mut tx, &args.issue).await?;
    let now = context.clock.now();
    let released = release::release(&mut tx, &context.mail_context(), &issue, now).await?;
    let (_, issue) = find::issue(&mut tx, &args.issue).await?;
    tx.commit().await?;
    if args.json {
        let described = super::show::described(&args.issue.to_string(), &issue);
        context.out.json(&described)?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(format_args!("{} is approved", args.issue))?;
    if let Some(bytes) = released.long {
        let kilobytes = bytes / 1000;
        out.line(format_args!(
            "note: its largest mail has {kilobytes} KB of HTML; above 100 KB mail programs cut it off"
        ))?;
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
