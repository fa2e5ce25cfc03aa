//! `rundbrief subscriber show`.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::app::subscribers;
use crate::cli::Context;
use crate::cli::output::printable;
use crate::domain::address::Address;
use crate::store;

/// `rundbrief subscriber show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one subscriber.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let found = store::subscriber::by_address(&mut conn, &args.address).await?;
    let subscriber = found.context("nobody with this address is known here")?;
    let details = subscribers::details(&mut conn, &subscriber).await?;
    if args.json {
        context.out.json(&details)?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(format_args!(
        "{} ({}, {}), known since {}",
        args.address.display(),
        subscriber.state,
        subscriber.language,
        subscriber.created_at
    ))?;
    out.line("\nsubscriptions")?;
    for one in &details.subscriptions {
        let topics = one.topics.join(", ");
        out.line(format_args!(
            "  {}: {} since {} ({topics})",
            one.newsletter, one.state, one.confirmed_at
        ))?;
    }
    out.line("\nproof of consent")?;
    for event in &details.consent {
        let about = event.newsletter.as_deref().unwrap_or_default();
        let wording = event
            .wording_hash
            .as_deref()
            .map(|hash| format!(", wording {}", &hash[..hash.len().min(12)]))
            .unwrap_or_default();
        out.line(format_args!(
            "  {} {} by {} {about}{wording}",
            event.at, event.kind, event.method
        ))?;
    }
    out.line("\nissues")?;
    for delivery in &details.deliveries {
        let issue = delivery.issue.as_ref();
        let issue = issue.map(ToString::to_string).unwrap_or_default();
        let words = delivery.reply.as_deref().map(printable).unwrap_or_default();
        let at = delivery.finished_at.unwrap_or(delivery.next_attempt_at);
        out.line(format_args!(
            "  {issue}: {} at {at} {words}",
            delivery.state
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
