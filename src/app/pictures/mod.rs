//! Pictures of entries: taking them in, taking them away, and how they are shown.
//!
//! The files are written before the row that names them, so that no entry shows a hole. What a crash
//! leaves between the two has no row, and is removed by [`super::retention`] when it is a day old.

mod decoding;
mod details;
mod error;
mod remove;

use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::VersionReason;
use crate::domain::picture::{
    Alternative, EntryPicture, FocusPoint, MAX_ALT, MAX_CREDIT, PictureUse, Variant,
};
use crate::domain::text;
use crate::sources::picture::{Format, PictureError, Prepared};
use crate::store::entry::Entry;
use crate::store::picture::NewPicture;
use crate::store::picture_files::PictureFiles;
use crate::store::{self, Connection, Tx, entry_version};

pub use details::PictureDetails;
pub use error::AddPictureError;
pub use remove::{Files, Removed, remove, remove_earlier};

use super::entries::{EntryError, versions};
use super::operation::allowed;
use super::{Actor, App};

/// A picture as somebody gives it.
#[derive(Debug, Clone)]
pub struct Given {
    /// The file; its content says what it is.
    pub file: Vec<u8>,
    /// What the picture says to people who do not see it.
    pub alternative: Alternative,
    /// Who made it.
    pub credit: Option<String>,
    /// What must stay visible where it is cut.
    pub focus: FocusPoint,
}

/// What became of a picture that was given.
#[derive(Debug, Clone)]
pub struct Added {
    /// The entry, as it was before.
    pub entry: Entry,
    /// The picture, as the entry shows it.
    pub picture: EntryPicture,
    /// What kind of file it was.
    pub format: Format,
    /// Whether the entry showed another one, or none, before.
    pub changed: bool,
}

/// Has an entry show a picture for this, in place of another one. `name` is the entry's row or UUID.
pub async fn add(
    app: &App,
    actor: &Actor,
    name: &str,
    used: PictureUse,
    given: Given,
) -> Result<Added, AddPictureError> {
    allowed(actor, Action::PictureAdd)?;
    let files = app.picture_files();
    if files.folder().is_none() {
        return Err(AddPictureError::NoFolder);
    }
    let alternative = checked(given.alternative)?;
    let credit = given
        .credit
        .map(|credit| line("the credit", &credit, MAX_CREDIT))
        .transpose()?;
    // Nothing is decoded for an entry that does not exist.
    entry(&mut app.read().await?, name).await?;
    let prepared = decoding::prepare(given.file, app.config.pictures.max_size).await?;
    write(&files, &prepared).await?;
    let picture = EntryPicture {
        hash: prepared.hash.clone(),
        width: prepared.size.0,
        height: prepared.size.1,
        alternative,
        credit,
        focus: given.focus,
    };
    let added = show(app, actor, name, used, &picture, prepared.format).await?;
    keep(&files, &prepared).await?;
    Ok(added)
}

/// Changes what an entry says about the picture that it shows; the file of `given` is not looked at.
pub async fn describe(
    app: &App,
    actor: &Actor,
    name: &str,
    used: PictureUse,
    given: Given,
) -> Result<(), AddPictureError> {
    let alternative = checked(given.alternative)?;
    let credit = given
        .credit
        .map(|credit| line("the credit", &credit, MAX_CREDIT))
        .transpose()?;
    let mut op = app.begin(actor, Action::PictureAdd).await?;
    let at = op.at();
    let entry = lock(op.tx(), name).await?;
    let before = store::picture::of_entry(op.tx(), entry.id, used).await?;
    let before = before.ok_or(AddPictureError::Picture(PictureError::Empty))?;
    let picture = EntryPicture {
        alternative,
        credit,
        focus: given.focus,
        ..before.clone()
    };
    if picture == before {
        return Ok(());
    }
    entry_version::keep(op.tx(), &entry).await?;
    store::picture::show(op.tx(), entry.id, used, &picture, at).await?;
    versions::pictured(&mut op, &entry, VersionReason::Pictured).await?;
    let after = format!("{used}: {}, described anew", picture.hash);
    let subject = Subject::new(SubjectKind::Entry, &entry.uuid);
    op.record(subject, None, Some(&after));
    Ok(op.commit().await?)
}

async fn show(
    app: &App,
    actor: &Actor,
    name: &str,
    used: PictureUse,
    picture: &EntryPicture,
    format: Format,
) -> Result<Added, AddPictureError> {
    let mut op = app.begin(actor, Action::PictureAdd).await?;
    let at = op.at();
    let entry = lock(op.tx(), name).await?;
    let before = store::picture::of_entry(op.tx(), entry.id, used).await?;
    let changed = before.as_ref() != Some(picture);
    if changed {
        let new = NewPicture {
            hash: &picture.hash,
            size: (picture.width, picture.height),
            format: format.as_str(),
        };
        entry_version::keep(op.tx(), &entry).await?;
        store::picture::ensure(op.tx(), new, at).await?;
        store::picture::show(op.tx(), entry.id, used, picture, at).await?;
        versions::pictured(&mut op, &entry, VersionReason::Pictured).await?;
        let said = |picture: &EntryPicture| format!("{used}: {}", picture.hash);
        op.record(
            Subject::new(SubjectKind::Entry, &entry.uuid),
            before.as_ref().map(said).as_deref(),
            Some(&said(picture)),
        );
        op.commit().await?;
    }
    Ok(Added {
        entry,
        picture: picture.clone(),
        format,
        changed,
    })
}

async fn write(files: &PictureFiles, prepared: &Prepared) -> Result<(), AddPictureError> {
    let written = files.write(&prepared.hash, &prepared.files).await;
    written.map_err(|error| AddPictureError::folder(files, error))
}

/// Writes the files again where they are gone: the job that removes files without a picture may have
/// seen older ones of the same name just before the picture was committed.
async fn keep(files: &PictureFiles, prepared: &Prepared) -> Result<(), AddPictureError> {
    let there = files
        .are_there(&prepared.hash, Variant::kept(prepared.size))
        .await
        .map_err(|error| AddPictureError::folder(files, error))?;
    if there {
        Ok(())
    } else {
        write(files, prepared).await
    }
}

/// The picture that an entry shows for this, as `--json` prints it.
pub async fn of_entry(
    conn: &mut impl Connection,
    entry: i64,
    used: PictureUse,
) -> store::Result<Option<PictureDetails>> {
    let picture = store::picture::of_entry(conn, entry, used).await?;
    Ok(picture.map(|picture| PictureDetails::new(used, picture)))
}

async fn entry(conn: &mut impl Connection, name: &str) -> Result<Entry, EntryError> {
    let entry = store::entry::by_name(conn, name).await?;
    entry.ok_or_else(|| unknown(name))
}

/// The entry, taken for the transaction: its versions are counted.
async fn lock(tx: &mut Tx, name: &str) -> Result<Entry, EntryError> {
    let entry = store::entry::lock(tx, name).await?;
    entry.ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> EntryError {
    EntryError::Unknown {
        name: name.to_owned(),
    }
}

/// The alternative text, cleaned.
fn checked(alternative: Alternative) -> Result<Alternative, AddPictureError> {
    let Alternative::Texts(texts) = alternative else {
        return Ok(Alternative::Decorative);
    };
    if texts.is_empty() {
        return Err(AddPictureError::NoAlternative);
    }
    let texts = texts.into_iter().map(|(language, text)| {
        let what = format!("the alternative text ({language})");
        Ok((language, line(&what, &text, MAX_ALT)?))
    });
    texts.collect::<Result<_, _>>().map(Alternative::Texts)
}

/// A text on one line, neither empty nor too long.
fn line(what: &str, written: &str, longest: usize) -> Result<String, AddPictureError> {
    let line = text::single_line(written, usize::MAX);
    if line.is_empty() || line.chars().count() > longest {
        return Err(AddPictureError::Text {
            what: what.to_owned(),
            longest,
        });
    }
    Ok(line)
}
