//! `rundbrief subscriber export`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::app::{Actor, privacy};
use crate::cli::Context;
use crate::cli::arguments::one_of;
use crate::domain::address::Address;
use crate::domain::named::named_enum;

named_enum! {
    /// How an export is written.
    pub enum Format ("format") {
        /// One readable page in the person's language, complete in one file.
        Html = "html",
        /// For machines and for other services (Art. 20 GDPR).
        Json = "json",
    }
}

/// `rundbrief subscriber export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// A page for the person, or JSON
    #[arg(long, default_value = "html", value_parser = one_of!(Format))]
    pub format: Format,

    /// The file to write, readable by its owner alone [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// The time zone of the page
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin")]
    pub zone: chrono_tz::Tz,
}

/// Writes all that is kept about one person.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let data = privacy::export(&app, &Actor::operator(), &args.address).await?;
    let text = match args.format {
        Format::Html => privacy::page(&app, &data, args.zone),
        Format::Json => serde_json::to_string_pretty(&data)?,
    };
    let Some(path) = args.output else {
        context.out.line(text)?;
        return Ok(ExitCode::SUCCESS);
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(&path)
        .with_context(|| format!("{} cannot be made", path.display()))?;
    file.write_all(text.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    context.out.line(path.display())?;
    Ok(ExitCode::SUCCESS)
}
