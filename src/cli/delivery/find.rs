//! `rundbrief delivery find`.

use std::process::ExitCode;

use crate::app::deliveries::{self, Answer, FoundDeliveries};
use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::issue::deliveries::said;
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryState;
use crate::store::delivery::Delivery;
use crate::store::delivery_report::Fate;

/// `rundbrief delivery find`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Which issue, e.g. region/14 [default: the latest issues of every newsletter]
    #[arg(long)]
    pub issue: Option<IssueName>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Answers “did she get issue 14?”.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let found = deliveries::find(&mut conn, &args.address, args.issue.as_ref()).await?;
    if args.json {
        let answers = found
            .into_iter()
            .map(|(issue, fate)| Answer::new(issue, &fate));
        context.out.json(&FoundDeliveries {
            address: args.address.masked(),
            deliveries: answers.collect(),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    out.line(args.address.masked())?;
    if found.is_empty() {
        out.line("  no issue was sent to them")?;
    }
    for (issue, fate) in &found {
        let issue = issue
            .as_ref()
            .map(|name| format!("{name}: "))
            .unwrap_or_default();
        out.line(format_args!("  {issue}{}", words(fate)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn words(fate: &Fate) -> String {
    match fate {
        Fate::InLedger(delivery) => in_ledger(delivery),
        Fate::NotFrozen => "not sent yet".to_owned(),
        Fate::Unknown => "nobody with this address is known here: never subscribed, or erased".to_owned(),
        Fate::NotKept => "who got it is no longer kept (retention.deliveries); `issue status` has the totals".to_owned(),
        Fate::NeverSubscribed => "not sent: never subscribed to this newsletter".to_owned(),
        Fate::SubscribedLater(at) => format!("not sent: subscribed later, at {at}"),
        Fate::LeftBefore(at) => format!("not sent: had left before, at {at}"),
        Fate::NothingForThem => "not sent: nothing in it was about their topics".to_owned(),
        Fate::Inactive(state) => format!("not sent: they are {state}"),
        Fate::ChangedSince => {
            "not sent: they were not among the readers when it went out; their topics or their state have changed since".to_owned()
        }
    }
}

fn in_ledger(delivery: &Delivery) -> String {
    let said = said(delivery);
    let relay = delivery.relay.as_deref().filter(|relay| !relay.is_empty());
    let said = match relay {
        _ if said.is_empty() => String::new(),
        Some(relay) => format!("; {relay} said: {said}"),
        None => format!("; {said}"),
    };
    let class = delivery
        .class
        .map(|class| format!(" ({class})"))
        .unwrap_or_default();
    let at = delivery
        .finished_at
        .or(delivery.started_at)
        .map(|at| format!(" at {at}"))
        .unwrap_or_default();
    match delivery.state {
        DeliveryState::Queued | DeliveryState::Leased if delivery.attempts == 0 => {
            format!("waits to be sent{said}")
        }
        DeliveryState::Queued | DeliveryState::Leased => format!(
            "refused for now{class}, tried {} times, again at {}{said}",
            delivery.attempts, delivery.next_attempt_at
        ),
        DeliveryState::Started => format!("on its way since{at}"),
        DeliveryState::Sent => format!("sent{at}{said}"),
        DeliveryState::Failed => format!("failed{at}{class}{said}"),
        DeliveryState::Uncertain => format!("uncertain{at}: begun, and no answer is known{said}"),
        DeliveryState::Left => format!("not sent: left{at}, before their turn came"),
        DeliveryState::Cancelled => format!("not sent: the issue was cancelled{at}"),
    }
}
