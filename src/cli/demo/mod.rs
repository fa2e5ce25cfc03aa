//! `rundbrief demo`: a temporary installation with sample data.
//!
//! Everything works as in a real installation: readers sign up through the form, confirm by the
//! link in their mail, and get what the schedule has composed. Only two things are specific to the
//! demonstration: its [`content`], and an [`editor`] that publishes news whenever somebody has
//! subscribed.

mod content;
mod editor;
mod first_issue;
mod installation;
mod newsroom;
mod once;
mod pictures;
mod readers;
mod visit;
mod week;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::Output;

/// `rundbrief demo`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without --once the pages are served until Ctrl-C; the first line on stdout says where. \
                  Subscribe there, confirm in the mailbox, and the next issue comes within about a minute. \
                  Everything is kept in a temporary folder and removed at the end.\n\n\
                  With --once DIR/*.eml has exactly one mail for each reader who finds something in the issue; \
                  the mails that asked them to confirm are in DIR/confirmations."
)]
pub struct Args {
    /// Send one issue without a visitor, write every mail into DIR as .eml, and exit
    #[arg(long, value_name = "DIR")]
    pub once: Option<PathBuf>,

    /// Print the summary as JSON: subscribers, entries, variants, sent, skipped, dir
    #[arg(long, requires = "once")]
    pub json: bool,

    /// Address and port of the pages; port 0 takes a free one [default: 127.0.0.1:8025, or a free
    /// port if that one is taken]
    #[arg(long, value_name = "ADDRESS", conflicts_with = "once")]
    pub listen: Option<SocketAddr>,
}

/// Runs the demonstration; needs no configuration.
pub async fn run(args: Args, out: &mut Output) -> anyhow::Result<ExitCode> {
    match args.once {
        Some(folder) => once::run(&folder, args.json, out).await,
        None => visit::run(args.listen, out).await,
    }
}
