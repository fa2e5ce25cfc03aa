//! `rundbrief issue status`.

use crate::cli::find;
use crate::cli::output::progress;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
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
    report(
        &mut db.read().await?,
        &args.issue,
        &issue,
        args.json,
        context,
    )
    .await?;
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

/// Prints the figures of an issue, and of whom nobody knows whether the mail arrived.
pub async fn report(
    conn: &mut Conn,
    name: &IssueName,
    issue: &Issue,
    as_json: bool,
    context: &mut Context,
) -> anyhow::Result<()> {
    let counts = store::delivery::count_by_state(conn, issue.id).await?;
    let uncertain = uncertain(conn, issue).await?;
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
        let uncertain: Vec<_> = uncertain
            .iter()
            .map(|(address, since)| json!({ "address": address, "started_at": since }))
            .collect();
        let mut all = super::show::described(&name.to_string(), issue);
        all["recipients"] = json!(total(&counts));
        all["deliveries"] = json!(deliveries);
        all["uncertain"] = json!(uncertain);
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
    for (state, count) in &counts {
        out.line(format_args!("  {state:<10} {count}"))?;
    }
    if issue.frozen_at.is_some() {
        out.line(format_args!(
            "  {} recipients, {} would have found nothing",
            total(&counts),
            issue.skipped
        ))?;
    }
    if !uncertain.is_empty() {
        out.line("  uncertain whether it arrived; the relay's log knows:")?;
    }
    for (address, since) in uncertain {
        let since = since.map(|at| at.to_string()).unwrap_or_default();
        out.line(format_args!("    {address} {since}"))?;
    }
    Ok(())
}

/// The addresses of whom nobody knows whether the mail arrived, and when it was begun: the first
/// thousand, for more are not looked up one by one.
async fn uncertain(
    conn: &mut Conn,
    issue: &Issue,
) -> anyhow::Result<Vec<(String, Option<Timestamp>)>> {
    const MOST: i64 = 1000;
    let state = Some(DeliveryState::Uncertain);
    let mut list = Vec::new();
    for one in store::delivery::of_issue(conn, issue.id, state, 0, MOST).await? {
        let subscriber = store::subscriber::by_id(conn, one.key.subscriber).await?;
        let address = subscriber.and_then(|subscriber| subscriber.address);
        let written = address.map_or_else(|| "(erased)".to_owned(), |one| one.ascii().to_owned());
        list.push((written, one.started_at));
    }
    Ok(list)
}
