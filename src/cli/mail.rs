//! `rundbrief mail`: trying out the relay.

use std::process::ExitCode;

use clap::Subcommand;

use super::Context;
use super::context::not_built_yet;
use crate::domain::address::Address;

/// `rundbrief mail`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Send one short mail to an address and tell what the relay said
    Test(Test),
}

/// `rundbrief mail test`.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// Where it goes
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    let Command::Test(args) = command;
    let _ = (args, context);
    not_built_yet("mail test").await
}
