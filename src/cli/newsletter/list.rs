//! `rundbrief newsletter list`.

use std::process::ExitCode;

use crate::app::newsletters::NewsletterDetails;
use crate::cli::Context;
use crate::store;

/// `rundbrief newsletter list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the newsletters.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let newsletters = store::newsletter::list(&mut conn).await?;
    if args.json {
        let topics = store::topic::list(&mut conn).await?;
        let described: Vec<_> = newsletters
            .iter()
            .map(|one| NewsletterDetails::new(one, &topics))
            .collect();
        context.out.json(&described)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = Vec::new();
    for newsletter in &newsletters {
        let settings = &newsletter.settings;
        rows.push([
            settings.key.clone(),
            settings.text(context.config.languages.default).name.clone(),
            super::schedule::words(settings),
            store::subscription::count_active(&mut conn, newsletter.id)
                .await?
                .to_string(),
        ]);
    }
    let none = "there is no newsletter yet; add one with `rundbrief newsletter add`";
    context
        .out
        .table(["KEY", "NAME", "APPEARS", "SUBSCRIBERS"], &rows, none)?;
    Ok(ExitCode::SUCCESS)
}
