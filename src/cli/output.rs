//! How results are written: lines, tables, JSON; and progress while a person waits.
//!
//! Only results go to stdout; progress and errors go to stderr. When the reader of stdout closes it
//! (`| head`), the write fails and the command ends: `main` treats that as success, see
//! [`is_broken_pipe`].

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Where a command writes its result.
pub struct Output {
    writer: Box<dyn Write + Send>,
}

impl Output {
    /// The standard output.
    pub fn stdout() -> Self {
        Self::to(io::stdout())
    }

    /// Any writer.
    pub fn to(writer: impl Write + Send + 'static) -> Self {
        Self {
            writer: Box::new(writer),
        }
    }

    /// Writes one line.
    pub fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.writer, "{text}")?;
        self.writer.flush()
    }

    /// Writes a text as it is.
    pub fn raw(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.flush()
    }

    /// Writes one JSON document.
    pub fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        Ok(self.line(text)?)
    }

    /// Writes rows below headings, each column as wide as its widest cell. Without rows it writes
    /// `none`, a sentence.
    pub fn table<const N: usize>(
        &mut self,
        headings: [&str; N],
        rows: &[[String; N]],
        none: &str,
    ) -> io::Result<()> {
        if rows.is_empty() {
            return self.line(none);
        }
        let rows: Vec<[String; N]> = rows
            .iter()
            .map(|row| row.each_ref().map(|cell| printable(cell)))
            .collect();
        let widths: [usize; N] = std::array::from_fn(|column| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells
                .chain([headings[column].chars().count()])
                .max()
                .unwrap_or(0)
        });
        let line = |cells: [&str; N]| {
            let padded = cells
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        writeln!(self.writer, "{}", line(headings))?;
        for row in &rows {
            writeln!(self.writer, "{}", line(row.each_ref().map(String::as_str)))?;
        }
        self.writer.flush()
    }
}

/// The text without control characters: foreign text must not control the terminal.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A progress bar on stderr for `total` units named `things` (“mails”); hidden if stderr is not a
/// terminal.
pub fn progress(total: u64, things: &'static str) -> ProgressBar {
    let target = if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target).with_message(things);
    let style = ProgressStyle::with_template(
        "{wide_bar} {human_pos} of {human_len} {msg}, {per_sec}, {eta} left",
    );
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// Whether a command failed only because nobody reads its output any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0
                .lock()
                .map_err(|_| io::Error::other("poisoned"))?
                .write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(write: impl FnOnce(&mut Output)) -> String {
        let shared = Shared::default();
        write(&mut Output::to(shared.clone()));
        let bytes = shared
            .0
            .lock()
            .map(|bytes| bytes.clone())
            .unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    #[test]
    fn tables_line_up_and_hold_no_control_characters() {
        let table = |rows: &[[String; 2]]| {
            written(|out| {
                out.table(["key", "name"], rows, "there are none")
                    .expect("memory takes everything");
            })
        };
        let rows = [["köln", "a\u{1b}[2Jb"], ["x", "y\nz"]].map(|row| row.map(str::to_owned));
        assert_eq!(table(&rows), "key   name\nköln  a [2Jb\nx     y z\n");
        assert_eq!(table(&[]), "there are none\n");
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let gone =
            anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("writing");
        assert!(is_broken_pipe(&gone));
        assert!(!is_broken_pipe(&anyhow::anyhow!("something else")));
    }
}
