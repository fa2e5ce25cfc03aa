//! `rundbrief user invite`.

use std::process::ExitCode;

use crate::app::Actor;
use crate::app::staff::{self, NewUser, UserDetails};
use crate::cli::Context;
use crate::cli::arguments::{line, one_of};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::user::Role;

/// `rundbrief user invite`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The e-mail address, which is also the login name
    pub email: Address,

    /// The name that colleagues see, e.g. "Erika Beispiel"
    #[arg(long, value_parser = line)]
    pub name: String,

    /// What the user may do; may be given several times
    #[arg(long, required = true, value_name = "ROLE", value_parser = one_of!(Role))]
    pub role: Vec<Role>,

    /// The language of pages and mails [default: languages.default]
    #[arg(long)]
    pub language: Option<Language>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Queues a mail with a link that works for two days; `serve` sends it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let new = NewUser {
        name: args.name,
        email: args.email,
        language: args.language.unwrap_or(context.config.languages.default),
        roles: args.role.into_iter().collect(),
        password: None,
    };
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
