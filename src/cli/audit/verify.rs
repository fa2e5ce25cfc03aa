//! `rundbrief audit verify`.

use std::process::ExitCode;

use crate::app::audit::{self, Broken, Fault, Verified};
use crate::cli::Context;

/// `rundbrief audit verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A hash that an earlier `audit verify` printed and that was kept elsewhere: the log must still
    /// contain it
    #[arg(long, value_name = "HASH")]
    pub contains: Option<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Verifies the audit log. The exit code is 1 when it is not as it was written.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let verified = audit::verify(&mut db.read().await?, args.contains.as_deref()).await?;
    if args.json {
        context.out.json(&verified)?;
    } else {
        for line in words(&verified) {
            context.out.line(line)?;
        }
    }
    let sound = verified.broken.is_none() && verified.holds_expected != Some(false);
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn words(verified: &Verified) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(Broken { seq, fault }) = &verified.broken {
        words.push(match fault {
            Fault::Changed => format!("line {seq} is not as it was written: it, or the hash of the line before it, was changed in the database"),
            Fault::Missing => format!("line {seq} is missing: it was removed from the database"),
            Fault::Added => format!("line {seq} was not written by Rundbrief: it was added to the database"),
        });
        words.push(format!(
            "the {} lines before it are as they were written; compare the rest with a backup",
            verified.lines
        ));
    } else {
        words.push(format!(
            "{} lines, all as they were written",
            verified.lines
        ));
        if verified.removed_until > 0 {
            words.push(format!(
                "lines 1 to {} were removed at the end of their period of retention",
                verified.removed_until
            ));
        }
        if !verified.head.is_empty() {
            words.push(format!("hash of the last line: {} (keep it elsewhere, and give it to --contains next time)", verified.head));
        }
    }
    match verified.holds_expected {
        Some(true) => words.push("the log contains the given hash".to_owned()),
        Some(false) => words.push("the log does not contain the given hash: it was rewritten after the hash was printed, or that line has been removed at the end of its period of retention".to_owned()),
        None => {}
    }
    words
}
