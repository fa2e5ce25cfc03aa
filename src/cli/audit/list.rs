//! `rundbrief audit list`.

use std::process::ExitCode;

use templates::Locale;

use crate::app::audit::{self, Filter, Line};
use crate::app::reasons;
use crate::cli::Context;
use crate::cli::arguments::one_of;
use crate::domain::audit::{Action, SubjectKind};
use crate::domain::timestamp::Timestamp;

/// `rundbrief audit list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this action
    #[arg(long, value_parser = one_of!(Action), hide_possible_values = true)]
    pub action: Option<Action>,

    /// Only actions on things of this kind
    #[arg(long, value_name = "KIND", value_parser = one_of!(SubjectKind))]
    pub subject: Option<SubjectKind>,

    /// Only actions on the thing of this name, e.g. region/14
    #[arg(long, value_name = "NAME")]
    pub id: Option<String>,

    /// Only lines from this day on (UTC), e.g. 2026-11-24
    #[arg(long, value_name = "DATE", value_parser = midnight)]
    pub since: Option<Timestamp>,

    /// The largest number of results
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

fn midnight(text: &str) -> Result<Timestamp, String> {
    let day: chrono::NaiveDate = text
        .parse()
        .map_err(|_| "not a day; write it as year-month-day, e.g. 2026-11-24".to_owned())?;
    Ok(day.and_time(chrono::NaiveTime::MIN).and_utc().into())
}

/// Lists lines of the audit log.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let filter = Filter {
        action: args.action,
        kind: args.subject,
        id: args.id,
        since: args.since,
        ..Filter::default()
    };
    let lines = audit::latest(&mut db.read().await?, &filter, args.limit).await?;
    if args.json {
        context.out.json(&lines)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = lines.iter().map(row).collect();
    let headings = [
        "LINE", "TIME", "ACTOR", "THROUGH", "ACTION", "SUBJECT", "CHANGE",
    ];
    context.out.table(headings, &rows, "no lines")?;
    Ok(ExitCode::SUCCESS)
}

fn row(line: &Line) -> [String; 7] {
    let reason = |said: &String| match reasons::with_reason(said, Locale::En) {
        Some((state, sentence)) => format!("{state}: {sentence}"),
        None => said.clone(),
    };
    let (before, after) = (
        line.before.as_ref().map(reason),
        line.after.as_ref().map(reason),
    );
    let change = match (&before, &after) {
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("{before} → nothing"),
        (None, Some(after)) => after.clone(),
        (None, None) => String::new(),
    };
    [
        line.seq.to_string(),
        line.at.utc().format("%Y-%m-%d %H:%M:%S").to_string(),
        format!("{} {}", line.actor, line.actor_name),
        line.entry_point.clone(),
        line.action.clone(),
        format!("{} {}", line.subject, line.subject_id),
        change,
    ]
}
