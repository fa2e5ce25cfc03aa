//! Why a picture was not added.

use std::io;
use std::path::PathBuf;

use crate::app::entries::EntryError;
use crate::sources::picture::PictureError;
use crate::store::StoreError;
use crate::store::picture_files::PictureFiles;

/// Why a picture was not added. The entry shows what it showed before.
#[derive(Debug, thiserror::Error)]
pub enum AddPictureError {
    /// There is nowhere to keep it.
    #[error("there is no folder for pictures; set [pictures] folder to one that all nodes share")]
    NoFolder,
    /// The folder cannot be used.
    #[error("the folder of the pictures ({}) cannot be written: {error}; check [pictures] folder, and that this user may write there", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What happened.
        error: io::Error,
    },
    /// It says nothing to people who do not see it.
    #[error(
        "the picture has no alternative text; say in a sentence what it shows (--alt de=\"…\"), or that it is decorative (--decorative)"
    )]
    NoAlternative,
    /// A text that is empty or too long.
    #[error("{what} is empty or has more than {longest} characters; write one sentence")]
    Text {
        /// Which text.
        what: String,
        /// The most characters.
        longest: usize,
    },
    /// The file is too large.
    #[error(
        "the file has more than {} MB; save the picture smaller (2000 pixels wide is enough), or raise [pictures] max_size",
        max / 1_000_000
    )]
    TooLarge {
        /// The limit in bytes.
        max: usize,
    },
    /// The file is no picture that is accepted.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// Decoding took too long.
    #[error(
        "reading the picture took too long; save it as an ordinary JPEG, 2000 pixels wide, and add that file"
    )]
    TooSlow,
    /// There is no such entry, or the operation failed whatever its subject.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl AddPictureError {
    pub(super) fn folder(files: &PictureFiles, error: io::Error) -> Self {
        Self::Folder {
            folder: files.folder().map(PathBuf::from).unwrap_or_default(),
            error,
        }
    }
}

impl From<crate::app::Error> for AddPictureError {
    fn from(error: crate::app::Error) -> Self {
        Self::Entry(error.into())
    }
}

impl From<StoreError> for AddPictureError {
    fn from(error: StoreError) -> Self {
        Self::Entry(error.into())
    }
}
