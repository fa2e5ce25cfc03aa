//! `rundbrief issue status`.

use crate::cli::find;
use crate::cli::output::progress;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::store::issue::Issue;
use crate::store::{self, Conn};
use serde_json::json;
use std::process::ExitCode;
use std::time::Duration;

use crate::cli::Context;
use crate::cli::arguments::IssueName;

/// `rundbrief issue status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Keep watching until it is sent
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Says how far an issue is.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let (_, mut issue) = find::issue(&mut db.read().await?, &args.issue).await?;
    let mut counts = store::delivery::count_by_state(&mut db.read().await?, issue.id).await?;
    if args.watch && issue.state == IssueState::Sending {
        let bar = progress(total(&counts), "mails");
        while issue.state == IssueState::Sending {
            bar.set_position(finished(&counts));
            let next = context.clock.now().plus(Duration::from_millis(500));
            context.clock.sleep_until(next).await;
            (issue, counts) = look(&mut db.read().await?, issue).await?;
        }
        bar.finish_and_clear();
    }
    report(&args.issue.to_string(), &issue, &counts, args.json, context)?;
    Ok(ExitCode::SUCCESS)
}

async fn look(
    conn: &mut Conn,
    before: Issue,
) -> anyhow::Result<(Issue, Vec<(DeliveryState, i64)>)> {
    let issue = store::issue::by_id(conn, before.id)
        .await?
        .unwrap_or(before);
    let counts = store::delivery::count_by_state(conn, issue.id).await?;
    Ok((issue, counts))
}

/// How many recipients there are.
pub fn total(counts: &[(DeliveryState, i64)]) -> u64 {
    counts
        .iter()
        .map(|(_, count)| u64::try_from(*count).unwrap_or(0))
        .sum()
}

/// How many of them have reached a final state.
pub fn finished(counts: &[(DeliveryState, i64)]) -> u64 {
    let under_way = [
        DeliveryState::Queued,
        DeliveryState::Leased,
        DeliveryState::Started,
    ];
    let done: Vec<_> = counts
        .iter()
        .filter(|(state, _)| !under_way.contains(state))
        .copied()
        .collect();
    total(&done)
}

/// Prints the figures of an issue.
pub fn report(
    name: &str,
    issue: &Issue,
    counts: &[(DeliveryState, i64)],
    as_json: bool,
    context: &mut Context,
) -> anyhow::Result<()> {
    if as_json {
        let deliveries: serde_json::Map<_, _> = DeliveryState::ALL
            .iter()
            .map(|state| {
                let count = counts
                    .iter()
                    .find(|(one, _)| one == state)
                    .map_or(0, |(_, count)| *count);
                (state.to_string(), json!(count))
            })
            .collect();
        let mut all = super::show::described(name, issue);
        all["recipients"] = json!(total(counts));
        all["deliveries"] = json!(deliveries);
        return context.out.json(&all);
    }
    let out = &mut context.out;
    out.line(format_args!(
        "{name}: {}{}",
        issue.state,
        issue
            .reason
            .as_deref()
            .map(|why| format!(", because {why}"))
            .unwrap_or_default()
    ))?;
    for (state, count) in counts {
        out.line(format_args!("  {state:<10} {count}"))?;
    }
    if issue.frozen_at.is_some() {
        out.line(format_args!(
            "  {} recipients, {} would have found nothing",
            total(counts),
            issue.skipped
        ))?;
    }
    Ok(())
}
