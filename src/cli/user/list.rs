//! `rundbrief user list`.

use std::process::ExitCode;

use crate::app::staff::UserDetails;
use crate::cli::Context;
use crate::store;

/// `rundbrief user list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Lists the users.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let users = store::staff::list(&mut db.read().await?).await?;
    let users: Vec<_> = users.iter().map(UserDetails::from).collect();
    if args.json {
        context.out.json(&users)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows: Vec<_> = users
        .iter()
        .map(|user| {
            let seen = user.last_seen_at.map_or_else(
                || "never".to_owned(),
                |at| at.utc().format("%Y-%m-%d %H:%M").to_string(),
            );
            let second = if user.second_factor { "yes" } else { "no" };
            [
                user.name.clone(),
                user.email.clone(),
                user.roles.to_string(),
                user.state.to_string(),
                second.to_owned(),
                seen,
            ]
        })
        .collect();
    let none = "there is no user yet; add one with `rundbrief user add`";
    let headings = [
        "NAME",
        "ADDRESS",
        "ROLES",
        "STATE",
        "SECOND FACTOR",
        "LAST SEEN",
    ];
    context.out.table(headings, &rows, none)?;
    Ok(ExitCode::SUCCESS)
}
