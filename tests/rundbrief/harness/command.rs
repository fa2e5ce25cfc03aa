//! The built command, run in a folder of its own with settings of its own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::Database;

/// One installation: a folder, a database, and settings handed over as environment variables.
pub struct Installation {
    folder: TempDir,
    settings: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Installation {
    pub fn new(database: &Database) -> Self {
        let installation = Self::without_database();
        // Links in stories lead to hosts that are not ours to ask.
        let installation = installation.with("newsroom.link_check", false);
        installation.with("database.url", database.url())
    }

    /// For commands that need no database, or are to find none.
    pub fn without_database() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
            settings: Vec::new(),
        }
    }

    /// Sets a key of the configuration, written as in `config.toml`: `section.key`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        let name = format!("RUNDBRIEF__{}", key.replace('.', "__").to_uppercase());
        self.settings.push((name, format!("{value}")));
        self
    }

    /// The folder the command runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder and answers its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, content).expect("a file can be written to a temporary folder");
        path
    }

    /// Runs a command to its end.
    pub fn run<Argument: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Ended {
        self.run_with_input(arguments, b"")
    }

    /// Runs a command to its end, with something on its standard input.
    pub fn run_with_input<Argument: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = Argument>,
        input: &[u8],
    ) -> Ended {
        Self::end(self.command(arguments), input)
    }

    /// Runs another program to its end, in the same folder and with the same settings.
    pub fn run_program<Argument: AsRef<OsStr>>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Ended {
        Self::end(self.program(program, arguments), b"")
    }

    fn end(mut command: Command, input: &[u8]) -> Ended {
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let input = input.to_vec();
        // On a thread of its own: a command that answers before it has read all must not block us.
        let writer = std::thread::spawn(move || {
            let _ = stdin.write_all(&input); // it may well stop reading early: that is its answer
        });
        let output = child
            .wait_with_output()
            .expect("the command can be waited for");
        writer.join().expect("the writer does not panic");
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("the command writes UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the command writes UTF-8"),
        }
    }

    /// Starts a command that goes on, such as `serve`.
    pub fn start<Argument: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Running {
        Running::of(
            self.command(arguments)
                .spawn()
                .expect("the command was built with the tests"),
        )
    }

    fn command<Argument: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Command {
        self.program(env!("CARGO_BIN_EXE_rundbrief"), arguments)
    }

    fn program<Argument: AsRef<OsStr>>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = Argument>,
    ) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // Settings of whoever runs the tests must not reach them.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RUNDBRIEF") {
                command.env_remove(name);
            }
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

impl Ended {
    /// The standard output, once it is certain that all went well.
    #[track_caller]
    pub fn success(self) -> String {
        assert_eq!(
            self.code,
            Some(0),
            "the command failed.\nstdout: {}\nstderr: {}",
            self.stdout,
            self.stderr
        );
        self.stdout
    }

    /// The standard output as JSON, once it is certain that all went well.
    #[track_caller]
    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.success()).expect("--json prints one JSON document")
    }

    /// The standard error, once it is certain that the command refused.
    #[track_caller]
    pub fn refusal(self) -> String {
        assert!(
            self.code.is_some_and(|code| code != 0),
            "the command should have refused with an exit code, but ended with {:?}.\nstdout: {}\nstderr: {}",
            self.code,
            self.stdout,
            self.stderr
        );
        assert!(
            !self.stderr.contains("panicked at"),
            "a refusal is not a panic: {}",
            self.stderr
        );
        self.stderr
    }
}

/// A command that is running. Killed when dropped.
pub struct Running {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    stderr: Option<JoinHandle<String>>,
}

impl Running {
    fn of(mut child: Child) -> Self {
        let stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut errors = child.stderr.take().expect("stderr is piped");
        // Drained all the time, or a talkative command would stop at a full pipe.
        let stderr = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = errors.read_to_end(&mut text); // what was read until then is still worth showing
            String::from_utf8_lossy(&text).into_owned()
        });
        Self {
            child,
            stdout,
            stderr: Some(stderr),
        }
    }

    /// Waits for the next line on its standard output.
    #[track_caller]
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout
            .read_line(&mut line)
            .expect("stdout can be read");
        if line.is_empty() {
            let _ = self.child.wait(); // its end is certain: stdout was closed
            panic!("the command ended early: {}", self.errors());
        }
        line.trim_end().to_owned()
    }

    /// Fails with the command's log when it has ended.
    #[track_caller]
    pub fn must_run(&mut self) {
        if let Some(status) = self.child.try_wait().expect("the child can be asked") {
            panic!("the command ended early ({status}): {}", self.errors());
        }
    }

    /// What `kill -9` does: no chance to tidy up.
    pub fn kill_hard(mut self) {
        self.child.kill().expect("the child is ours to kill");
        self.child.wait().expect("a killed child can be waited for");
    }

    /// Sends SIGTERM and waits for the orderly end: its exit code, its log, and how long it took.
    #[track_caller]
    pub fn terminate(mut self, at_most: Duration) -> (Option<i32>, String, Duration) {
        let begin = Instant::now();
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill is on every Unix");
        assert!(told.success(), "the process was gone before SIGTERM");
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be asked") {
                return (status.code(), self.errors(), begin.elapsed());
            }
            assert!(
                begin.elapsed() < at_most,
                "still running {at_most:?} after SIGTERM"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn errors(&mut self) -> String {
        self.stderr
            .take()
            .map(|reader| reader.join().expect("the reader does not panic"))
            .unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended by itself
        let _ = self.child.wait();
    }
}
