//! `rundbrief issue compose`.

use crate::cli::find;
use crate::digest::select::{self, Composed, Occasion};
use crate::store;
use anyhow::bail;
use serde_json::json;
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::key;

/// `rundbrief issue compose`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Composes an issue.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut tx = db.begin().await?;
    let newsletter = find::newsletter(&mut tx, &args.newsletter).await?;
    let occasion = Occasion {
        newsletter: &newsletter,
        slot: None,
        send_at: None,
        hold: None,
    };
    let now = context.clock.now();
    let issue = match select::compose(&mut tx, &context.mail_context(), &occasion, now).await? {
        Composed::Issue(issue) => issue,
        Composed::NothingToTell => bail!(
            "there is nothing to tell: nothing was published since the last issue of {}, and no event lies ahead that was not announced",
            args.newsletter
        ),
        Composed::SlotTaken => bail!("an issue composed by hand has no slot; please report this"),
    };
    let entries = store::entry::of_issue(&mut tx, issue.id).await?.len();
    tx.commit().await?;
    let name = format!("{}/{}", args.newsletter, issue.number);
    if args.json {
        context.out.json(
            &json!({ "issue": name, "uuid": issue.uuid, "state": issue.state, "entries": entries }),
        )?;
    } else {
        context.out.line(format_args!(
            "composed {name}: {entries} entries, {}",
            issue.state
        ))?;
        context.out.line(format_args!("look at it with `rundbrief issue preview {name} DIR`, send it with `rundbrief issue send {name}`"))?;
    }
    Ok(ExitCode::SUCCESS)
}
