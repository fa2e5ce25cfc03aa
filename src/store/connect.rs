//! Opens a database and migrates it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{PgPool, SqlitePool};

use super::sql::{Conn, Tx};
use super::{Result, StoreError, entry_word, migrations, postgres};

/// How long a query waits for a connection or a lock before it is [`StoreError::Busy`].
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Where a database is.
pub enum Location {
    /// An SQLite file, created if it does not exist.
    Sqlite(PathBuf),
    /// A `postgres://` URL. Never printed: it may hold a password.
    Postgres(String),
}

/// Either database. Cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// One writer, so that writers queue instead of failing, and a pool of readers (WAL).
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that see the last commit and never wait for the writer.
        readers: SqlitePool,
    },
    /// One pool.
    Postgres(PgPool),
}

/// What [`Db::migrate`] found and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Migrated {
    /// Migrations the database had before.
    pub before: usize,
    /// Migrations it has now.
    pub now: usize,
}

impl Db {
    /// Opens the database with at most `connections` connections and migrates it.
    pub async fn open(location: &Location, connections: u32) -> Result<Self> {
        let db = Self::connect(location, connections).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens the database as it is.
    pub async fn connect(location: &Location, connections: u32) -> Result<Self> {
        match location {
            Location::Sqlite(path) => Self::connect_sqlite(path, connections).await,
            Location::Postgres(url) => Ok(Self::Postgres(postgres::pool(url, connections).await?)),
        }
    }

    async fn connect_sqlite(path: &Path, connections: u32) -> Result<Self> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|error| {
                StoreError::Unreachable(format!("{}: {error}", folder.display()))
            })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit is on the disk before we act on it: *started* must be durable before the
            // first command to the relay, also after a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            // Removed addresses must not linger in free pages.
            .pragma("secure_delete", "ON");
        private(path)?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false) // a file has no connection to lose
            .acquire_timeout(PATIENCE)
            // A new file can release the space of removed rows. Only here: setting it takes the lock of
            // writers, and a reader that is opened would wait for whoever writes.
            .connect_with(options.clone().auto_vacuum(SqliteAutoVacuum::Incremental))
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(connections.max(1))
            .test_before_acquire(false)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self::Sqlite { writer, readers })
    }

    /// Applies the migrations that are missing. A database of a newer version is left as it is.
    pub async fn migrate(&self) -> Result<Migrated> {
        let before = self.applied_migrations().await?;
        match self {
            Self::Sqlite { writer, .. } => migrations::sqlite().run(writer).await?,
            Self::Postgres(pool) => migrations::postgres().run(pool).await?,
        }
        // What no SQL of a migration can compute.
        entry_word::fill(self).await?;
        Ok(Migrated {
            before,
            now: self.applied_migrations().await?,
        })
    }

    async fn applied_migrations(&self) -> Result<usize> {
        const TABLE_SQLITE: &str =
            "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
        const TABLE_POSTGRES: &str = "SELECT COUNT(*) FROM pg_tables WHERE tablename = '_sqlx_migrations' AND schemaname = current_schema()";
        const ROWS: &str = "SELECT COUNT(*) FROM _sqlx_migrations";
        let rows: i64 = match self {
            Self::Sqlite { writer, .. } => {
                let (exists,): (i64,) = sqlx::query_as(TABLE_SQLITE).fetch_one(writer).await?;
                if exists == 0 {
                    0
                } else {
                    sqlx::query_as::<_, (i64,)>(ROWS).fetch_one(writer).await?.0
                }
            }
            Self::Postgres(pool) => {
                let (exists,): (i64,) = sqlx::query_as(TABLE_POSTGRES).fetch_one(pool).await?;
                if exists == 0 {
                    0
                } else {
                    sqlx::query_as::<_, (i64,)>(ROWS).fetch_one(pool).await?.0
                }
            }
        };
        Ok(usize::try_from(rows).unwrap_or(0))
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            // Deferred transactions that read first can fail with “locked” at their first write.
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Conn> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Conn::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// Closes every connection once running queries have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// The file, with SQLite.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite { writer, .. } => {
                Some(writer.connect_options().get_filename().to_path_buf())
            }
            Self::Postgres(_) => None,
        }
    }

    /// What kind of database it is, for people.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// Creates the database file if it is missing, readable by its owner only, because it holds
/// addresses. SQLite gives the files beside it the same permissions. An existing file keeps its
/// own.
fn private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::Unreachable(format!(
            "{}: {error}",
            path.display()
        ))),
    }
}
