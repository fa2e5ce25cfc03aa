//! `rundbrief serve`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::one_of;
use crate::cli::context::not_built_yet;
use crate::domain::named::named_enum;

named_enum! {
    /// What a process that serves does.
    pub enum Role ("role") {
        /// Everything.
        All = "all",
        /// The web pages.
        Web = "web",
        /// The schedule and the sending.
        Worker = "worker",
    }
}

/// `rundbrief serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What this process does; several processes may share the work on one PostgreSQL
    #[arg(long, value_name = "ROLE", default_value = "all", value_parser = one_of!(Role))]
    pub role: Role,
}

/// Serves until it is asked to stop.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("serve").await
}
