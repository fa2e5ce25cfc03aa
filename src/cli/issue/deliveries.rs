//! `rundbrief issue deliveries`.

use std::process::ExitCode;

use crate::app::deliveries::{AddressedDelivery, DeliveryPage};
use crate::app::lookup;
use crate::cli::Context;
use crate::cli::arguments::{IssueName, domain, one_of};
use crate::cli::output::printable;
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::store::delivery::Delivery;
use crate::store::delivery_report::{self, Filter};

/// `rundbrief issue deliveries`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Only those in this state
    #[arg(long, value_parser = one_of!(DeliveryState))]
    pub state: Option<DeliveryState>,

    /// Only those whose last attempt failed with this class
    #[arg(long, value_parser = one_of!(FailureClass))]
    pub class: Option<FailureClass>,

    /// Only those to this domain, e.g. example.org
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    pub domain: Option<String>,

    /// The largest number of results
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,

    /// Continue after this number, which the previous page prints
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub after: i64,

    /// Print full addresses
    #[arg(long)]
    pub addresses: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists deliveries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let (_, issue) = lookup::issue(&mut conn, &args.issue).await?;
    let filter = Filter {
        state: args.state,
        class: args.class,
        domain: args.domain,
    };
    let limit = i64::from(args.limit);
    // One more tells whether there is another page.
    let mut found =
        delivery_report::list(&mut conn, issue.id, &filter, args.after, limit + 1).await?;
    let more = found.len() > usize::try_from(args.limit)?;
    found.truncate(usize::try_from(args.limit)?);
    let next = found
        .last()
        .map(|(one, _)| one.key.subscriber)
        .filter(|_| more);
    let address = |address: &Option<Address>| match address {
        Some(address) if args.addresses => address.display().clone(),
        Some(address) => address.masked(),
        None => "(erased)".to_owned(),
    };
    if args.json {
        let deliveries = found.iter().map(|(delivery, to)| AddressedDelivery {
            delivery: delivery.into(),
            address: address(to),
        });
        context.out.json(&DeliveryPage {
            deliveries: deliveries.collect(),
            issue: args.issue,
            next,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = found
        .iter()
        .map(|(delivery, to)| {
            [
                address(to),
                delivery.state.to_string(),
                delivery
                    .class
                    .map(|class| class.to_string())
                    .unwrap_or_default(),
                delivery.attempts.to_string(),
                time(delivery),
                said(delivery),
            ]
        })
        .collect();
    let headings = ["ADDRESS", "STATE", "CLASS", "ATTEMPTS", "TIME", "SAID"];
    context.out.table(headings, &rows, "no deliveries")?;
    if let Some(next) = next {
        context
            .out
            .line(format_args!("there are more: continue with --after {next}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// When it reached its state; of what waits, until when.
fn time(delivery: &Delivery) -> String {
    match delivery.state {
        DeliveryState::Queued => format!("until {}", delivery.next_attempt_at),
        _ => delivery
            .finished_at
            .or(delivery.started_at)
            .map(|at| at.to_string())
            .unwrap_or_default(),
    }
}

/// Code and words of the last answer, as the relay gave them.
pub fn said(delivery: &Delivery) -> String {
    let code = delivery.reply_code.map(|code| code.to_string());
    let parts = [code, delivery.reply_status.clone(), delivery.reply.clone()];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    printable(&parts.join(" "))
}
