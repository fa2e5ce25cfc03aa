//! `rundbrief dkim`: the keys that sign mails, from making to retiring them.

pub mod activate;
pub mod list;
pub mod new;
mod next_steps;
pub mod records;
pub mod retire;
pub mod rotate;

use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Output};
use crate::app::signing_keys::{name, record};
use crate::domain::dkim::{self, InvalidKeyName};
use crate::domain::timestamp::Timestamp;
use crate::store::dkim_key::DkimKey;

/// `rundbrief dkim`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the first keys of a domain and print their DNS records
    New(new::Args),
    /// List the keys and show which of them sign
    List(list::Args),
    /// Print the DNS records of all keys in use
    Records(records::Args),
    /// Activate keys whose DNS records are published
    Activate(activate::Args),
    /// Make new keys that are to replace those of a domain
    Rotate(rotate::Args),
    /// Retire keys for good and delete their private keys
    Retire(retire::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::New(args) => new::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Records(args) => records::run(args, context).await,
        Command::Activate(args) => activate::run(args, context).await,
        Command::Rotate(args) => rotate::run(args, context).await,
        Command::Retire(args) => retire::run(args, context).await,
    }
}

/// A domain as an argument.
fn domain(text: &str) -> Result<String, InvalidKeyName> {
    dkim::domain(text).map_err(|_| InvalidKeyName::Domain)
}

fn day(at: Timestamp) -> String {
    at.utc().format("%Y-%m-%d").to_string()
}

/// Writes the DNS record of a key, for web forms and for zone files.
fn write_record(out: &mut Output, key: &DkimKey) -> std::io::Result<()> {
    let record = record(key);
    out.line(format_args!(
        "{} ({}, {})",
        name(key),
        key.algorithm,
        key.state
    ))?;
    out.line(format_args!("  name:   {}", record.name))?;
    out.line("  type:   TXT")?;
    out.line(format_args!("  value:  {}", record.value))?;
    out.line(format_args!("  in a zone file: {}", record.zone_line()))
}
