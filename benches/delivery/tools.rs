//! Postfix's `smtp-sink` and `smtp-source`.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::net::{TcpListener, TcpStream};

/// Where the programs are: the folder in `POSTFIX_TOOLS`, else in the PATH.
fn tool(name: &str) -> PathBuf {
    std::env::var_os("POSTFIX_TOOLS").map_or_else(
        || PathBuf::from(name),
        |folder| PathBuf::from(folder).join(name),
    )
}

/// The receiver: accepts everything, keeps nothing.
pub(crate) struct Sink {
    pub(crate) port: u16,
    process: Child,
}

impl Sink {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0").await?;
        let port = free.local_addr()?.port();
        drop(free);
        // As root, it requires another user.
        let user = std::env::var_os("SMTP_SINK_USER");
        let user = user.iter().flat_map(|user| ["-u".into(), user.clone()]);
        let process = Command::new(tool("smtp-sink"))
            .args(user)
            .args([&format!("127.0.0.1:{port}"), "1000"])
            .stdin(Stdio::null())
            .spawn()
            .context("smtp-sink cannot be started; `scripts/bench delivery` finds or fetches it")?;
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(Self { port, process });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("smtp-sink does not answer");
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = (self.process.kill(), self.process.wait());
    }
}

/// The load generator.
pub(crate) struct Source;

impl Source {
    /// Mails each second over connections that are kept open.
    pub(crate) async fn run(
        port: u16,
        connections: u32,
        mails: u32,
        size: usize,
    ) -> anyhow::Result<f64> {
        let mut command = Command::new(tool("smtp-source"));
        command
            .arg("-d")
            .args(["-s", &connections.to_string()])
            .args(["-m", &mails.to_string()])
            .args(["-l", &size.to_string()])
            .args(["-f", "post@example.org", "-t", "reader@example.org"])
            .arg(format!("127.0.0.1:{port}"));
        let begin = Instant::now();
        let status = tokio::task::spawn_blocking(move || command.status())
            .await?
            .context("smtp-source cannot be started")?;
        if !status.success() {
            bail!("smtp-source ended with {status}");
        }
        Ok(f64::from(mails) / begin.elapsed().as_secs_f64())
    }
}
