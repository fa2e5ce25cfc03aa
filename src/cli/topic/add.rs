//! `rundbrief topic add`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::bail;

use crate::app::{Actor, topics};
use crate::cli::Context;
use crate::cli::arguments::{Worded, key};

/// `rundbrief topic add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its short name in URLs and on the command line, e.g. climate; cannot be changed later
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
    let names: BTreeMap<_, _> = args
        .name
        .iter()
        .map(|name| (name.language, name.text.clone()))
        .collect();
    if names.len() < args.name.len() {
        bail!("a language is given twice; give each --name once per language");
    }
    let app = context.app().await?;
    let topic = topics::add(&app, &Actor::operator(), &args.key, &names).await?;
    if args.json {
        context.out.json(&topic)?;
    } else {
        context.out.line(format_args!(
            "added topic {} ({})",
            topic.key,
            topic.name(context.config.languages.default)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
