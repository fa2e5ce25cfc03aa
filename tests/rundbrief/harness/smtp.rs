//! A real SMTP server (`tests/smtp/sink.py`) that keeps every mail it accepts and misbehaves when
//! told to.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tempfile::TempDir;

/// The server; it ends with this value.
pub struct SmtpSink {
    child: Child,
    folder: TempDir,
    port: u16,
}

/// One mail the server accepted.
#[derive(Debug, Clone, Deserialize)]
pub struct Received {
    /// Order of arrival, from 1.
    pub number: u64,
    /// The connection it came by, from 1.
    pub connection: u64,
    pub envelope_from: String,
    pub envelope_to: Vec<String>,
    /// With its angle brackets.
    pub message_id: Option<String>,
    /// `false` when the server closed before it answered the final dot: the client cannot know
    /// that the mail was taken.
    pub answered: bool,
    /// The mail as it came, byte for byte.
    pub file: PathBuf,
}

impl Received {
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.file).expect("the server wrote the mail before it told of it")
    }
}

/// A misbehaviour for some recipients. See `tests/smtp/sink.py` for what is understood.
#[derive(Debug, Clone)]
pub struct Rule(serde_json::Value);

impl Rule {
    /// `recipient` is a shell pattern over the whole address; `at` is one of `connect`, `mail`,
    /// `rcpt`, `data` (the command) and `dot` (the end of the mail).
    pub fn at(at: &str, recipient: &str) -> Self {
        Self(serde_json::json!({ "at": at, "recipient": recipient }))
    }

    /// Answers this line, for example `450 4.2.1 mailbox busy`.
    #[must_use]
    pub fn reply(self, line: &str) -> Self {
        self.with("reply", line.into())
    }

    /// Closes the connection (after the reply, or instead of one).
    #[must_use]
    pub fn close(self) -> Self {
        self.with("close", true.into())
    }

    /// Waits before it goes on.
    #[must_use]
    pub fn delay(self, time: Duration) -> Self {
        let millis = u64::try_from(time.as_millis()).expect("delays of tests are short");
        self.with("delay_ms", millis.into())
    }

    /// Holds only for the first so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        self.with("times", times.into())
    }

    fn with(mut self, key: &str, value: serde_json::Value) -> Self {
        self.0[key] = value;
        self
    }
}

/// The Python with the packages of `tests/requirements.txt`; `scripts/test` puts it there.
pub fn python() -> String {
    std::env::var("RUNDBRIEF_TEST_PYTHON").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/target/python/bin/python").to_owned()
    })
}

impl SmtpSink {
    /// Starts a server that accepts everything, on a free loopback port.
    pub fn start() -> Self {
        Self::misbehaving(&[])
    }

    /// Starts a server with rules; the first that fits is applied.
    pub fn misbehaving(rules: &[Rule]) -> Self {
        Self::with_options(rules, &[])
    }

    /// Starts a server with further options of `tests/smtp/sink.py`: logins and certificates.
    pub fn with_options(rules: &[Rule], options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let rules: Vec<_> = rules.iter().map(|rule| &rule.0).collect();
        let rules_file = folder.path().join("rules.json");
        std::fs::write(&rules_file, serde_json::json!(rules).to_string())
            .expect("the rules can be written");
        let python = python();
        let mut child = Command::new(&python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/sink.py"))
            .arg(folder.path())
            .arg("--rules")
            .arg(&rules_file)
            .args(options)
            .stdin(Stdio::piped()) // its closing ends the server, even when this process is killed
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("the SMTP server needs {python} with aiosmtpd ({error}): run scripts/test")
            });
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout is piped"))
            .read_line(&mut line)
            .expect("the server prints its port");
        let port = line
            .trim()
            .parse()
            .expect("the server's first line is its port: is aiosmtpd installed?");
        Self {
            child,
            folder,
            port,
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server as `kill -9` does; what it has kept can still be looked at.
    pub fn stop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }

    /// As `relay.url` of the configuration takes it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The folder with the accepted mails as `.eml`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// All mails accepted up to now, in order of arrival.
    pub fn received(&self) -> Vec<Received> {
        let text =
            std::fs::read_to_string(self.folder.path().join("messages.jsonl")).unwrap_or_default(); // nothing has arrived yet
        // The server may be writing the last line just now.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole
            .lines()
            .map(|line| serde_json::from_str(line).expect("the server writes whole lines"))
            .collect()
    }

    /// Waits until so many mails have arrived.
    #[track_caller]
    pub fn wait_for(&self, count: usize, at_most: Duration) -> Vec<Received> {
        let begin = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(
                begin.elapsed() < at_most,
                "{} of {count} mails arrived within {at_most:?}",
                received.len()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }
}
