//! `rundbrief user add`.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;
use zeroize::Zeroizing;

use super::person::Person;
use crate::app::Actor;
use crate::app::staff::{self, UserDetails};
use crate::cli::Context;

/// More than the longest password.
const MOST_BYTES: u64 = 1024;

/// `rundbrief user add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whom
    #[command(flatten)]
    pub person: Person,

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
    let new = args.person.new_user(password, context);
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
