//! `rundbrief user invite`.

use std::process::ExitCode;

use super::person::Person;
use crate::app::Actor;
use crate::app::staff::{self, UserDetails};
use crate::cli::Context;

/// `rundbrief user invite`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whom
    #[command(flatten)]
    pub person: Person,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Queues a mail with a link that works for two days; `serve` sends it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let new = args.person.new_user(None, context);
    let member = staff::invite(&app, &Actor::operator(), new, None).await?;
    if args.json {
        context.out.json(&UserDetails::from(&member))?;
    } else {
        let (name, roles) = (&member.name, &member.roles);
        context.out.line(format_args!(
            "invited {name} ({roles}); `rundbrief serve` sends the mail"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
