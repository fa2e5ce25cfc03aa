//! `rundbrief demo`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::Output;
use crate::cli::context::not_built_yet;

/// `rundbrief demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Run the circle once without a visitor, write every mail into DIR as .eml, and end
    #[arg(long, value_name = "DIR")]
    pub once: Option<PathBuf>,

    /// Print the summary as JSON: subscribers, entries, variants, sent, skipped
    #[arg(long, requires = "once")]
    pub json: bool,

    /// Address and port of the pages; port 0 takes a free one
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        conflicts_with = "once"
    )]
    pub listen: SocketAddr,
}

/// Runs the demonstration; needs no configuration.
pub async fn run(args: Args, out: &mut Output) -> anyhow::Result<ExitCode> {
    let _ = (args, out);
    not_built_yet("demo").await
}
