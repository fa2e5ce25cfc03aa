//! `rundbrief issue check`.

use std::process::ExitCode;

use anyhow::bail;
use templates::Locale;

use crate::app::Actor;
use crate::app::issues::checks::{self, CheckDetails, Checked};
use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::output::printable;
use crate::domain::check::Severity;

/// `rundbrief issue check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Accept the finding of this key as it is; needs --reason
    #[arg(long, value_name = "KEY", requires = "reason")]
    pub accept: Option<String>,

    /// Do not accept the finding of this key any more
    #[arg(long, value_name = "KEY", conflicts_with = "accept")]
    pub unaccept: Option<String>,

    /// Why the finding is accepted; kept with the issue
    #[arg(long, requires = "accept")]
    pub reason: Option<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Checks an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let actor = Actor::operator();
    if let (Some(key), Some(reason)) = (&args.accept, &args.reason) {
        checks::accept(&app, &actor, &args.issue, key, reason).await?;
    }
    if let Some(key) = &args.unaccept {
        checks::unaccept(&app, &actor, &args.issue, key).await?;
    }
    let Some(checked) = checks::check(&app, &actor, &args.issue).await? else {
        bail!("{} was approved before issues were checked", args.issue);
    };
    let details = CheckDetails::new(args.issue, &checked);
    if args.json {
        context.out.json(&details)?;
    } else {
        print(context, &details, &checked)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(context: &mut Context, details: &CheckDetails, checked: &Checked) -> anyhow::Result<()> {
    let out = &mut context.out;
    for finding in &checked.result.findings {
        let mark = match finding.severity {
            Severity::Blocks => "BLOCKS",
            Severity::Warns => "warns ",
            Severity::Hint => "hint  ",
            Severity::Fine => "fine  ",
        };
        let words = checks::words(finding, Locale::En);
        let key = finding.key();
        let shown = if finding.may_be_accepted() { &key } else { "" };
        let line = format!("{mark}  {}  {shown}", printable(&words.title));
        out.line(line.trim_end())?;
        if let Some(detail) = words.detail {
            out.line(format_args!("        {}", printable(&detail)))?;
        }
        if let Some(accepted) = checked.accepted.get(&key) {
            let reason = printable(&accepted.reason);
            out.line(format_args!(
                "        accepted by {}: {reason}",
                accepted.actor_name
            ))?;
        }
    }
    let (issue, blocking) = (&details.issue, checked.blocking().count());
    out.line(match blocking {
        0 => format!("\n{issue} can be approved"),
        _ => format!("\n{issue} cannot be approved: {blocking} of these block it"),
    })?;
    Ok(())
}
