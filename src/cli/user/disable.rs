//! `rundbrief user disable`.

use std::process::ExitCode;

use crate::app::Actor;
use crate::app::staff::{self, StaffError};
use crate::cli::Context;
use crate::domain::address::Address;
use crate::store;

/// `rundbrief user disable`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The e-mail address of the user
    pub email: Address,

    /// Let the user log in again
    #[arg(long)]
    pub undo: bool,
}

/// Ends the sessions of a user, who may not log in any more.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let user = store::staff::by_email(&mut app.read().await?, &args.email).await?;
    let user = user.ok_or_else(|| StaffError::Unknown(args.email.display()))?;
    let name = &user.name;
    if args.undo {
        staff::enable(&app, &Actor::operator(), &user).await?;
        context.out.line(format_args!("{name} may log in again"))?;
    } else {
        staff::disable(&app, &Actor::operator(), &user).await?;
        context.out.line(format_args!(
            "{name} may not log in any more; all sessions have ended"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
