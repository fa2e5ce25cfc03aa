//! `rundbrief templates`: pages and mails without an installation.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use super::Output;

/// `rundbrief templates`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write every page and every mail, filled with samples, in every language, into a directory
    Render(Render),
}

/// `rundbrief templates render`.
#[derive(Debug, clap::Args)]
pub struct Render {
    /// The directory; created if missing. Files of the same name are overwritten
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

/// Runs one of these commands.
pub fn run(command: Command, out: &mut Output) -> anyhow::Result<ExitCode> {
    let Command::Render(args) = command;
    let files = ::templates::render_everything();
    for (path, content) in &files {
        write(&args.directory.join(path), content)?;
    }
    out.line(format_args!(
        "{} files in {}",
        files.len(),
        args.directory.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, content))
        .with_context(|| {
            format!(
                "{} cannot be written; choose a directory you may write to",
                path.display()
            )
        })
}
