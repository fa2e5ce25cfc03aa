//! The privacy journal: a file beside the database that says who left, was erased or must never be
//! mailed again, so that this holds after an older backup of the database was restored.
//!
//! One JSON object on each line, appended and written to the disk before the database commits.
//! People are identified only by the keyed hash of their address; a line holds a hash, a time and
//! what happened.

use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// Everything about this person was removed.
    Erased,
    /// This address must never be mailed again, and why.
    Suppressed {
        /// The reason of the suppression.
        reason: String,
    },
    /// This person left a newsletter.
    Left {
        /// Its UUID.
        newsletter: String,
    },
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// The keyed hash of the address.
    pub who: String,
    /// What happened.
    pub what: Promise,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// Lines that cannot be read, such as the last one before a power cut.
    pub unreadable: usize,
}

/// The journal of an installation. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct PrivacyJournal {
    path: Option<PathBuf>,
}

impl PrivacyJournal {
    /// The journal in this file, created with its first line; without a path, nothing is recorded.
    pub const fn at(path: Option<PathBuf>) -> Self {
        Self { path }
    }

    /// Where it is.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Appends lines and returns once they are on the disk.
    pub async fn append(&self, lines: Vec<Line>) -> io::Result<()> {
        let Some(path) = self.path.clone().filter(|_| !lines.is_empty()) else {
            return Ok(());
        };
        beside(move || append(&path, &lines)).await
    }

    /// Creates the file if it is missing; fails if it cannot be written.
    pub async fn check(&self) -> io::Result<()> {
        let Some(path) = self.path.clone() else {
            return Ok(());
        };
        beside(move || locked(&path).map(|_| ())).await
    }

    /// Reads all lines; none where there is no file.
    pub async fn read(&self) -> io::Result<Read> {
        let Some(path) = self.path.clone() else {
            return Ok(Read::default());
        };
        beside(move || match std::fs::read_to_string(&path) {
            Ok(text) => Ok(parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Read::default()),
            Err(error) => Err(error),
        })
        .await
    }

    /// Removes lines written before `before`. Returns how many there were.
    pub async fn prune(&self, before: Timestamp) -> io::Result<u64> {
        let Some(path) = self.path.clone() else {
            return Ok(0);
        };
        beside(move || prune(&path, before)).await
    }
}

/// Runs blocking file access on a blocking thread.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

fn append(path: &Path, lines: &[Line]) -> io::Result<()> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line)?);
        text.push('\n');
    }
    let mut file = locked(path)?;
    // A line cut off by a power failure must not corrupt the next one.
    let end = file.seek(SeekFrom::End(0))?;
    if end > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            text.insert(0, '\n');
        }
    }
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    if end == 0 {
        sync_folder(path)?;
    }
    Ok(())
}

/// Opens the file, creating it if missing, and locks it for this process until it is closed.
fn locked(path: &Path) -> io::Result<std::fs::File> {
    loop {
        let mut options = std::fs::OpenOptions::new();
        options.create(true).read(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        file.lock()?;
        // Another process may have replaced it with a shorter file while this one waited.
        if same_file(&file, path)? {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn same_file(file: &std::fs::File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(there) => Ok((open.dev(), open.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn same_file(_: &std::fs::File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

fn prune(path: &Path, before: Timestamp) -> io::Result<u64> {
    if !path.exists() {
        return Ok(0);
    }
    let mut file = locked(path)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let read = parse(&text);
    let all = read.lines.len();
    let kept: Vec<Line> = read
        .lines
        .into_iter()
        .filter(|line| line.at >= before)
        .collect();
    let removed = all - kept.len();
    if removed == 0 {
        return Ok(0);
    }
    let beside = path.with_extension("new");
    let _ = std::fs::remove_file(&beside); // left by an interrupted attempt
    append(&beside, &kept)?;
    if kept.is_empty() {
        locked(&beside)?.sync_data()?;
    }
    std::fs::rename(&beside, path)?;
    sync_folder(path)?;
    Ok(removed as u64)
}

/// A rename is durable once its directory is flushed.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn parse(text: &str) -> Read {
    let mut read = Read::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(line) => read.lines.push(line),
            Err(_) => read.unreadable += 1,
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(second: i64) -> Line {
        Line {
            at: Timestamp::from_micros(second * 1_000_000),
            who: format!("{second:064x}"),
            what: Promise::Erased,
        }
    }

    fn journal(folder: &tempfile::TempDir) -> PrivacyJournal {
        PrivacyJournal::at(Some(folder.path().join("rundbrief.privacy")))
    }

    #[tokio::test]
    async fn lines_are_read_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = journal(&folder);
        assert_eq!(journal.read().await.expect("read"), Read::default());
        journal
            .append(vec![line(1), line(2)])
            .await
            .expect("append");
        let left = Line {
            what: Promise::Left {
                newsletter: "0190".to_owned(),
            },
            ..line(3)
        };
        journal.append(vec![left.clone()]).await.expect("append");
        let read = journal.read().await.expect("read");
        assert_eq!(read.lines, [line(1), line(2), left]);
    }

    #[tokio::test]
    async fn a_truncated_line_affects_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = journal(&folder);
        journal.append(vec![line(1)]).await.expect("append");
        let path = journal.path().expect("a path");
        let mut text = std::fs::read_to_string(path).expect("read");
        text.push_str("{\"at\":\"2027-");
        std::fs::write(path, text).expect("write");
        journal.append(vec![line(2)]).await.expect("append");
        let read = journal.read().await.expect("read");
        assert_eq!((read.lines, read.unreadable), (vec![line(1), line(2)], 1));
    }

    #[tokio::test]
    async fn pruning_keeps_newer_lines_and_concurrent_appends() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = journal(&folder);
        journal
            .append((0..100).map(line).collect())
            .await
            .expect("append");
        let writers: Vec<_> = (100..140)
            .map(|second| {
                let journal = journal.clone();
                tokio::spawn(async move { journal.append(vec![line(second)]).await })
            })
            .collect();
        let removed = journal.prune(line(50).at).await.expect("prune");
        for writer in writers {
            writer.await.expect("no panic").expect("append");
        }
        assert_eq!(removed, 50);
        let mut read = journal.read().await.expect("read").lines;
        read.sort_by_key(|line| line.at);
        assert_eq!(read, (50..140).map(line).collect::<Vec<_>>());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_journal_is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let journal = journal(&folder);
        journal.append(vec![line(1)]).await.expect("append");
        let path = journal.path().expect("a path");
        let mode = std::fs::metadata(path).expect("made").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
