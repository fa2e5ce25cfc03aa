//! Releases the space of removed rows, so that no copy of them stays in a file.
//!
//! SQLite overwrites removed rows at once (`secure_delete`). Older versions stay in the write-ahead
//! log until it is truncated, and the file keeps its size until free pages are released. PostgreSQL
//! keeps removed rows until VACUUM, and their bytes until the page is overwritten; a rewritten
//! table (`VACUUM FULL`) has none of them.

use super::{Db, Result};

/// Free pages that SQLite releases in one transaction.
const PAGES: &str = "PRAGMA incremental_vacuum(1000)";

/// The tables that hold addresses or text about them.
const PERSONAL: [&str; 8] = [
    "VACUUM (FULL) subscriber",
    "VACUUM (FULL) subscription",
    "VACUUM (FULL) signup",
    "VACUUM (FULL) signup_newsletter",
    "VACUUM (FULL) confirm_token",
    "VACUUM (FULL) consent_event",
    "VACUUM (FULL) outbox",
    "VACUUM (FULL) delivery",
];

/// What was released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Compacted {
    /// Bytes of the database before.
    pub before: u64,
    /// Bytes of the database now.
    pub after: u64,
    /// Whether SQLite's write-ahead log was truncated; a reader in another process prevents that.
    pub log_emptied: bool,
}

impl Db {
    /// Releases free space in bounded steps; others can write in between. PostgreSQL does this by
    /// itself (autovacuum).
    pub async fn give_back(&self) -> Result<Compacted> {
        let before = self.bytes().await?;
        let mut log_emptied = true;
        if let Self::Sqlite { writer, .. } = self {
            loop {
                let free: i64 = sqlx::query_scalar("PRAGMA freelist_count")
                    .fetch_one(writer)
                    .await?;
                let incremental: i64 = sqlx::query_scalar("PRAGMA auto_vacuum")
                    .fetch_one(writer)
                    .await?;
                if free == 0 || incremental == 0 {
                    break;
                }
                sqlx::query(PAGES).fetch_all(writer).await?;
                let left: i64 = sqlx::query_scalar("PRAGMA freelist_count")
                    .fetch_one(writer)
                    .await?;
                if left >= free {
                    break;
                }
            }
            log_emptied = self.empty_log().await?;
        }
        Ok(Compacted {
            before,
            after: self.bytes().await?,
            log_emptied,
        })
    }

    /// Rewrites the tables with addresses, so that no byte of removed rows is left. Blocks others
    /// meanwhile; run it in a quiet hour.
    pub async fn rewrite(&self) -> Result<Compacted> {
        let before = self.bytes().await?;
        let mut log_emptied = true;
        match self {
            Self::Sqlite { writer, .. } => {
                // Also enables `auto_vacuum`, which files of older versions lack.
                sqlx::raw_sql("VACUUM").execute(writer).await?;
                log_emptied = self.empty_log().await?;
            }
            Self::Postgres(pool) => {
                for statement in PERSONAL {
                    sqlx::raw_sql(statement).execute(pool).await?;
                }
            }
        }
        Ok(Compacted {
            before,
            after: self.bytes().await?,
            log_emptied,
        })
    }

    /// Checkpoints SQLite's write-ahead log and truncates it. False if a reader needs it.
    async fn empty_log(&self) -> Result<bool> {
        let Self::Sqlite { writer, .. } = self else {
            return Ok(true);
        };
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(writer)
            .await?;
        Ok(busy == 0)
    }

    async fn bytes(&self) -> Result<u64> {
        let bytes: i64 = match self {
            Self::Sqlite { writer, .. } => {
                sqlx::query_scalar(
                    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                )
                .fetch_one(writer)
                .await?
            }
            Self::Postgres(pool) => {
                sqlx::query_scalar("SELECT pg_database_size(current_database())")
                    .fetch_one(pool)
                    .await?
            }
        };
        Ok(u64::try_from(bytes).unwrap_or(0))
    }
}
