//! The command line: one file per command, each with its arguments and one `run`.
//!
//! [`main`] parses the command line and runs one command. A command opens what it needs through its
//! [`Context`], calls an operation of `app` or reads, writes its result through [`Output`], and returns
//! an exit code.

pub mod arguments;
pub mod audit;
pub mod config;
pub mod context;
pub mod delivery;
pub mod demo;
pub mod dkim;
pub mod drill;
pub mod entry;
pub mod import;
pub mod issue;
pub mod jobs;
pub mod mail;
pub mod migrate;
pub mod newsletter;
pub mod output;
pub mod privacy;
mod sending;
pub mod serve;
pub mod subscriber;
pub mod templates;
pub mod topic;
pub mod user;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

pub use context::Context;
pub use output::Output;

/// A self-hosted newsletter and event-announcement mailer for public bodies
#[derive(Debug, Parser)]
#[command(
    name = "rundbrief",
    version,
    arg_required_else_help = true,
    after_help = "Start with `rundbrief demo`. Exit codes: 0 success, 1 failure (the reason is on stderr), 2 wrong usage."
)]
pub struct Cli {
    /// The configuration [default: the file named by RUNDBRIEF_CONFIG, else ./config.toml, else
    /// /etc/rundbrief/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try Rundbrief: a temporary installation with sample data
    Demo(demo::Args),
    /// Run the service: web pages, schedule and sending
    Serve(serve::Args),
    /// Create the tables of the database, or update them
    Migrate(migrate::Args),
    /// Check the configuration, or print its documented defaults
    #[command(subcommand)]
    Config(config::Command),
    /// Newsletters: what people subscribe to
    #[command(subcommand)]
    Newsletter(newsletter::Command),
    /// Topics: what subscribers choose from
    #[command(subcommand)]
    Topic(topic::Command),
    /// Import entries from a feed or a calendar
    #[command(subcommand)]
    Import(import::Command),
    /// Entries: news, events, council papers and meetings
    #[command(subcommand)]
    Entry(entry::Command),
    /// Subscribers: their subscriptions, consent and mails
    #[command(subcommand)]
    Subscriber(subscriber::Command),
    /// Users: people with a login to the newsroom
    #[command(subcommand)]
    User(user::Command),
    /// Issues: the numbered editions of a newsletter
    #[command(subcommand)]
    Issue(issue::Command),
    /// Recurring jobs: how often they run, when they last did and what came of it
    Jobs(jobs::Args),
    /// Keys that sign mails (DKIM): make, publish, replace
    #[command(subcommand)]
    Dkim(dkim::Command),
    /// Deliveries: whether a mail was sent, and why not
    #[command(subcommand)]
    Delivery(delivery::Command),
    /// The audit log: who did what, and whether anybody has changed the log
    #[command(subcommand)]
    Audit(audit::Command),
    /// Promises to people: after a restore, and in the files of the database
    #[command(subcommand)]
    Privacy(privacy::Command),
    /// Test the relay
    #[command(subcommand)]
    Mail(mail::Command),
    /// Test crash safety: kill sending processes, then compare the ledger with what arrived
    Drill(drill::Args),
    /// Render pages and mails from samples
    #[command(subcommand)]
    Templates(templates::Command),
}

/// Parses the command line and runs one command. It is not `async`: so the code below is compiled with
/// this crate, in parallel, and not once more with the binary.
pub fn main() -> ExitCode {
    // Exits with code 2 on wrong usage.
    let cli = Cli::parse();
    let result = runtime()
        .context("the program could not start its threads")
        .and_then(|runtime| runtime.block_on(run(cli)));
    match result {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // If stderr is closed too, only the exit code remains.
            let _ = writeln!(std::io::stderr(), "rundbrief: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The runtime, with one worker thread fewer than there are cores. The last core is left to blocking
/// threads, which wait for the disk or sign; with a worker thread on every core, sending is a tenth
/// slower, because the threads wake each other in vain.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.saturating_sub(1).max(1))
        .enable_all()
        .build()
}

/// Runs one command.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let mut out = Output::stdout();
    let file = cli.config.as_deref();
    match cli.command {
        // These work without a configuration, or with an invalid one.
        Command::Config(command) => config::run(command, file, &mut out),
        Command::Templates(command) => templates::run(command, &mut out),
        Command::Demo(args) => demo::run(args, &mut out).await,
        Command::Drill(args) => Box::pin(drill::run(args, &mut out)).await,
        command => run_here(command, &mut Context::load(file, out)?).await,
    }
}

/// Runs a command on the configured installation.
async fn run_here(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args, context).await,
        Command::Migrate(args) => migrate::run(args, context).await,
        Command::Newsletter(command) => newsletter::run(command, context).await,
        Command::Topic(command) => topic::run(command, context).await,
        Command::User(command) => user::run(command, context).await,
        Command::Import(command) => import::run(command, context).await,
        Command::Entry(command) => entry::run(command, context).await,
        Command::Subscriber(command) => subscriber::run(command, context).await,
        Command::Issue(command) => issue::run(command, context).await,
        Command::Jobs(args) => jobs::run(args, context).await,
        Command::Dkim(command) => dkim::run(command, context).await,
        Command::Delivery(command) => delivery::run(command, context).await,
        Command::Audit(command) => audit::run(command, context).await,
        Command::Privacy(command) => privacy::run(command, context).await,
        Command::Mail(command) => mail::run(command, context).await,
        Command::Config(_) | Command::Templates(_) | Command::Demo(_) | Command::Drill(_) => {
            unreachable!("`run` has taken the commands that need no configuration")
        }
    }
}

#[cfg(test)]
mod tests;
