//! `rundbrief issue status`.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::app::issues::{self, IssueStatus, Uncertain};
use crate::app::lookup;
use crate::cli::Context;
use crate::cli::arguments::IssueName;
use crate::cli::output::{self, printable};
use crate::delivery::{Progress, progress};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueState;
use crate::store::delivery_report::Counts;
use crate::store::issue::Issue;
use crate::store::{self, Conn};

/// How often the progress is read, unless reading it takes long.
const POLL_EVERY: Duration = Duration::from_millis(500);

/// `rundbrief issue status`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// Keep updating until it is sent or stopped
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows the progress of an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let (_, mut issue) = lookup::issue(&mut db.read().await?, &args.issue).await?;
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
            // Reading the progress must not slow the sending down.
            let pause = POLL_EVERY.max(begin.elapsed() * 4);
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

/// Prints the figures of an issue, and the deliveries whose outcome is unknown.
pub async fn report(
    conn: &mut Conn,
    name: &IssueName,
    issue: &Issue,
    as_json: bool,
    context: &mut Context,
) -> anyhow::Result<()> {
    let progress = progress(conn, issue, context.clock.now()).await?;
    let uncertain = issues::uncertain(conn, issue).await?;
    if as_json {
        let status = IssueStatus::new(name.clone(), issue, &progress, uncertain);
        return context.out.json(&status);
    }
    let out = &mut context.out;
    let reason = issues::reason_text(issue);
    let reason = reason
        .map(|reason| format!(": {}", printable(&reason)))
        .unwrap_or_default();
    out.line(format_args!("{name}: {}{reason}", issue.state))?;
    if issue.state == IssueState::Paused && issue.reason.is_some() {
        out.line(format_args!(
            "  fix the cause, then run `rundbrief issue resume {name}`; `rundbrief issue retry {name} --class …` sends again to those who were refused"
        ))?;
    }
    let counts = &progress.counts;
    for (state, count) in counts.states.iter().filter(|(_, count)| **count > 0) {
        let classes = classes(counts, *state);
        out.line(format_args!("  {state:<10} {count}{classes}"))?;
    }
    if issue.frozen_at.is_some() {
        out.line(format_args!(
            "  {} recipients; {} subscribers had nothing to read in it and got no mail",
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
        out.line("  outcome unknown; see the log of the relay:")?;
    }
    for Uncertain {
        address,
        started_at,
    } in uncertain
    {
        let since = started_at.map(|at| at.to_string()).unwrap_or_default();
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

/// `: 3 policy, 1 other`; deliveries that wait are marked as refused before.
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
