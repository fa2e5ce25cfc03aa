//! An SMTP server for tests: accepts mails, and misbehaves by script.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What the server does instead of answering as usual.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    /// Replies with this (including line ends), and continues.
    Say(&'static str),
    /// Closes the connection without a reply.
    Cut,
    /// Replies with this and closes.
    SayAndCut(&'static str),
    /// Never replies.
    Silence,
}

/// At which command, for which recipient (a prefix of the address), how often.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) at: &'static str,
    pub(super) to: &'static str,
    pub(super) times: usize,
    pub(super) act: Act,
}

/// A mail whose end of data arrived.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) to: String,
    pub(super) text: String,
    /// Whether the server replied 250.
    pub(super) accepted: bool,
}

impl Received {
    pub(super) fn message_id(&self) -> &str {
        self.text
            .lines()
            .find_map(|line| line.strip_prefix("Message-ID: "))
            .expect("every mail has a Message-ID")
    }
}

/// The server's behaviour apart from its rules.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// Its EHLO reply.
    pub(super) hello: &'static str,
    /// Closes the connection after this many mails.
    pub(super) close_after: usize,
    /// The delay before each reply.
    pub(super) latency: Duration,
    /// Writes its replies in pieces of this many bytes.
    pub(super) piece: usize,
    /// Replies 503 to RCPT without a sender and to DATA without a recipient, as Postfix does;
    /// otherwise it accepts both.
    pub(super) strict: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            hello: "250-test\r\n250-SIZE 1000000\r\n250 HELP\r\n",
            close_after: usize::MAX,
            latency: Duration::ZERO,
            piece: usize::MAX,
            strict: false,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct TestRelay {
    pub(super) port: u16,
    habits: Habits,
    /// Bytes of replies it may still send before it closes a connection.
    left: Arc<Mutex<usize>>,
    commands: Arc<Mutex<Vec<String>>>,
    /// MAIL commands that arrived together with the next command.
    together: Arc<AtomicUsize>,
    rules: Arc<Mutex<Vec<Rule>>>,
    received: Arc<Mutex<Vec<Received>>>,
    /// The responses to AUTH.
    logins: Arc<Mutex<Vec<String>>>,
}

impl TestRelay {
    pub(super) async fn start(rules: &[(&'static str, &'static str, usize, Act)]) -> Self {
        Self::with(Habits::default(), rules).await
    }

    pub(super) async fn with(
        habits: Habits,
        rules: &[(&'static str, &'static str, usize, Act)],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let rules = rules
            .iter()
            .map(|&(at, to, times, act)| Rule { at, to, times, act })
            .collect();
        let relay = Self {
            port: listener.local_addr().expect("bound").port(),
            habits,
            left: Arc::new(Mutex::new(usize::MAX)),
            commands: Arc::default(),
            together: Arc::default(),
            rules: Arc::new(Mutex::new(rules)),
            received: Arc::default(),
            logins: Arc::default(),
        };
        let server = relay.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let relay = server.clone();
                tokio::spawn(async move { relay.converse(stream).await });
            }
        });
        relay
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no panic").clone()
    }

    /// Every command line it received, without mails.
    pub(super) fn commands(&self) -> Vec<String> {
        self.commands.lock().expect("no panic").clone()
    }

    /// Closes the next connection after this many bytes of replies, even in the middle of a line.
    pub(super) fn cut_after(&self, bytes: usize) {
        *self.left.lock().expect("no panic") = bytes;
    }

    /// How many MAIL commands arrived together with the next command.
    pub(super) fn together(&self) -> usize {
        self.together.load(Ordering::Relaxed)
    }

    /// The responses to AUTH, in order.
    pub(super) fn logins(&self) -> Vec<String> {
        self.logins.lock().expect("no panic").clone()
    }

    /// The recipients of accepted mails, sorted.
    pub(super) fn accepted(&self) -> Vec<String> {
        let mut all: Vec<_> = self
            .received()
            .into_iter()
            .filter(|mail| mail.accepted)
            .map(|mail| mail.to)
            .collect();
        all.sort();
        all
    }

    fn rule(&self, at: &str, to: &str) -> Option<Act> {
        let mut rules = self.rules.lock().expect("no panic");
        let rule = rules
            .iter_mut()
            .find(|rule| rule.at == at && rule.times > 0 && to.starts_with(rule.to))?;
        rule.times -= 1;
        Some(rule.act)
    }

    async fn converse(&self, stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read);
        let mut to = String::new();
        let mut sender = false;
        let mut mails = 0;
        self.act("connect", "", "220 test\r\n", &mut write).await?;
        while let Some(line) = next_line(&mut lines).await {
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            self.commands.lock().expect("no panic").push(line.clone());
            match verb.as_str() {
                "EHLO" => {
                    self.act("ehlo", "", self.habits.hello, &mut write).await?;
                }
                "AUTH" => {
                    let said = line.get(5..).unwrap_or_default().to_owned();
                    self.logins.lock().expect("no panic").push(said);
                    self.act("auth", "", "235 2.7.0 welcome\r\n", &mut write)
                        .await?;
                }
                "MAIL" => {
                    let more = !lines.buffer().is_empty();
                    self.together.fetch_add(more.into(), Ordering::Relaxed);
                    to.clear();
                    let said = self.act("mail", "", "250 ok\r\n", &mut write).await?;
                    sender = said.starts_with("250");
                }
                "RCPT" => {
                    let address = &line[9..line.find('>').expect("an address in brackets")];
                    let usual = match (self.habits.strict, sender) {
                        (true, false) => "503 5.5.1 no sender\r\n",
                        _ => "250 ok\r\n",
                    };
                    let said = self.act("rcpt", address, usual, &mut write).await?;
                    if said.starts_with("250") || !self.habits.strict {
                        address.clone_into(&mut to);
                    }
                }
                "DATA" => {
                    let usual = match (self.habits.strict, to.is_empty()) {
                        (true, true) => "503 5.5.1 no recipients\r\n",
                        _ => "354 go\r\n",
                    };
                    let go = self.act("data", &to, usual, &mut write).await?;
                    if !go.starts_with("354") {
                        continue;
                    }
                    let mut text = String::new();
                    loop {
                        let line = next_line(&mut lines).await?;
                        if line == "." {
                            break;
                        }
                        text.push_str(line.strip_prefix('.').unwrap_or(&line));
                        text.push('\n');
                    }
                    let act = self.rule("dot", &to);
                    let accepted = match act {
                        None => true,
                        Some(Act::Say(words)) => words.starts_with("250"),
                        Some(_) => false,
                    };
                    self.received.lock().expect("no panic").push(Received {
                        to: to.clone(),
                        text,
                        accepted,
                    });
                    self.perform(act, "250 2.0.0 kept\r\n", &mut write).await?;
                    mails += 1;
                    if mails == self.habits.close_after {
                        return None;
                    }
                }
                "QUIT" => {
                    let _ = write.write_all(b"221 bye\r\n").await;
                    return None;
                }
                _ => {
                    self.act("rset", "", "250 ok\r\n", &mut write).await?;
                }
            }
        }
        None
    }

    async fn act(
        &self,
        at: &str,
        to: &str,
        usual: &'static str,
        write: &mut OwnedWriteHalf,
    ) -> Option<&'static str> {
        self.perform(self.rule(at, to), usual, write).await
    }

    /// The reply; `None` if the connection should close.
    async fn perform(
        &self,
        act: Option<Act>,
        usual: &'static str,
        write: &mut OwnedWriteHalf,
    ) -> Option<&'static str> {
        tokio::time::sleep(self.habits.latency).await;
        let words = match act {
            None => usual,
            Some(Act::Say(words) | Act::SayAndCut(words)) => words,
            Some(Act::Cut) => return None,
            Some(Act::Silence) => std::future::pending().await,
        };
        for piece in words.as_bytes().chunks(self.habits.piece) {
            let may = {
                let mut left = self.left.lock().expect("no panic");
                let may = piece.len().min(*left);
                *left -= may;
                may
            };
            write.write_all(&piece[..may]).await.ok()?;
            if may < piece.len() {
                self.cut_after(usize::MAX);
                return None;
            }
            if piece.len() < words.len() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        (!matches!(act, Some(Act::SayAndCut(_)))).then_some(words)
    }
}

/// `None` at the end.
async fn next_line(from: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line).await.ok()?;
    line.pop()?;
    Some(String::from_utf8_lossy(&line).trim_end().to_owned())
}
