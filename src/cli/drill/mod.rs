//! `rundbrief drill`: whether a crash loses anybody.
//!
//! Issues go out to a receiver that lies and stumbles by script, while the sending processes are
//! killed at random moments and started again. At the end the ledger is held against what the
//! receiver has, row by row.
//!
//! - [`house`]: the installation it happens in, and its sending processes
//! - [`receiver`]: the mail server at the other end; [`mischief`] is what it does wrong
//! - [`reckoning`]: the comparison

mod house;
mod mischief;
mod receiver;
mod reckoning;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;
use fastrand::Rng;

use self::house::{House, Node};
use self::receiver::Receiver;
use self::reckoning::Reckoning;
use super::Output;
use super::arguments::one_of;
use super::output::progress;
use crate::domain::delivery::OnUncertain;

/// How long a sending process may take to begin a mail after its start.
const FIRST_SIGN: Duration = Duration::from_secs(20);
/// A process is killed within this time after its first mail.
const LONGEST_LIFE: Duration = Duration::from_millis(600);
/// How long the rest may take once nobody is killed any more.
const LAST_MAILS: Duration = Duration::from_mins(10);
/// How often the end is looked for.
const LOOK: Duration = Duration::from_millis(200);
/// The command given as `--interrupt` runs after every so many kills.
const INTERRUPT_EVERY: u32 = 10;

/// `rundbrief drill`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often a sending process is killed
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub kills: u32,

    /// An empty database to try it on, e.g. postgres://user@host/database [default: a new SQLite
    /// file that is thrown away]
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,

    /// What is done with mails of which nobody knows whether they arrived
    #[arg(long, default_value = "resend", value_parser = one_of!(OnUncertain))]
    pub policy: OnUncertain,

    /// Sending processes at the same time; several need PostgreSQL to share work well
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=16))]
    pub nodes: u32,

    /// Connections of each process
    #[arg(long, value_name = "NUMBER", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub connections: u32,

    /// Readers of each issue
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub readers: u32,

    /// A command for the shell, run after every tenth kill, e.g. one that restarts the database
    /// server
    #[arg(long, value_name = "COMMAND")]
    pub interrupt: Option<String>,

    /// Repeats the random choices of an earlier drill
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// Print the figures as JSON: kills, mails, lost, phantom, repeated, uncertain and more
    #[arg(long)]
    pub json: bool,
}

/// Kills, waits for the end, compares. The exit code is 1 when the ledger and the receiver tell
/// different stories.
pub async fn run(args: Args, out: &mut Output) -> anyhow::Result<ExitCode> {
    let begin = Instant::now();
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..));
    let mut random = Rng::with_seed(seed);
    let receiver = Receiver::start(random.fork()).await?;
    let house = House::build(&args, receiver.address()).await?;
    kill_and_restart(&args, &house, &receiver, &mut random).await?;
    receiver.behave();
    let finished = finish(&house, &args).await?;
    let reckoning = Reckoning::of(&house, &receiver, finished).await?;
    let figures = reckoning.figures(&args, seed, begin.elapsed());
    if args.json {
        out.json(&figures)?;
    } else {
        reckoning.print(&args, seed, out)?;
    }
    let wrong = reckoning.wrong(&args);
    ensure!(wrong.is_empty(), "the drill found: {}", wrong.join("; "));
    Ok(ExitCode::SUCCESS)
}

/// Sends issue after issue and kills who sends, as often as was asked for.
async fn kill_and_restart(
    args: &Args,
    house: &House,
    receiver: &Receiver,
    random: &mut Rng,
) -> anyhow::Result<()> {
    let mut nodes = Nodes::start(args, house)?;
    house.next_issue().await?;
    let bar = progress(args.kills.into(), "kills");
    for kill in 1..=args.kills {
        nodes.sending(receiver).await?;
        let span = random.u64(..u64::try_from(LONGEST_LIFE.as_micros())?);
        tokio::time::sleep(Duration::from_micros(span)).await;
        nodes.revive()?;
        let chosen = random.usize(..nodes.running.len());
        nodes.running[chosen].kill().await?;
        nodes.running[chosen] = house.node()?;
        if let Some(command) = args
            .interrupt
            .as_deref()
            .filter(|_| kill % INTERRUPT_EVERY == 0)
        {
            house::shell(command).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    nodes.stop().await
}

/// Lets the last processes send what is left; false when that did not come to an end.
async fn finish(house: &House, args: &Args) -> anyhow::Result<bool> {
    let begin = Instant::now();
    let mut nodes = Nodes::start(args, house)?;
    let finished = loop {
        if house.is_idle().await? {
            break true;
        }
        if begin.elapsed() > LAST_MAILS {
            break false;
        }
        nodes.revive()?;
        tokio::time::sleep(LOOK).await;
    };
    nodes.stop().await?;
    Ok(finished)
}

/// The sending processes.
struct Nodes<'a> {
    house: &'a House,
    running: Vec<Node>,
    /// Whether they may end by themselves: who starts while the database is away does.
    may_end: bool,
}

impl<'a> Nodes<'a> {
    fn start(args: &Args, house: &'a House) -> anyhow::Result<Self> {
        let running = (0..args.nodes)
            .map(|_| house.node())
            .collect::<Result<_, _>>()?;
        Ok(Self {
            house,
            running,
            may_end: args.interrupt.is_some(),
        })
    }

    /// Starts those again that have ended, as a service manager does.
    fn revive(&mut self) -> anyhow::Result<()> {
        for node in &mut self.running {
            if let Some(status) = node.ended()? {
                ensure!(
                    self.may_end,
                    "a sending process ended by itself ({status}); its reason stands above"
                );
                *node = self.house.node()?;
            }
        }
        Ok(())
    }

    /// Waits until mails go out, and sees to it that there are some.
    async fn sending(&mut self, receiver: &Receiver) -> anyhow::Result<()> {
        let begin = Instant::now();
        loop {
            self.revive()?;
            if self.house.is_idle().await? {
                self.house.next_issue().await?;
            }
            if receiver.hears_something(LOOK).await {
                return Ok(());
            }
            ensure!(
                begin.elapsed() < FIRST_SIGN,
                "no mail was begun within {} s",
                FIRST_SIGN.as_secs()
            );
        }
    }

    async fn stop(self) -> anyhow::Result<()> {
        for mut node in self.running {
            node.kill().await?;
        }
        Ok(())
    }
}
