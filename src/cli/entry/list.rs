//! `rundbrief entry list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::cli::context::not_built_yet;
use crate::domain::entry::{EntryKind, EntryState};

/// `rundbrief entry list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those in this state
    #[arg(long, value_parser = one_of!(EntryState))]
    pub state: Option<EntryState>,

    /// Only those of this kind
    #[arg(long, value_parser = one_of!(EntryKind))]
    pub kind: Option<EntryKind>,

    /// Only those with this topic
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub topic: Option<String>,

    /// How many at most
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists entries.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("entry list").await
}
