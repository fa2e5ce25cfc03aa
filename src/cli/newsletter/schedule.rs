//! `rundbrief newsletter schedule`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::app::lookup;
use crate::app::newsletters::{Date, Dates};
use crate::cli::Context;
use crate::cli::arguments::key;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::schedule::{ClockChange, CronLine, Fate, FreeDay, Planned, Schedule, Timetable};
use crate::store;

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
    let timetable = store::timetable::of(&mut db.read().await?, &newsletter)
        .await?
        .unwrap_or_else(|| Timetable::plain(schedule.clone()));
    let slots = timetable.next(context.clock.now(), usize::from(args.count));
    if args.json {
        let dates = slots.iter().map(|planned| Date {
            slot: planned.slot.id(),
            at: planned.goes_out().then_some(planned.slot.at),
            clock_change: remark(planned.slot.shifted),
            exception: exception(planned),
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
    for planned in slots {
        let local = planned.on.format("%A, %-d %B %Y, %H:%M");
        let exception = exception(&planned);
        let clock = remark(planned.slot.shifted).filter(|_| planned.goes_out());
        let remarks = exception.as_deref().into_iter().chain(clock);
        let remarks = remarks.fold(String::new(), |all, words| all + "  (" + words + ")");
        let instant = if planned.goes_out() {
            format!(", that is {}", planned.slot.at)
        } else {
            String::new()
        };
        context
            .out
            .line(format_args!("  {local}{instant}{remarks}"))?;
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

/// What a holiday or a pause does to a slot.
fn exception(planned: &Planned) -> Option<String> {
    let day = match &planned.holiday {
        Some(FreeDay::Public(holiday)) => holiday.as_str(),
        Some(FreeDay::Own(name)) => name.as_str(),
        None => "",
    };
    let slot = planned.slot.local.format("%-d %B");
    match &planned.fate {
        Fate::OnTime => None,
        Fate::Moved => Some(format!("instead of {slot}: {day}")),
        Fate::Skipped => Some(format!("no issue: {day}")),
        Fate::Paused(reason) => Some(format!("no issue, the newsletter pauses: {reason}")),
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
