//! `rundbrief user add`.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;
use zeroize::Zeroizing;

use crate::app::Actor;
use crate::app::staff::{self, NewUser, UserDetails};
use crate::cli::Context;
use crate::cli::arguments::{line, one_of};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::user::Role;

/// More than the longest password.
const MOST_BYTES: u64 = 1024;

/// `rundbrief user add`.
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

    /// Read the password from standard input, up to the first line end
    #[arg(long)]
    pub password_stdin: bool,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Adds a user.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let password = if args.password_stdin {
        Some(read_password()?)
    } else {
        None
    };
    let app = context.app().await?;
    let new = NewUser {
        name: args.name,
        email: args.email,
        language: args.language.unwrap_or(context.config.languages.default),
        roles: args.role.into_iter().collect(),
        password,
    };
    let member = staff::add(&app, &Actor::operator(), new).await?;
    if args.json {
        context.out.json(&UserDetails::from(&member))?;
    } else {
        let (name, roles) = (&member.name, &member.roles);
        context.out.line(format_args!("added {name} ({roles})"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> anyhow::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    std::io::stdin()
        .lock()
        .take(MOST_BYTES)
        .read_to_string(&mut text)
        .context("the password cannot be read from standard input")?;
    let first = text.lines().next().unwrap_or_default();
    Ok(Zeroizing::new(first.to_owned()))
}
