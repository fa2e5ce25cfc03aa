//! An SMTP server of the tests: takes what it is sent, and misbehaves by script.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

/// What the server does instead of answering as usual.
#[derive(Debug, Clone, Copy)]
pub(super) enum Act {
    /// Says this (with line ends), and goes on.
    Say(&'static str),
    /// Closes the connection without a word.
    Cut,
    /// Says this and closes.
    SayAndCut(&'static str),
    /// Says nothing for ever.
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

/// A mail that came to its final dot.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) to: String,
    pub(super) text: String,
    /// Whether the server said 250 to it.
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

#[derive(Debug, Clone)]
pub(super) struct TestRelay {
    pub(super) port: u16,
    rules: Arc<Mutex<Vec<Rule>>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl TestRelay {
    pub(super) async fn start(rules: &[(&'static str, &'static str, usize, Act)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let rules = rules
            .iter()
            .map(|&(at, to, times, act)| Rule { at, to, times, act })
            .collect();
        let relay = Self {
            port: listener.local_addr().expect("bound").port(),
            rules: Arc::new(Mutex::new(rules)),
            received: Arc::default(),
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

    /// To whom mails were accepted, sorted.
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
        let mut lines = BufReader::new(read).split(b'\n');
        let mut to = String::new();
        self.act("connect", "", "220 test\r\n", &mut write).await?;
        while let Ok(Some(line)) = lines.next_segment().await {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    self.act(
                        "ehlo",
                        "",
                        "250-test\r\n250-SIZE 1000000\r\n250 HELP\r\n",
                        &mut write,
                    )
                    .await?;
                }
                "MAIL" => {
                    self.act("mail", "", "250 ok\r\n", &mut write).await?;
                }
                "RCPT" => {
                    to = line[9..line.len() - 1].to_owned();
                    self.act("rcpt", &to, "250 ok\r\n", &mut write).await?;
                }
                "DATA" => {
                    let go = self.act("data", &to, "354 go\r\n", &mut write).await?;
                    if !go.starts_with("354") {
                        continue;
                    }
                    let mut text = String::new();
                    loop {
                        let line = lines.next_segment().await.ok()??;
                        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
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
                    perform(act, "250 2.0.0 kept\r\n", &mut write).await?;
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
        perform(self.rule(at, to), usual, write).await
    }
}

/// What was said; `None` when the connection is to end.
async fn perform(
    act: Option<Act>,
    usual: &'static str,
    write: &mut OwnedWriteHalf,
) -> Option<&'static str> {
    let words = match act {
        None => usual,
        Some(Act::Say(words) | Act::SayAndCut(words)) => words,
        Some(Act::Cut) => return None,
        Some(Act::Silence) => std::future::pending().await,
    };
    write.write_all(words.as_bytes()).await.ok()?;
    (!matches!(act, Some(Act::SayAndCut(_)))).then_some(words)
}
