//! `rundbrief config check`.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::Output;
use crate::config::{Config, ConfigErrors, Problem, Severity, Sources};

/// `rundbrief config check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON: file, usable, problems
    #[arg(long)]
    json: bool,
}

#[derive(serde::Serialize)]
struct Report {
    /// The file that was read; none means defaults and environment only.
    file: Option<std::path::PathBuf>,
    usable: bool,
    problems: Vec<Problem>,
}

pub(super) fn run(args: &Args, file: Option<&Path>, out: &mut Output) -> anyhow::Result<ExitCode> {
    let sources = Sources::of_process(file);
    let file = sources.file.clone();
    let (usable, problems) = match Config::load(sources) {
        Ok(loaded) => (true, loaded.warnings),
        Err(ConfigErrors(problems)) => (false, problems),
    };
    let report = Report {
        file,
        usable,
        problems,
    };
    if args.json {
        out.json(&report)?;
    } else {
        tell(&report, out)?;
    }
    Ok(if usable {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn tell(report: &Report, out: &mut Output) -> std::io::Result<()> {
    for problem in &report.problems {
        out.line(problem)?;
    }
    let source = report.file.as_ref().map_or_else(
        || "defaults and environment (no file)".to_owned(),
        |file| file.display().to_string(),
    );
    let count = |severity| {
        report
            .problems
            .iter()
            .filter(|one| one.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match (errors, warnings) {
        (0, 0) => out.line(format_args!("{source}: good")),
        (0, _) => out.line(format_args!(
            "{source}: can be used; {warnings} to fix before real mails are sent"
        )),
        _ => out.line(format_args!(
            "{source}: cannot be used; errors: {errors}, warnings: {warnings}"
        )),
    }
}
