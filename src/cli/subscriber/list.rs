//! `rundbrief subscriber list`.

use std::process::ExitCode;

use crate::app::lookup;
use crate::app::subscribers::SubscriberLine;
use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::domain::subscriber::{SubscriberState, SubscriptionState};
use crate::store;
use crate::store::subscriber::Subscriber;

/// `rundbrief subscriber list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this newsletter
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub newsletter: Option<String>,

    /// Only those in this state
    #[arg(long, value_parser = one_of!(SubscriberState))]
    pub state: Option<SubscriberState>,

    /// The largest number of results
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print full addresses
    #[arg(long)]
    pub addresses: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists subscribers.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let newsletter = match &args.newsletter {
        Some(key) => Some(lookup::newsletter(&mut conn, key).await?.id),
        None => None,
    };
    let found = matching(&mut conn, &args, newsletter).await?;
    let address = |one: &Subscriber| match &one.address {
        Some(address) if args.addresses => address.display().clone(),
        Some(address) => address.masked(),
        None => String::new(),
    };
    if args.json {
        let shown: Vec<_> = found
            .iter()
            .map(|one| SubscriberLine {
                uuid: one.uuid.clone(),
                address: address(one),
                language: one.language,
                state: one.state,
                created_at: one.created_at,
            })
            .collect();
        context.out.json(&shown)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = found
        .iter()
        .map(|one| {
            [
                address(one),
                one.language.to_string(),
                one.state.to_string(),
                one.created_at.utc().format("%Y-%m-%d").to_string(),
            ]
        })
        .collect();
    context.out.table(
        ["ADDRESS", "LANGUAGE", "STATE", "SINCE"],
        &rows,
        "no subscribers",
    )?;
    let counts = store::subscriber::count_by_state(&mut conn).await?;
    if !counts.is_empty() {
        let all: Vec<_> = counts
            .iter()
            .map(|(state, count)| format!("{count} {state}"))
            .collect();
        context
            .out
            .line(format_args!("in all: {}", all.join(", ")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Matching subscribers, read page by page, so that a large list needs little memory.
async fn matching(
    conn: &mut store::Conn,
    args: &Args,
    newsletter: Option<i64>,
) -> anyhow::Result<Vec<Subscriber>> {
    const PAGE: i64 = 500;
    let limit = usize::try_from(args.limit)?;
    let mut found = Vec::new();
    let mut after = 0;
    loop {
        let page = store::subscriber::list(conn, args.state, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(found);
        };
        after = last.id;
        for subscriber in page {
            if found.len() >= limit {
                return Ok(found);
            }
            if let Some(newsletter) = newsletter {
                let all = store::subscription::of_subscriber(conn, subscriber.id).await?;
                let running = |one: &store::subscription::Subscription| {
                    one.newsletter == newsletter && one.state == SubscriptionState::Active
                };
                if !all.iter().any(running) {
                    continue;
                }
            }
            found.push(subscriber);
        }
    }
}
