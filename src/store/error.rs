//! Database errors, with messages for the operator.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or opened.
    #[error(
        "the database cannot be opened ({0}); check [database] url, that the server runs or the directory exists, and that this user may write to it"
    )]
    Unreachable(String),
    /// No encrypted connection could be made.
    #[error(
        "no encrypted connection to the PostgreSQL server ({0}); readers' addresses must not cross a network in plain text. Set ssl = on on the server, with a certificate for the host in [database] url (?sslrootcert=FILE names an authority of your own). Write ?sslmode=disable only if the network is protected otherwise"
    )]
    Encryption(String),
    /// The disk is full.
    #[error(
        "the disk of the database is full: this change was not stored, earlier data is intact; free some space, then try again"
    )]
    Full,
    /// The database was used by a newer version of the program.
    #[error(
        "this database was last used by a newer version of Rundbrief (migration {0}); install that version or a later one. Nothing was changed"
    )]
    Newer(i64),
    /// A migration could not be applied.
    #[error("the database could not be migrated: {0}")]
    Migration(String),
    /// Another process has been writing for longer than we wait.
    #[error(
        "the database is busy: another process has been writing for too long; try again, and check for programs that hold it open"
    )]
    Busy,
    /// A row that must be unique exists already.
    #[error("this exists already ({0})")]
    Exists(String),
    /// A row holds a value that this version does not know.
    #[error("the database holds a value this version does not understand: {0}")]
    Unreadable(String),
    /// Any other database error.
    #[error("the database returned an error: {0}")]
    Refused(String),
}

impl StoreError {
    /// Whether a retry may succeed.
    pub const fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Full | Self::Unreachable(_) | Self::Encryption(_)
        )
    }
}

impl StoreError {
    /// A result code of SQLite; the low byte of an extended code is the primary one.
    fn of_sqlite(extended: i32, message: &str) -> Self {
        match extended & 0xff {
            13 => Self::Full,                                     // FULL
            5 | 6 => Self::Busy,                                  // BUSY, LOCKED
            14 | 8 | 10 => Self::Unreachable(message.to_owned()), // CANTOPEN, READONLY, IOERR
            _ => Self::Refused(message.to_owned()),
        }
    }
}

/// Errors of the ledger's own connection.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(code, _) => {
                Self::of_sqlite(code.extended_code, &error.to_string())
            }
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// PostgreSQL's SQLSTATEs that an operator can fix, and SQLite's codes.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(said) => {
                if said.is_unique_violation() {
                    return Self::Exists(
                        said.constraint()
                            .unwrap_or_else(|| said.message())
                            .to_owned(),
                    );
                }
                let code = said.code().unwrap_or_default();
                if said
                    .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                    .is_some()
                {
                    let extended = code.parse().unwrap_or_default();
                    return Self::of_sqlite(extended, said.message());
                }
                match code.as_ref() {
                    "53100" => Self::Full,           // disk_full
                    "40001" | "40P01" => Self::Busy, // serialization_failure, deadlock_detected
                    "57P01" | "57P02" | "57P03" | "53300" | "3D000" | "28P01" | "28000" => {
                        Self::Unreachable(said.message().to_owned())
                    }
                    _ => Self::Refused(said.message().to_owned()),
                }
            }
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Tls(why) => Self::Encryption(why.to_string()),
            sqlx::Error::Io(io) if is_of_tls(io) => Self::Encryption(io.to_string()),
            sqlx::Error::Io(_) | sqlx::Error::Configuration(_) | sqlx::Error::PoolClosed => {
                Self::Unreachable(error.to_string())
            }
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnNotFound(_) => Self::Unreadable(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// Whether the TLS handshake failed, e.g. on the certificate; sqlx returns that as an I/O error.
fn is_of_tls(error: &std::io::Error) -> bool {
    let inner = error.get_ref();
    matches!(inner, Some(inner) if inner.is::<tokio_rustls::rustls::Error>())
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::Execute(inner) => inner.into(),
            MigrateError::ExecuteMigration(inner, version) => match Self::from(inner) {
                known @ (Self::Full | Self::Busy | Self::Unreachable(_) | Self::Encryption(_)) => {
                    known
                }
                other => Self::Migration(format!("migration {version}: {other}")),
            },
            other => Self::Migration(other.to_string()),
        }
    }
}

/// A stored value that its domain type rejects.
pub(super) fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
