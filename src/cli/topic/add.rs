//! `rundbrief topic add`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{Worded, key};
use crate::cli::context::not_built_yet;

/// `rundbrief topic add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its short name in addresses and on the command line; stays for ever, e.g. climate
    #[arg(value_parser = key)]
    pub key: String,

    /// Its name in a language, e.g. de="Klima und Umwelt"; once per language
    #[arg(long, required = true, value_name = "LANG=TEXT")]
    pub name: Vec<Worded>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Adds a topic.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let _ = (args, context);
    not_built_yet("topic add").await
}
