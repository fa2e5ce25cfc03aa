//! One SQL text, either database.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

/// A connection that only reads.
pub enum Conn {
    /// From the pool of readers.
    Sqlite(PoolConnection<Sqlite>),
    /// From the pool.
    Postgres(PoolConnection<Postgres>),
}

/// A transaction that may write. Dropping it rolls back.
pub enum Tx {
    /// Begun with BEGIN IMMEDIATE on the one writing connection.
    Sqlite(Transaction<'static, Sqlite>),
    /// Read committed.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Commits.
    pub async fn commit(self) -> super::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// The bare connection of either database.
pub enum On<'a> {
    /// To SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// To PostgreSQL.
    Postgres(&'a mut PgConnection),
}

/// Something a query can run on: [`Tx`] or [`Conn`].
pub trait Connection: Send {
    /// The bare connection.
    fn on(&mut self) -> On<'_>;
}

impl Connection for Conn {
    fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(conn) => On::Sqlite(conn),
            Self::Postgres(conn) => On::Postgres(conn),
        }
    }
}

impl Connection for Tx {
    fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(tx) => On::Sqlite(tx),
            Self::Postgres(tx) => On::Postgres(tx),
        }
    }
}

/// Runs one SQL text on either database, with bind parameters `$1`, `$2` ….
///
/// ```text
/// sql!(conn, execute, "DELETE FROM topic WHERE key = $1", key)              // rows touched: u64
/// sql!(conn, all as Row, "SELECT … WHERE state = $1", state.as_str())       // Vec<Row>
/// sql!(conn, optional as Row, …)                                            // Option<Row>
/// sql!(conn, one as (i64,), …)                                              // (i64,)
/// ```
///
/// `Row` is a tuple, or a struct that `row!` defines. Bind `i64`, `bool`, `&str`, `String` and
/// options of them, nothing else: those mean the same on both. Each bound expression is evaluated
/// once.
macro_rules! sql {
    ($conn:expr, execute, $text:expr $(, $bind:expr)* $(,)?) => {
        match $crate::store::Connection::on($conn) {
            $crate::store::sql::On::Sqlite(on) => sqlx::query($text)$(.bind($bind))*.execute(on).await.map(|done| done.rows_affected()),
            $crate::store::sql::On::Postgres(on) => sqlx::query($text)$(.bind($bind))*.execute(on).await.map(|done| done.rows_affected()),
        }.map_err($crate::store::StoreError::from)
    };
    ($conn:expr, $fetch:ident as $row:ty, $text:expr $(, $bind:expr)* $(,)?) => {
        match $crate::store::Connection::on($conn) {
            $crate::store::sql::On::Sqlite(on) => $crate::store::sql::sql!(@fetch sqlx::query_as::<_, $row>($text)$(.bind($bind))*, $fetch, on),
            $crate::store::sql::On::Postgres(on) => $crate::store::sql::sql!(@fetch sqlx::query_as::<_, $row>($text)$(.bind($bind))*, $fetch, on),
        }.map_err($crate::store::StoreError::from)
    };
    (@fetch $query:expr, all, $on:ident) => { $query.fetch_all($on).await };
    (@fetch $query:expr, optional, $on:ident) => { $query.fetch_optional($on).await };
    (@fetch $query:expr, one, $on:ident) => { $query.fetch_one($on).await };
}
pub(in crate::store) use sql;

/// Defines a struct that rows of either database are read into, column by column, by the names of
/// its fields:
///
/// ```text
/// row! {
///     struct Row { id: i64, reply_to: Option<String> }
/// }
/// sql!(conn, all as Row, "SELECT id, reply_to FROM newsletter")
/// ```
///
/// It replaces sqlx's derive, a procedural macro for which cargo builds both drivers, SQLite
/// included, a second time (decision 0018).
macro_rules! row {
    (
        $(#[$about:meta])*
        $visible:vis struct $name:ident {
            $($(#[$about_field:meta])* $field_visible:vis $field:ident: $type:ty),+ $(,)?
        }
    ) => {
        $(#[$about])*
        $visible struct $name {
            $($(#[$about_field])* $field_visible $field: $type),+
        }

        impl<'r, R> sqlx::FromRow<'r, R> for $name
        where
            R: sqlx::Row,
            for<'name> &'name str: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,)+
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}
pub(in crate::store) use row;
