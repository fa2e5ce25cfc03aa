//! `rundbrief topic list`.

use std::process::ExitCode;

use crate::cli::Context;
use crate::domain::language::Language;
use crate::store;

/// `rundbrief topic list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the topics.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let topics = store::topic::list(&mut db.read().await?).await?;
    if args.json {
        context.out.json(&topics)?;
    } else {
        let name = |topic: &crate::domain::topic::Topic, language| {
            topic.names.get(&language).cloned().unwrap_or_default()
        };
        let rows: Vec<_> = topics
            .iter()
            .map(|topic| {
                let [de, en, fr, nl] = [Language::De, Language::En, Language::Fr, Language::Nl]
                    .map(|one| name(topic, one));
                [topic.key.clone(), de, en, fr, nl]
            })
            .collect();
        let none = "there is no topic yet; add one with `rundbrief topic add`";
        context
            .out
            .table(["KEY", "DE", "EN", "FR", "NL"], &rows, none)?;
    }
    Ok(ExitCode::SUCCESS)
}
