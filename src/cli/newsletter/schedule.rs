//! `rundbrief newsletter schedule`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::app::lookup;
use crate::app::newsletters::{Date, Dates};
use crate::cli::Context;
use crate::cli::arguments::key;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::schedule::{ClockChange, CronLine, Schedule};

/// `rundbrief newsletter schedule`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// How many dates
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub count: u16,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Prints the next slots in words.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let newsletter = lookup::newsletter(&mut db.read().await?, &args.newsletter).await?;
    let settings = &newsletter.settings;
    let Some(schedule) = schedule(settings)? else {
        bail!(
            "{} has no schedule: it appears when somebody sends it",
            settings.key
        );
    };
    let now = context.clock.now().in_zone(settings.zone).naive_local();
    let slots: Vec<_> = schedule
        .slots_after(now)
        .take(usize::from(args.count))
        .collect();
    if args.json {
        let dates = slots.iter().map(|slot| Date {
            slot: slot.id(),
            at: slot.at,
            clock_change: remark(slot.shifted),
        });
        context.out.json(&Dates {
            words: schedule.words(),
            slots: dates.collect(),
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    context
        .out
        .line(format_args!("{}: {}", settings.key, schedule.words()))?;
    for slot in slots {
        let local = slot.local.format("%A, %-d %B %Y, %H:%M");
        let remark = remark(slot.shifted)
            .map(|words| format!("  ({words})"))
            .unwrap_or_default();
        context
            .out
            .line(format_args!("  {local}, that is {}{remark}", slot.at))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The schedule of a newsletter, if it has one.
pub fn schedule(settings: &NewsletterSettings) -> anyhow::Result<Option<Schedule>> {
    let Some(line) = settings.schedule.as_deref() else {
        return Ok(None);
    };
    let line = CronLine::parse(line)
        .with_context(|| format!("the schedule of {} cannot be read", settings.key))?;
    Ok(Some(Schedule {
        line,
        zone: settings.zone,
    }))
}

/// When a newsletter appears, in words.
pub fn words(settings: &NewsletterSettings) -> String {
    match schedule(settings) {
        Ok(Some(schedule)) => schedule.words(),
        Ok(None) => "when somebody sends it".to_owned(),
        Err(error) => format!("{error:#}"),
    }
}

fn remark(change: ClockChange) -> Option<&'static str> {
    match change {
        ClockChange::None => None,
        ClockChange::Gap => {
            Some("the clock goes forward over this time: the first instant after it")
        }
        ClockChange::Overlap => Some("the clock shows this time twice: the first of the two"),
    }
}
