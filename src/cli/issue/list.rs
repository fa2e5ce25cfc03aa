//! `rundbrief issue list`.

use std::process::ExitCode;

use crate::app::issues::{self, IssueDetails};
use crate::app::lookup;
use crate::cli::Context;
use crate::cli::arguments::{IssueName, key, one_of};
use crate::domain::issue::IssueState;
use crate::store;

/// `rundbrief issue list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this newsletter
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub newsletter: Option<String>,

    /// Only those in this state
    #[arg(long, value_parser = one_of!(IssueState))]
    pub state: Option<IssueState>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists issues.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    const LATEST: i64 = 1000;
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let newsletter = match &args.newsletter {
        Some(key) => Some(lookup::newsletter(&mut conn, key).await?.id),
        None => None,
    };
    let newsletters = store::newsletter::list(&mut conn).await?;
    let mut issues = store::issue::list(&mut conn, newsletter, LATEST).await?;
    issues.retain(|issue| args.state.is_none_or(|state| issue.state == state));
    let name = |issue: &store::issue::Issue| {
        let newsletter = newsletters.iter().find(|one| one.id == issue.newsletter);
        IssueName {
            newsletter: newsletter.map_or_else(String::new, |one| one.settings.key.clone()),
            number: issue.number,
        }
    };
    if args.json {
        let all: Vec<_> = issues
            .iter()
            .map(|issue| IssueDetails::new(name(issue), issue))
            .collect();
        context.out.json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = issues
        .iter()
        .map(|issue| {
            let due = issue.send_at.map(|at| at.to_string()).unwrap_or_default();
            let reason = issues::reason_text(issue).unwrap_or_default();
            [
                name(issue).to_string(),
                issue.state.to_string(),
                issue.composed_at.to_string(),
                due,
                reason,
            ]
        })
        .collect();
    context.out.table(
        ["ISSUE", "STATE", "COMPOSED", "DUE", "REASON"],
        &rows,
        "no issues",
    )?;
    Ok(ExitCode::SUCCESS)
}
