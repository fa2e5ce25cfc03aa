//! `rundbrief issue status`.

use crate::cli::find;
use crate::cli::output;
use crate::cli::output::printable;
use crate::delivery::{Progress, progress};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::Counts;
use crate::store::issue::Issue;
use crate::store::{self, Conn};
use serde_json::{Map, Value, json};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::cli::Context;
use crate::cli::arguments::IssueName;

/// How often a watched issue is looked at, unless looking takes long.
const LOOK: Duration = Duration::from_millis(500);

/// `rundbrief issue status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Keep watching until it is no longer being sent
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
    if args.watch && issue.state == IssueState::Sending {
        let bar = output::progress(0, "mails");
        while issue.state == IssueState::Sending {
            let begin = Instant::now();
            let mut conn = db.read().await?;
            let now = context.clock.now();
            draw(&bar, &progress(&mut conn, &issue, now).await?);
            issue = store::issue::by_id(&mut conn, issue.id)
                .await?
                .unwrap_or(issue);
            drop(conn);
            // Looking must not cost the sending much.
            let pause = LOOK.max(begin.elapsed() * 4);
            context
                .clock
                .sleep_until(context.clock.now().plus(pause))
                .await;
        }
        bar.finish_and_clear();
    }
    let mut conn = db.read().await?;
    report(&mut conn, &args.issue, &issue, args.json, context).await?;
    Ok(ExitCode::SUCCESS)
}

fn draw(bar: &indicatif::ProgressBar, progress: &Progress) {
    set(bar, &progress.counts);
    if let Some(until) = progress.quiet_until {
        bar.set_message(format!("mails; quiet hours until {until}"));
    }
}

/// Moves a bar to where an issue is.
pub fn set(bar: &indicatif::ProgressBar, counts: &Counts) {
    let mails = |count: i64| u64::try_from(count).unwrap_or(0);
    bar.set_length(mails(counts.recipients));
    bar.set_position(mails(counts.finished()));
    let failed = counts.of(DeliveryState::Failed);
    if failed > 0 {
        bar.set_message(format!("mails, {failed} failed"));
    }
}

/// Prints the figures of an issue, and of whom nobody knows whether the mail arrived.
pub async fn report(
    conn: &mut Conn,
    name: &IssueName,
    issue: &Issue,
    as_json: bool,
    context: &mut Context,
) -> anyhow::Result<()> {
    let progress = progress(conn, issue, context.clock.now()).await?;
    let uncertain = uncertain(conn, issue).await?;
    if as_json {
        let all = described(name, issue, &progress, &uncertain);
        return context.out.json(&all);
    }
    let out = &mut context.out;
    let reason = issue.reason.as_deref().map(printable);
    let because = reason
        .map(|why| format!(", because {why}"))
        .unwrap_or_default();
    out.line(format_args!("{name}: {}{because}", issue.state))?;
    if issue.state == IssueState::Paused && issue.reason.is_some() {
        out.line(format_args!(
            "  put it right, then `rundbrief issue resume {name}`; `rundbrief issue retry {name} --class …` sends again to those who were refused"
        ))?;
    }
    let counts = &progress.counts;
    for (state, count) in counts.states.iter().filter(|(_, count)| **count > 0) {
        let classes = classes(counts, *state);
        out.line(format_args!("  {state:<10} {count}{classes}"))?;
    }
    if issue.frozen_at.is_some() {
        out.line(format_args!(
            "  {} recipients, {} would have found nothing",
            counts.recipients, issue.skipped
        ))?;
    }
    if let Some(until) = progress.quiet_until {
        let newsletter = store::newsletter::by_id(conn, issue.newsletter).await?;
        let zone = newsletter.map_or(chrono_tz::UTC, |one| one.settings.zone);
        let clock = until.in_zone(zone).format("%H:%M");
        out.line(format_args!("  quiet hours until {clock} ({until})"))?;
    }
    if progress.rate_overall > 0.0 {
        out.line(format_args!(
            "  {:.1} mails a second in the last minute, {:.1} overall",
            progress.rate_lately, progress.rate_overall
        ))?;
    }
    if let Some(at) = progress.ends_at {
        out.line(format_args!("  done at about {at}"))?;
    }
    slow_domains(&progress, context)?;
    let out = &mut context.out;
    if !uncertain.is_empty() {
        out.line("  uncertain whether it arrived; the relay's log knows:")?;
    }
    for (address, since) in uncertain {
        let since = since.map(|at| at.to_string()).unwrap_or_default();
        out.line(format_args!("    {address} {since}"))?;
    }
    Ok(())
}

fn slow_domains(progress: &Progress, context: &mut Context) -> anyhow::Result<()> {
    if progress.slow_domains.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = progress
        .slow_domains
        .iter()
        .map(|slow| {
            [
                slow.domain.clone(),
                slow.waiting.to_string(),
                slow.attempts.to_string(),
                slow.since.map(|at| at.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    let headings = ["SLOWEST DOMAIN", "WAITING", "ATTEMPTS", "SINCE"];
    Ok(context.out.table(headings, &rows, "")?)
}

/// `: 3 policy, 1 other`; for those that wait, that they were refused before.
fn classes(counts: &Counts, state: DeliveryState) -> String {
    let listed: Vec<_> = FailureClass::ALL
        .iter()
        .filter_map(|class| Some(format!("{} {class}", counts.classes.get(&(state, *class))?)))
        .collect();
    let before = match state {
        _ if listed.is_empty() => return String::new(),
        DeliveryState::Failed => ":",
        _ => ", of them refused before:",
    };
    format!("{before} {}", listed.join(", "))
}

fn described(
    name: &IssueName,
    issue: &Issue,
    progress: &Progress,
    uncertain: &[(String, Option<Timestamp>)],
) -> Value {
    let counts = &progress.counts;
    let deliveries: Map<_, _> = counts
        .states
        .iter()
        .map(|(state, count)| (state.to_string(), json!(count)))
        .collect();
    let classes = |state| {
        let of = |class: &FailureClass| counts.classes.get(&(state, *class)).copied();
        let all = FailureClass::ALL.iter();
        all.map(|class| (class.to_string(), json!(of(class).unwrap_or(0))))
            .collect::<Map<_, _>>()
    };
    let tenth = |rate: f64| (rate * 10.0).round() / 10.0;
    let uncertain: Vec<_> = uncertain
        .iter()
        .map(|(address, since)| json!({ "address": address, "started_at": since }))
        .collect();
    let slow: Vec<_> = progress
        .slow_domains
        .iter()
        .map(|one| json!({ "domain": one.domain, "waiting": one.waiting, "attempts": one.attempts, "since": one.since }))
        .collect();
    let mut all = super::show::described(&name.to_string(), issue);
    all["recipients"] = json!(counts.recipients);
    all["deliveries"] = json!(deliveries);
    all["failed"] = json!(classes(DeliveryState::Failed));
    all["refused_for_now"] = json!(classes(DeliveryState::Queued));
    all["rate"] = json!({ "last_minute": tenth(progress.rate_lately), "overall": tenth(progress.rate_overall) });
    all["done_at"] = json!(progress.ends_at);
    all["quiet_until"] = json!(progress.quiet_until);
    all["slow_domains"] = json!(slow);
    all["uncertain"] = json!(uncertain);
    all
}

/// The addresses of whom nobody knows whether the mail arrived, and when it was begun: the first
/// thousand, which fill a screen.
async fn uncertain(
    conn: &mut Conn,
    issue: &Issue,
) -> anyhow::Result<Vec<(String, Option<Timestamp>)>> {
    const MOST: i64 = 1000;
    let filter = store::delivery_report::Filter {
        state: Some(DeliveryState::Uncertain),
        ..Default::default()
    };
    let found = store::delivery_report::list(conn, issue.id, &filter, 0, MOST).await?;
    let written = |(delivery, address): (store::delivery::Delivery, Option<_>)| {
        let address = address.map_or_else(
            || "(erased)".to_owned(),
            |one: crate::domain::address::Address| one.as_str().to_owned(),
        );
        (address, delivery.started_at)
    };
    Ok(found.into_iter().map(written).collect())
}
