//! `rundbrief jobs`.

use std::process::ExitCode;
use std::time::Duration;

use crate::cli::Context;
use crate::config::units::say_duration;
use crate::jobs::{self, JobStatus};

/// `rundbrief jobs`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the recurring jobs and their last runs.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let list = jobs::list(&context.job_setup(&db));
    let all = jobs::status(&mut db.read().await?, &list).await?;
    if args.json {
        context.out.json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = all
        .iter()
        .map(|job| {
            let started = job.started_at.map(|at| at.to_string());
            [
                job.job.to_owned(),
                say_duration(Duration::from_secs(job.period_seconds)),
                job.runs_on.to_string(),
                started.unwrap_or_else(|| "never".to_owned()),
                result(job),
            ]
        })
        .collect();
    let headings = ["JOB", "EVERY", "RUNS ON", "LAST RUN", "RESULT"];
    context.out.table(headings, &rows, "there are no jobs")?;
    Ok(ExitCode::SUCCESS)
}

/// What came of the last run: an error, else what was last done and when.
fn result(job: &JobStatus) -> String {
    match (job.failures, &job.error, &job.did, job.did_at) {
        (1.., Some(error), _, _) => {
            let times = match job.failures {
                1 => String::new(),
                times => format!(" ({times} times)"),
            };
            format!("failed{times}: {error}")
        }
        (_, _, Some(did), Some(at)) if job.started_at.is_some_and(|started| at >= started) => {
            format!("ok: {did}")
        }
        (_, _, Some(did), Some(at)) => format!("ok; at {at}: {did}"),
        _ if job.started_at.is_some() => "ok".to_owned(),
        _ => String::new(),
    }
}
