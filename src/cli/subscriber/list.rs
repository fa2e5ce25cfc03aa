//! `rundbrief subscriber list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::cli::context::not_built_yet;
use crate::domain::subscriber::SubscriberState;

/// `rundbrief subscriber list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this newsletter
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub newsletter: Option<String>,

    /// Only those in this state
    #[arg(long, value_parser = one_of!(SubscriberState))]
    pub state: Option<SubscriberState>,

    /// How many at most
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: u32,

    /// Print whole addresses
    #[arg(long)]
    pub addresses: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists subscribers.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("subscriber list").await
}
