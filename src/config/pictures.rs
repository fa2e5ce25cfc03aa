//! `[pictures]`: where the files of pictures are, and what is accepted.

use std::path::PathBuf;

use super::keys::Keys;

/// `[pictures]`.
#[derive(Debug, Clone)]
pub struct Pictures {
    /// The folder of the files, if set.
    pub folder: Option<PathBuf>,
    /// The largest file that can be added, in bytes.
    pub max_size: usize,
}

impl Pictures {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        Self {
            folder: keys.optional_path("folder"),
            max_size: keys.size("max_size", 100_000..=30_000_000),
        }
    }
}
