//! `rundbrief config key`.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::Output;
use crate::domain::token::Keyring;

/// `rundbrief config key`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of the key: 1 for the first, a higher one for each that follows it
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    id: u8,
}

pub(super) fn run(args: &Args, out: &mut Output) -> anyhow::Result<ExitCode> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).context("the operating system gave no random bytes")?;
    out.line(Keyring::key_text(args.id, entropy))?;
    Ok(ExitCode::SUCCESS)
}
