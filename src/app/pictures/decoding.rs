//! Decodes pictures beside everything else: two at once, and never with more memory than one large
//! picture takes.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::AddPictureError;
use crate::sources::picture::{self, MAX_MEMORY, PictureError, Prepared};

/// How long somebody waits for a picture. The limits let a decoder finish well before that.
const WITHIN: Duration = Duration::from_mins(1);
/// What one permit of [`MEMORY`] stands for, in bytes.
const UNIT: usize = 1_000_000;

/// Pictures that are decoded at once.
static DECODERS: Semaphore = Semaphore::const_new(2);
/// The memory that all of them may take together.
static MEMORY: Semaphore = Semaphore::const_new(MAX_MEMORY / UNIT);

/// The files of a picture.
pub(super) async fn prepare(file: Vec<u8>, max: usize) -> Result<Prepared, AddPictureError> {
    if file.len() > max {
        return Err(AddPictureError::TooLarge { max });
    }
    let inspected = picture::inspect(&file)?;
    let work = async {
        let permits = permits(inspected.memory).await?;
        let decoded = tokio::task::spawn_blocking(move || {
            let prepared = picture::prepare(file, inspected);
            // Held until it is done, also when nobody waits for it any more.
            drop(permits);
            prepared
        });
        // A decoder that panics has met a damaged file.
        let decoded = decoded.await.map_err(|error| {
            tracing::error!(%error, "a decoder panicked over a picture; please report it with the picture");
            PictureError::Damaged("the decoder stumbled over it".to_owned())
        })?;
        decoded.map_err(AddPictureError::from)
    };
    let done = tokio::time::timeout(WITHIN, work).await;
    done.map_err(|_| AddPictureError::TooSlow)?
}

async fn permits(memory: usize) -> Result<[SemaphorePermit<'static>; 2], PictureError> {
    let units = u32::try_from(memory.div_ceil(UNIT).min(MAX_MEMORY / UNIT)).unwrap_or(u32::MAX);
    // Nobody closes them.
    let closed = |_| PictureError::Damaged("the program is ending".to_owned());
    let decoder = DECODERS.acquire().await.map_err(closed)?;
    let memory = MEMORY.acquire_many(units).await.map_err(closed)?;
    Ok([decoder, memory])
}
