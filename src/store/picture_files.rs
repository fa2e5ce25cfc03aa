//! The files of pictures: JPEG files in one folder, which all nodes share.
//!
//! A file exists longer than its row in the database: it is written under another name, flushed and
//! renamed before the row is committed. Files without a row are left by a crash or by a removed
//! row; [`crate::app::retention`] removes them when they are old.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::domain::picture::{PictureHash, Variant, file_name, parse_file_name};
use crate::domain::timestamp::Timestamp;

/// The prefix of a file that is being written.
const NEW: &str = ".new-";
/// The suffix of a file that is about to be removed.
const ASIDE: &str = ".removed";

/// The folder. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct PictureFiles {
    folder: Option<PathBuf>,
}

impl PictureFiles {
    /// The files in this folder, created with the first file; without a folder there are none.
    pub const fn at(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// Where they are.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Writes the files of a picture and returns once they are on the disk. Files that are there are
    /// replaced.
    pub async fn write(&self, hash: &PictureHash, files: &[(Variant, Vec<u8>)]) -> io::Result<()> {
        let folder = self.folder.clone().ok_or(io::ErrorKind::NotFound)?;
        let named: Vec<_> = files
            .iter()
            .map(|(variant, bytes)| (folder.join(file_name(hash, *variant)), bytes.clone()))
            .collect();
        beside(move || write(&folder, &named)).await
    }

    /// Reads a file; none where there is none.
    pub async fn read(&self, hash: &PictureHash, variant: Variant) -> io::Result<Option<Vec<u8>>> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        match tokio::fs::read(folder.join(file_name(hash, variant))).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether all these files of a picture are there.
    pub async fn are_there(
        &self,
        hash: &PictureHash,
        variants: impl IntoIterator<Item = Variant>,
    ) -> io::Result<bool> {
        let Some(folder) = &self.folder else {
            return Ok(false);
        };
        for variant in variants {
            if !tokio::fs::try_exists(folder.join(file_name(hash, variant))).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The pictures with files from before `before`, and whether some are set aside. Removes
    /// partial files left by a crash.
    pub async fn older_than(&self, before: Timestamp) -> io::Result<BTreeMap<PictureHash, bool>> {
        let Some(folder) = self.folder.clone() else {
            return Ok(BTreeMap::new());
        };
        beside(move || older_than(&folder, before)).await
    }

    /// Renames the files of a picture from before `before`, so that they are no longer found.
    pub async fn set_aside(&self, hash: &PictureHash, before: Timestamp) -> io::Result<()> {
        self.each(hash, move |file, aside| {
            if modified(file)?.is_some_and(|at| at < before) {
                std::fs::rename(file, aside)?;
            }
            Ok(())
        })
        .await
    }

    /// Reverts [`Self::set_aside`].
    pub async fn put_back(&self, hash: &PictureHash) -> io::Result<()> {
        self.each(hash, |file, aside| match std::fs::rename(aside, file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    /// Removes the files of a picture that were set aside.
    pub async fn discard(&self, hash: &PictureHash) -> io::Result<()> {
        self.each(hash, |_, aside| remove(aside)).await
    }

    /// Removes all files of a picture.
    pub async fn remove(&self, hash: &PictureHash) -> io::Result<()> {
        self.each(hash, |file, aside| {
            remove(file)?;
            remove(aside)
        })
        .await
    }

    /// Runs a function on each possible file of a picture, with its name when set aside.
    async fn each(
        &self,
        hash: &PictureHash,
        action: impl Fn(&Path, &Path) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let Some(folder) = self.folder.clone() else {
            return Ok(());
        };
        let hash = hash.clone();
        beside(move || {
            for variant in Variant::ALL {
                let name = file_name(&hash, *variant);
                let aside = folder.join(format!("{name}{ASIDE}"));
                action(&folder.join(name), &aside)?;
            }
            Ok(())
        })
        .await
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

fn write(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (path, bytes) in files {
        let mut file = tempfile::Builder::new().prefix(NEW).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
    }
    // A rename is durable once its directory is flushed.
    std::fs::File::open(folder)?.sync_all()
}

fn older_than(folder: &Path, before: Timestamp) -> io::Result<BTreeMap<PictureHash, bool>> {
    let mut found = BTreeMap::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            continue;
        };
        let is_old = || Ok::<_, io::Error>(modified(&entry.path())?.is_some_and(|at| at < before));
        if name.starts_with(NEW) {
            if is_old()? {
                remove(&entry.path())?;
            }
            continue;
        }
        let aside = name.strip_suffix(ASIDE);
        if let Some((hash, _)) = parse_file_name(aside.unwrap_or(name))
            && is_old()?
        {
            *found.entry(hash).or_default() |= aside.is_some();
        }
    }
    Ok(found)
}

/// When a file was written; none where there is none.
fn modified(path: &Path) -> io::Result<Option<Timestamp>> {
    let about = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        about => about?,
    };
    let since = about.modified()?.duration_since(UNIX_EPOCH);
    let micros = since.map_or(0, |since| {
        i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
    });
    Ok(Some(Timestamp::from_micros(micros)))
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
