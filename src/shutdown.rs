//! Stopping in good order: SIGTERM or Ctrl-C asks, everybody finishes what is under way, and a
//! second signal leaves at once.
//!
//! `cli::serve` calls [`run`] and hands clones of its [`Shutdown`] to web, jobs and delivery. Each looks at it
//! between two pieces of work and never in the middle of one: a worker stops leasing, finishes the
//! mail in flight, records the result, and returns. After `server.shutdown_within` the process
//! leaves anyway; mails in flight at that moment are *uncertain* at the next start.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// A handle by which one is asked to stop. Clones are asked together.
#[derive(Debug, Clone, Default)]
pub struct Shutdown(CancellationToken);

/// The exit code of a process that left at a second signal: 128 + SIGINT, as shells count.
pub const LEFT_AT_ONCE: u8 = 130;

impl Shutdown {
    /// A handle that is asked by [`Self::ask`] only: for tests and the demo.
    pub fn new() -> Self {
        Self::default()
    }

    /// A handle that the signals of this process ask: SIGTERM, SIGINT (Ctrl-C). The second value
    /// returns at the second signal; whoever runs the process drops everything then and ends it
    /// with [`LEFT_AT_ONCE`].
    pub fn on_signals() -> std::io::Result<(Self, impl Future<Output = ()> + Send)> {
        let shutdown = Self::new();
        // Taken before this returns, so that no signal kills the process in between.
        let mut signals = Signals::new()?;
        let asked = shutdown.clone();
        let second = async move {
            signals.next().await;
            tracing::info!(
                "asked to stop; finishing what is under way (a second signal leaves at once)"
            );
            asked.ask();
            signals.next().await;
            tracing::warn!("asked twice; leaving at once");
        };
        Ok((shutdown, second))
    }

    /// Asks everybody to stop.
    pub fn ask(&self) {
        self.0.cancel();
    }

    /// Whether one was asked to stop.
    pub fn is_asked(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Returns once one is asked to stop; at once if that was before.
    pub async fn asked(&self) {
        self.0.cancelled().await;
    }

    /// What `work` gives, or `None` if one is asked to stop before it is done; `work` is dropped then.
    /// Only for waiting, never for work that must not be cut off.
    pub async fn unless_asked<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.0.run_until_cancelled(work).await
    }

    /// Runs `work` to its end, but once one is asked to stop only `within` that time longer; `None`
    /// if that did not suffice.
    pub async fn finish<T>(&self, within: Duration, work: impl Future<Output = T>) -> Option<T> {
        let too_late = async {
            self.asked().await;
            tokio::time::sleep(within).await;
        };
        tokio::select! {
            result = work => Some(result),
            () = too_late => None,
        }
    }
}

/// How work that was run by [`run`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended<T> {
    /// By itself or because it was asked to, with this result.
    InOrder(T),
    /// It was asked to stop and had not done so when the time was up.
    TooLate,
    /// A second signal came; the process is to end with [`LEFT_AT_ONCE`].
    AtOnce,
}

/// Runs the work of a process that serves: `work` gets the handle that the signals ask, and after
/// that has `within` to end.
pub async fn run<T, W: Future<Output = T>>(
    within: Duration,
    work: impl FnOnce(Shutdown) -> W,
) -> std::io::Result<Ended<T>> {
    let (shutdown, second) = Shutdown::on_signals()?;
    let work = work(shutdown.clone());
    Ok(tokio::select! {
        result = shutdown.finish(within, work) => result.map_or(Ended::TooLate, Ended::InOrder),
        () = second => Ended::AtOnce,
    })
}

/// The signals that ask to stop.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "taking signals can fail on Unix")]
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_is_finished_within_the_time() {
        let shutdown = Shutdown::new();
        shutdown.ask();
        assert!(shutdown.is_asked());
        let short = async { tokio::task::yield_now().await };
        assert_eq!(
            shutdown.finish(Duration::from_mins(1), short).await,
            Some(())
        );
        // Whoever never ends is left behind.
        let endless = std::future::pending::<()>();
        assert_eq!(
            shutdown.finish(Duration::from_millis(1), endless).await,
            None
        );
        assert_eq!(
            shutdown.unless_asked(std::future::pending::<()>()).await,
            None
        );
    }

    /// SIGTERM to this very process, which [`run`] has made harmless.
    #[cfg(unix)]
    async fn terminate_this_process() {
        let pid = std::process::id().to_string();
        let sent = tokio::task::spawn_blocking(move || {
            std::process::Command::new("kill")
                .args(["-TERM", &pid])
                .status()
        });
        assert!(
            sent.await
                .is_ok_and(|status| status.is_ok_and(|status| status.success()))
        );
    }

    /// One test, not two: signals reach the process, and with it every test that runs in it.
    #[cfg(unix)]
    #[tokio::test]
    async fn the_first_signal_asks_and_the_second_leaves_at_once() {
        let ended = run(Duration::from_mins(1), |shutdown| async move {
            terminate_this_process().await;
            shutdown.asked().await;
            "done"
        });
        assert_eq!(ended.await.ok(), Some(Ended::InOrder("done")));

        let ended = run(Duration::from_mins(1), |shutdown| async move {
            terminate_this_process().await;
            shutdown.asked().await;
            terminate_this_process().await;
            std::future::pending::<()>().await;
        });
        assert_eq!(ended.await.ok(), Some(Ended::AtOnce));
    }
}
