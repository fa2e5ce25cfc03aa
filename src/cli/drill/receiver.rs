//! The mail server of a drill: speaks SMTP on the loopback address, injects faults, and remembers
//! every mail it accepted.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use fastrand::Rng;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::fault_injection::Fault;

/// Readers whose address begins with this have no mailbox.
pub(super) const GONE: &str = "gone";
/// A longer line or mail ends the connection: our own sender writes neither.
const LONGEST_LINE: usize = 2_000;
const LARGEST_MAIL: usize = 2_000_000;
/// How long a silent receiver keeps the connection.
const SILENCE: Duration = Duration::from_secs(30);

/// The server; stopped when dropped.
pub(super) struct Receiver {
    address: SocketAddr,
    state: Arc<State>,
    _task: JoinSet<()>,
}

struct State {
    log: Mutex<MailLog>,
    random: Mutex<Rng>,
    heard: Notify,
}

/// The received mails.
#[derive(Debug, Default)]
pub(super) struct MailLog {
    /// By Message-ID, with its angle brackets.
    pub taken: HashMap<String, Taken>,
    /// Message-IDs that it has refused permanently after the end of data.
    pub refused: HashSet<String>,
    /// Mails it accepted without a reply.
    pub unanswered: u64,
    /// Accepts every mail from now on.
    faultless: bool,
}

/// A mail it accepted, perhaps several times.
#[derive(Debug)]
pub(super) struct Taken {
    /// The recipient of the envelope.
    to: String,
    /// How often.
    pub times: u64,
    /// How often without a reply.
    pub unanswered: u64,
    /// Whether a repeat differed from the first, or had another recipient.
    pub changed: bool,
    digest: [u8; 32],
}

impl MailLog {
    /// Records an accepted mail.
    pub(super) fn take(&mut self, id: String, to: &str, mail: &[u8], answered: bool) {
        self.unanswered += u64::from(!answered);
        let digest: [u8; 32] = Sha256::digest(mail).into();
        let taken = self.taken.entry(id).or_insert_with(|| Taken {
            to: to.to_owned(),
            times: 0,
            unanswered: 0,
            changed: false,
            digest,
        });
        taken.times += 1;
        taken.unanswered += u64::from(!answered);
        taken.changed |= taken.digest != digest || taken.to != to;
    }
}

impl Receiver {
    pub(super) async fn start(random: Rng) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("cannot listen on the loopback address")?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            log: Mutex::default(),
            random: Mutex::new(random),
            heard: Notify::new(),
        });
        let mut task = JoinSet::new();
        let shared = Arc::clone(&state);
        task.spawn(async move {
            let mut sessions = JoinSet::new();
            loop {
                tokio::select! {
                    accepted = listener.accept() => if let Ok((tcp, _)) = accepted {
                        let session = Session::new(tcp, Arc::clone(&shared));
                        // The sender handles any end of the session.
                        sessions.spawn(async move { session.hold().await.ok() });
                    },
                    Some(_) = sessions.join_next() => {}
                }
            }
        });
        Ok(Self {
            address,
            state,
            _task: task,
        })
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops injecting faults.
    pub(super) fn faultless(&self) {
        lock(&self.state.log).faultless = true;
    }

    /// Waits for the next mail to start; false if none did.
    pub(super) async fn wait_for_mail(&self, at_most: Duration) -> bool {
        tokio::time::timeout(at_most, self.state.heard.notified())
            .await
            .is_ok()
    }

    /// The received mails.
    pub(super) fn log(&self) -> MutexGuard<'_, MailLog> {
        lock(&self.state.log)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One connection.
struct Session {
    reading: BufReader<OwnedReadHalf>,
    writing: OwnedWriteHalf,
    /// Replies that have not been written yet.
    said: Vec<u8>,
    state: Arc<State>,
    /// Whether this one announces PIPELINING.
    pipelining: bool,
}

/// The error that closes a connection on purpose.
fn cut() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

impl Session {
    fn new(tcp: TcpStream, state: Arc<State>) -> Self {
        let pipelining = lock(&state.random).bool();
        // Without it replies would only be slower.
        let _ = tcp.set_nodelay(true);
        let (reading, writing) = tcp.into_split();
        Self {
            reading: BufReader::with_capacity(64 * 1024, reading),
            writing,
            said: Vec::new(),
            state,
            pipelining,
        }
    }

    async fn hold(mut self) -> io::Result<()> {
        self.say("220 drill.example ESMTP");
        let (mut fault, mut to) = (Fault::Nothing, None);
        loop {
            let line = self.line().await?;
            let verb = line.split([' ', ':']).next().unwrap_or_default();
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" if self.pipelining => {
                    self.say("250-drill.example\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES");
                }
                "EHLO" => self.say("250-drill.example\r\n250 ENHANCEDSTATUSCODES"),
                "MAIL" => {
                    to = None;
                    fault = self.draw();
                    self.state.heard.notify_waiters();
                    self.sender(fault).await?;
                }
                "RCPT" => to = self.recipient(&line, fault).await?,
                "DATA" => match to.take() {
                    Some(to) => self.mail(&to, fault).await?,
                    None => self.say("503 5.5.1 nobody to send it to"),
                },
                "RSET" => {
                    to = None;
                    self.say("250 2.0.0 forgotten");
                }
                "QUIT" => {
                    self.say("221 2.0.0 goodbye");
                    return self.flush().await;
                }
                _ => self.say("500 5.5.2 what?"),
            }
        }
    }

    fn draw(&self) -> Fault {
        if lock(&self.state.log).faultless {
            return Fault::Nothing;
        }
        Fault::draw(&mut lock(&self.state.random))
    }

    async fn sender(&mut self, fault: Fault) -> io::Result<()> {
        match fault {
            Fault::SenderLater => self.say("451 4.3.0 not now"),
            Fault::Garbage => self.say("2x0 !!"),
            Fault::Closing => {
                self.say("421 4.3.2 shutting down");
                self.flush().await?;
                return Err(cut());
            }
            Fault::Slow(time) => {
                tokio::time::sleep(time).await;
                self.say("250 2.1.0 go on");
            }
            _ => self.say("250 2.1.0 go on"),
        }
        Ok(())
    }

    /// The recipient, if it is one.
    async fn recipient(&mut self, line: &str, fault: Fault) -> io::Result<Option<String>> {
        let inside = line
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'));
        let Some((to, _)) = inside else {
            self.say("501 5.1.3 no address");
            return Ok(None);
        };
        if to.starts_with(GONE) {
            self.say("550 5.1.1 no such mailbox");
            return Ok(None);
        }
        match fault {
            Fault::SenderLater | Fault::Garbage => {
                self.say("503 5.5.1 MAIL first");
                return Ok(None);
            }
            Fault::RecipientLater => {
                self.say("450 4.2.1 mailbox busy");
                return Ok(None);
            }
            Fault::SilentAtRecipient => return Err(self.keep_silent().await),
            Fault::HalfLine => {
                self.said.extend_from_slice(b"250 2.1");
                self.flush().await?;
                return Err(cut());
            }
            _ => self.say("250 2.1.5 go on"),
        }
        Ok(Some(to.to_owned()))
    }

    async fn mail(&mut self, to: &str, fault: Fault) -> io::Result<()> {
        self.say("354 go on");
        self.flush().await?;
        if fault == Fault::CutInMail {
            self.line().await?;
            return Err(cut());
        }
        let mut mail = Vec::new();
        loop {
            let line = self.line().await?;
            if line == "." {
                break;
            }
            mail.extend_from_slice(line.as_bytes());
            mail.extend_from_slice(b"\r\n");
            if mail.len() > LARGEST_MAIL {
                return Err(cut());
            }
        }
        match fault {
            Fault::MailLater => self.say("452 4.3.1 no room"),
            Fault::MailNever => {
                if let Some(id) = message_id(&mail) {
                    lock(&self.state.log).refused.insert(id);
                }
                self.say("554 5.6.0 not like this");
            }
            Fault::CutAtDot { kept } => {
                self.keep(&mail, to, kept, false);
                return Err(cut());
            }
            Fault::SilentAtDot { kept } => {
                self.keep(&mail, to, kept, false);
                return Err(self.keep_silent().await);
            }
            Fault::Slow(time) => {
                self.keep(&mail, to, true, true);
                tokio::time::sleep(time).await;
                self.say("250 2.0.0 taken");
            }
            _ => {
                self.keep(&mail, to, true, true);
                self.say("250 2.0.0 taken");
            }
        }
        Ok(())
    }

    /// Records a mail, before any reply.
    fn keep(&self, mail: &[u8], to: &str, kept: bool, answered: bool) {
        if !kept {
            return;
        }
        // Our mails have one; without it, a mail counts as unknown.
        let id = message_id(mail).unwrap_or_default();
        lock(&self.state.log).take(id, to, mail, answered);
    }

    async fn keep_silent(&mut self) -> io::Error {
        // Replies before the silence are still written.
        let flushed = self.flush().await;
        tokio::time::sleep(SILENCE).await;
        flushed.err().unwrap_or_else(cut)
    }

    fn say(&mut self, line: &str) {
        self.said.extend_from_slice(line.as_bytes());
        self.said.extend_from_slice(b"\r\n");
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.writing.write_all(&self.said).await?;
        self.said.clear();
        Ok(())
    }

    /// The next line, without its end. Replies are written when no more input is buffered, so that
    /// pipelined commands are answered together.
    async fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        loop {
            if self.reading.buffer().is_empty() {
                self.flush().await?;
            }
            let ready = self.reading.fill_buf().await?;
            if ready.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let (used, whole) = match ready.iter().position(|byte| *byte == b'\n') {
                Some(end) => (end + 1, true),
                None => (ready.len(), false),
            };
            line.extend_from_slice(&ready[..used]);
            self.reading.consume(used);
            if line.len() > LONGEST_LINE {
                return Err(cut());
            }
            if whole {
                line.truncate(line.len() - 1);
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return String::from_utf8(line).map_err(|_| cut());
            }
        }
    }
}

/// The Message-ID of a mail.
fn message_id(mail: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(mail).ok()?;
    let (head, _) = text.split_once("\r\n\r\n")?;
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("Message-ID")
            .then(|| value.trim().to_owned())
    };
    head.lines().find_map(field)
}
