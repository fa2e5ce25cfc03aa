//! The installation of a drill: a folder, an empty database with readers in it, and the processes
//! that send. Everything except the readers is set up with ordinary commands.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};

use super::Args;
use super::database_link::DatabaseLink;
use super::receiver::GONE;
use crate::cli::context::location;
use crate::clock::Clock;
use crate::config::DatabaseUrl;
use crate::domain::address::Address;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::token::Keyring;
use crate::domain::topic::TopicSet;
use crate::store::sample::SampleReader;
use crate::store::{self, Db, Location, StoreError};

/// The newsletter; its mails come from this domain.
const NEWSLETTER: &str = "drill";
pub(super) const DOMAIN: &str = "drill.example";
/// One reader in this many no longer has a mailbox.
const GONE_EVERY: u32 = 40;
/// The most issues of one drill.
pub(super) const MOST_ISSUES: i64 = 100_000;
/// How long commands and queries are retried while the database may be down.
const DATABASE_TIMEOUT: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(200);

/// The installation. Its folder is removed when it is dropped.
pub(super) struct Fixture {
    /// Signs links, and derives the Message-ID of every mail.
    pub keyring: Keyring,
    location: Location,
    /// The sending processes' link to it, if it can be cut.
    link: Option<DatabaseLink>,
    /// Whether the database goes down at times: then failed commands are retried.
    interrupted: bool,
    settings: Vec<(&'static str, String)>,
    program: PathBuf,
    folder: TempDir,
}

impl Fixture {
    /// Creates the installation; its relay is at `relay`.
    pub(super) async fn build(args: &Args, relay: SocketAddr) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("rundbrief-drill-")
            .tempdir()
            .context("no temporary folder can be created; set TMPDIR to a writable directory")?;
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).context("the operating system gave no random bytes")?;
        let key = Keyring::generate(entropy);
        let url = match &args.database {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", folder.path().join("rundbrief.db").display()),
        };
        let parsed = DatabaseUrl::parse(&url).map_err(anyhow::Error::msg)?;
        let link = match args.outage {
            Some(_) => Some(DatabaseLink::open(&url).await?),
            None => None,
        };
        let fixture = Self {
            link,
            interrupted: args.database_goes_away(),
            keyring: Keyring::parse::<&str>(&key, &[])?,
            location: location(&parsed),
            settings: settings(args, relay, key, url),
            program: std::env::current_exe().context("the path of this program is unknown")?,
            folder,
        };
        fixture.populate(args).await?;
        Ok(fixture)
    }

    /// A newsletter and its readers.
    async fn populate(&self, args: &Args) -> anyhow::Result<()> {
        let db = Db::open(&self.location, 1).await?;
        let known = store::newsletter::list(&mut db.read().await?).await?;
        ensure!(
            known.is_empty(),
            "the database of a drill must be empty, and this one has newsletters in it: name another one"
        );
        let add = [
            "newsletter",
            "add",
            NEWSLETTER,
            "--name",
            "de=Übung",
            "--description",
            "de=Eine Übung.",
            "--sender-name",
            "Übung",
            "--sender-address",
            "news@drill.example",
            "--on-uncertain",
            args.policy.as_str(),
        ];
        self.run(&add, "").await?;
        let newsletter = store::newsletter::by_key(&mut db.read().await?, NEWSLETTER).await?;
        let newsletter = newsletter.context("the newsletter was just added")?.id;
        let confirmed_at = Clock::system().now();
        let sample = |address| SampleReader {
            address,
            language: Language::De,
            topics: TopicSet::EMPTY,
            confirmed_at,
        };
        let readers = (0..args.readers)
            .map(|number| reader(number).map(sample))
            .collect::<Result<Vec<_>, _>>()?;
        store::sample::add_readers(&db, newsletter, &readers).await?;
        db.close().await;
        Ok(())
    }

    /// Composes and sends the next issue.
    pub(super) async fn next_issue(&self) -> anyhow::Result<()> {
        let id = store::new_uuid(Clock::system().now());
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>Übung</title><language>de</language><item><guid>{id}</guid>\
             <title>Übung {id}</title><description>.Zeile mit Punkt am Anfang\n.\n</description></item></channel></rss>"
        );
        self.run(&["import", "feed", "-", "--publish"], &feed)
            .await?;
        self.run(&["issue", "compose", NEWSLETTER], "").await?;
        let issue = self
            .with_retries(async |db| {
                let newest = store::issue::list(&mut db.read().await?, None, MOST_ISSUES).await?;
                Ok(newest.iter().map(|issue| issue.number).max())
            })
            .await?
            .context("the issue was just composed")?;
        let name = format!("{NEWSLETTER}/{issue}");
        self.run(&["issue", "send", &name, "--queue"], "").await?;
        Ok(())
    }

    /// Whether every issue has been sent.
    pub(super) async fn is_idle(&self) -> anyhow::Result<bool> {
        self.with_retries(async |db| {
            let mut conn = db.read().await?;
            let issues = store::issue::in_state(&mut conn, IssueState::Sending).await?;
            Ok(issues.is_empty())
        })
        .await
    }

    /// Starts a sending process whose clock is ahead by this much.
    pub(super) fn node(&self, clock_ahead: Duration) -> anyhow::Result<Node> {
        let ahead = clock_ahead.as_secs().to_string();
        let mut command = self.command(&["serve", "--role", "worker", "--clock-ahead", &ahead]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(url) = self.link.as_ref().and_then(DatabaseLink::url) {
            command.env("RUNDBRIEF__DATABASE__URL", url);
        }
        Ok(Node(
            command
                .spawn()
                .context("a sending process cannot be started")?,
        ))
    }

    /// Cuts the sending processes off from the database for this long.
    pub(super) async fn cut_database(&self, span: Duration) -> anyhow::Result<()> {
        match &self.link {
            Some(link) => link.cut(&self.location, span).await,
            None => Ok(()),
        }
    }

    /// Queries the database, with retries while it is down.
    pub(super) async fn with_retries<T>(
        &self,
        ask: impl AsyncFn(&Db) -> Result<T, StoreError>,
    ) -> anyhow::Result<T> {
        let begin = Instant::now();
        loop {
            let answer = async {
                let db = Db::open(&self.location, 1).await?;
                let answer = ask(&db).await;
                db.close().await;
                answer
            };
            match answer.await {
                Ok(answer) => return Ok(answer),
                Err(error) if begin.elapsed() > DATABASE_TIMEOUT => return Err(error.into()),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Runs a command to its end, with retries if the database may be down.
    async fn run(&self, arguments: &[&str], input: &str) -> anyhow::Result<()> {
        let begin = Instant::now();
        loop {
            let mut command = self.command(arguments);
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::piped());
            let mut child = command.spawn().context("a command cannot be started")?;
            if let Some(mut stdin) = child.stdin.take() {
                // A command that does not need it ends without reading.
                let _ = stdin.write_all(input.as_bytes()).await;
            }
            let ended = child.wait_with_output().await?;
            if ended.status.success() {
                return Ok(());
            }
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            if begin.elapsed() > DATABASE_TIMEOUT || !self.interrupted {
                bail!("rundbrief {} failed: {said}", arguments.join(" "));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        // Settings of the installation on this machine must not reach the drill.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RUNDBRIEF") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .envs(
                self.settings
                    .iter()
                    .map(|(name, value)| (format!("RUNDBRIEF__{name}"), value)),
            )
            .current_dir(self.folder.path())
            .kill_on_drop(true);
        command
    }
}

fn settings(
    args: &Args,
    relay: SocketAddr,
    key: String,
    database: String,
) -> Vec<(&'static str, String)> {
    // A slow machine must not turn results into missing replies where each one counts.
    let accept = if args.kills == 0 {
        "10 seconds"
    } else {
        "1 second"
    };
    let fixed = [
        ("ORGANISATION__NAME", "Übung"),
        ("ORGANISATION__ADDRESS", "Markt 1,52062 Aachen"),
        ("ORGANISATION__REPRESENTATIVE", "Erika Beispiel"),
        ("ORGANISATION__EMAIL", "post@drill.example"),
        ("SERVER__PUBLIC_URL", "https://drill.example"),
        // The receiver is silent at times.
        ("RELAY__CONNECT_TIMEOUT", "2 seconds"),
        ("RELAY__COMMAND_TIMEOUT", "1 second"),
        ("RELAY__DATA_TIMEOUT", "1 second"),
        ("RELAY__ACCEPT_TIMEOUT", accept),
        ("DELIVERY__LEASE_SIZE", "4"),
        ("DELIVERY__POLL_EVERY", "100 ms"),
        ("DELIVERY__RETRY_FIRST", "1 second"),
        ("DELIVERY__RETRY_LONGEST", "2 seconds"),
        ("DELIVERY__TRANSPORT_ERROR_WAIT", "1 second"),
        // The receiver refuses on purpose.
        ("DELIVERY__PAUSE_POLICY_REFUSALS", "0"),
        ("DELIVERY__PAUSE_FAILED_SHARE", "100 %"),
        ("LOG__LEVEL", "error"),
    ];
    let mut settings = vec![
        ("SECURITY__KEY", key),
        ("DATABASE__URL", database),
        ("RELAY__URL", format!("smtp://{relay}")),
        ("RELAY__CONNECTIONS", args.connections.to_string()),
        ("DELIVERY__LEASE_FOR", lease_for(args)),
    ];
    settings.extend(fixed.map(|(name, value)| (name, value.to_owned())));
    settings
}

/// Short, because nobody waits two minutes for each take-over; an outage lasts three leases.
fn lease_for(args: &Args) -> String {
    let third = args.outage.map_or(0, |outage| outage / 3);
    format!("{} seconds", third.max(3))
}

/// The address of a reader.
fn reader(number: u32) -> anyhow::Result<Address> {
    let name = if number % GONE_EVERY == GONE_EVERY - 1 {
        GONE
    } else {
        "reader"
    };
    Ok(Address::parse(&format!("{name}{number}@mail.example"))?)
}

/// A sending process.
pub(super) struct Node(Child);

impl Node {
    /// Its exit status, if it has ended by itself.
    pub(super) fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.0.try_wait()?)
    }

    /// `kill -9`: no chance to clean up.
    pub(super) async fn kill(&mut self) -> anyhow::Result<()> {
        let killed = self.0.kill().await;
        killed.context("a sending process cannot be killed")
    }
}

/// Runs a command of the shell.
pub(super) async fn shell(command: &str) -> anyhow::Result<()> {
    let ended = Command::new("sh")
        .arg("-c")
        .arg(command)
        .stdout(Stdio::null())
        .status()
        .await?;
    ensure!(ended.success(), "“{command}” failed ({ended})");
    Ok(())
}
