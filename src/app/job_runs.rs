//! What recurring jobs did last.

use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db};

/// Keeps how a run ended: with what it did (none where there was nothing to do), or with an error.
/// `span` is when it began and when it ended.
pub async fn keep(
    db: &Db,
    job: &str,
    span: (Timestamp, Timestamp),
    result: Result<Option<&str>, &str>,
) -> store::Result<()> {
    let mut tx = db.begin().await?;
    match result {
        Ok(did) => store::job_run::succeeded(&mut tx, job, span, did).await?,
        Err(error) => store::job_run::failed(&mut tx, job, span, error).await?,
    }
    tx.commit().await
}
