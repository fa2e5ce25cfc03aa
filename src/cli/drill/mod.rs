//! `rundbrief drill`: tests whether a crash loses mails.
//!
//! Issues are sent to a receiver with injected faults, while the sending processes are killed at
//! random moments and started again, or cut off from the database. At the end the ledger is compared
//! with the receiver's log, row by row.
//!
//! - [`fixture`]: the installation, and its sending processes; [`database_link`] is their link to
//!   the database
//! - [`receiver`]: the mail server at the other end; [`fault_injection`] decides what it does wrong
//! - [`audit`]: the comparison

mod audit;
mod database_link;
mod fault_injection;
mod fixture;
mod receiver;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::ensure;
use fastrand::Rng;

use self::audit::Audit;
use self::fixture::{Fixture, Node};
use self::receiver::Receiver;
use super::Output;
use super::arguments::one_of;
use super::output::progress;
use crate::domain::delivery::OnUncertain;

/// How long a sending process may take to start its first mail.
const FIRST_SIGN: Duration = Duration::from_secs(20);
/// A process is killed within this time after its first mail.
const LONGEST_LIFE: Duration = Duration::from_millis(600);
/// How long the rest may take after the last kill.
const LAST_MAILS: Duration = Duration::from_mins(10);
/// How often to check for the end.
const POLL: Duration = Duration::from_millis(200);
/// The command of `--interrupt` runs after this many kills.
const INTERRUPT_EVERY: u32 = 10;

/// `rundbrief drill`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many times a sending process is killed
    #[arg(long, value_name = "NUMBER", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub kills: u32,

    /// An empty database to use, e.g. postgres://user@host/database [default: a new SQLite
    /// file that is thrown away]
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,

    /// What to do with mails whose outcome is unknown
    #[arg(long, default_value = "resend", value_parser = one_of!(OnUncertain))]
    pub policy: OnUncertain,

    /// The number of sending processes; use PostgreSQL with more than one
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=16))]
    pub nodes: u32,

    /// Connections per process
    #[arg(long, value_name = "NUMBER", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub connections: u32,

    /// Readers per issue
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub readers: u32,

    /// Seconds by which the clock of each process is ahead of the previous one's
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=86_400))]
    pub clock_skew: u32,

    /// Cut the processes off from the database for this long while mails are in flight: before the
    /// first kill and after every tenth. Leases last a third of this
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub outage: Option<u32>,

    /// A shell command that is run after every tenth kill, e.g. one that restarts the database
    /// server
    #[arg(long, value_name = "COMMAND")]
    pub interrupt: Option<String>,

    /// The seed of the random choices, to repeat an earlier drill
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// Print the figures as JSON: kills, mails, lost, phantom, repeated, uncertain and more
    #[arg(long)]
    pub json: bool,
}

impl Args {
    /// Whether the database goes down at times.
    const fn database_goes_away(&self) -> bool {
        self.interrupt.is_some() || self.outage.is_some()
    }
}

/// Kills, waits for the end, compares. The exit code is 1 if the ledger and the receiver disagree.
pub async fn run(args: Args, out: &mut Output) -> anyhow::Result<ExitCode> {
    let begin = Instant::now();
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..));
    let mut random = Rng::with_seed(seed);
    let receiver = Receiver::start(random.fork()).await?;
    let fixture = Fixture::build(&args, receiver.address()).await?;
    let nodes = kill_and_restart(&args, &fixture, &receiver, &mut random).await?;
    receiver.faultless();
    let finished = finish(&fixture, nodes).await?;
    let audit = Audit::of(&fixture, &receiver, finished).await?;
    let figures = audit.figures(&args, seed, begin.elapsed());
    if args.json {
        out.json(&figures)?;
    } else {
        audit.print(&args, seed, out)?;
    }
    let wrong = audit.wrong(&args);
    ensure!(wrong.is_empty(), "the drill found: {}", wrong.join("; "));
    Ok(ExitCode::SUCCESS)
}

/// Sends issue after issue and kills the senders, as often as requested.
async fn kill_and_restart<'a>(
    args: &Args,
    fixture: &'a Fixture,
    receiver: &Receiver,
    random: &mut Rng,
) -> anyhow::Result<Nodes<'a>> {
    let mut nodes = Nodes::start(args, fixture)?;
    fixture.next_issue().await?;
    nodes.outage(args, receiver).await?;
    let bar = progress(args.kills.into(), "kills");
    for kill in 1..=args.kills {
        nodes.sending(receiver).await?;
        let span = random.u64(..u64::try_from(LONGEST_LIFE.as_micros())?);
        tokio::time::sleep(Duration::from_micros(span)).await;
        nodes.restart_ended()?;
        let chosen = random.usize(..nodes.running.len());
        nodes.kill(chosen).await?;
        if kill % INTERRUPT_EVERY == 0 {
            if let Some(command) = &args.interrupt {
                fixture::shell(command).await?;
            }
            nodes.outage(args, receiver).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(nodes)
}

/// Lets the processes send the rest; false if that did not finish in time.
async fn finish(fixture: &Fixture, mut nodes: Nodes<'_>) -> anyhow::Result<bool> {
    let begin = Instant::now();
    let finished = loop {
        if fixture.is_idle().await? {
            break true;
        }
        if begin.elapsed() > LAST_MAILS {
            break false;
        }
        nodes.restart_ended()?;
        tokio::time::sleep(POLL).await;
    };
    nodes.stop().await?;
    Ok(finished)
}

/// The sending processes.
struct Nodes<'a> {
    fixture: &'a Fixture,
    running: Vec<Node>,
    /// How far the clock of each is ahead of the previous one's.
    clock_skew: Duration,
    /// Whether they may end by themselves: a process that starts while the database is down does.
    may_end: bool,
}

impl<'a> Nodes<'a> {
    fn start(args: &Args, fixture: &'a Fixture) -> anyhow::Result<Self> {
        let clock_skew = Duration::from_secs(args.clock_skew.into());
        let running = (0..args.nodes)
            .map(|number| fixture.node(clock_skew * number))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            fixture,
            running,
            clock_skew,
            may_end: args.database_goes_away(),
        })
    }

    /// Kills one of them and starts it again.
    async fn kill(&mut self, number: usize) -> anyhow::Result<()> {
        self.running[number].kill().await?;
        self.start_again(number)
    }

    fn start_again(&mut self, number: usize) -> anyhow::Result<()> {
        let ahead = self.clock_skew * u32::try_from(number)?;
        self.running[number] = self.fixture.node(ahead)?;
        Ok(())
    }

    /// Cuts them off from the database in the middle of sending, if requested.
    async fn outage(&mut self, args: &Args, receiver: &Receiver) -> anyhow::Result<()> {
        let Some(seconds) = args.outage else {
            return Ok(());
        };
        self.sending(receiver).await?;
        let span = Duration::from_secs(seconds.into());
        self.fixture.cut_database(span).await
    }

    /// Restarts those that have ended, as a service manager does.
    fn restart_ended(&mut self) -> anyhow::Result<()> {
        for number in 0..self.running.len() {
            if let Some(status) = self.running[number].ended()? {
                ensure!(
                    self.may_end,
                    "a sending process ended by itself ({status}); see its error above"
                );
                self.start_again(number)?;
            }
        }
        Ok(())
    }

    /// Waits until mails are in flight, and ensures that there are some.
    async fn sending(&mut self, receiver: &Receiver) -> anyhow::Result<()> {
        let begin = Instant::now();
        loop {
            self.restart_ended()?;
            if self.fixture.is_idle().await? {
                self.fixture.next_issue().await?;
            }
            if receiver.wait_for_mail(POLL).await {
                return Ok(());
            }
            ensure!(
                begin.elapsed() < FIRST_SIGN,
                "no mail was started within {} s",
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
