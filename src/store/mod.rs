//! What is stored. The only module with SQL.
//!
//! [`Db`] stands for either database, [`Tx`] for a transaction on it, [`Conn`] for a connection
//! that only reads. Functions are in one file per table and take any [`Connection`]. One SQL text
//! serves both databases through the macro `sql!`; where they differ, [`dialect`] chooses the text.
//!
//! ```no_run
//! # async fn example(db: rundbrief::store::Db) -> Result<(), rundbrief::store::StoreError> {
//! let mut tx = db.begin().await?; // SQLite: BEGIN IMMEDIATE, so it never fails half-way for a lock
//! let topics = rundbrief::store::topic::list(&mut tx).await?;
//! tx.commit().await?;
//! # Ok(()) }
//! ```

mod connect;
mod dialect;
mod entry_word;
mod error;
mod migrations;
mod postgres;
mod row_id;
mod sql;

pub mod audit;
pub mod check;
pub mod confirm_token;
pub mod consent;
pub mod delivery;
pub mod delivery_report;
pub mod delivery_total;
pub mod deputy;
pub mod dkim_key;
pub mod entry;
pub mod entry_draft;
pub mod entry_version;
pub mod entry_version_picture;
pub mod erasure;
pub mod incoming;
pub mod installation;
pub mod issue;
pub mod issue_contents;
pub mod issue_departure;
pub mod job_run;
pub mod kept_filter;
pub mod leadership;
pub mod lease;
pub mod ledger;
pub mod left_out;
pub mod login_delay;
pub mod newsletter;
pub mod organisation;
pub mod outbox;
pub mod part;
pub mod picture;
pub mod picture_files;
pub mod privacy_journal;
pub mod proposal;
pub mod recovery_code;
pub mod relay_window;
pub mod review_step;
pub mod sample;
pub mod sender_check;
pub mod sender_dns;
pub mod signup;
pub mod space;
pub mod staff;
pub mod staff_link;
pub mod staff_session;
pub mod subscriber;
pub mod subscription;
pub mod subscription_month;
pub mod suppression;
pub mod test_group;
pub mod timetable;
pub mod topic;

pub use connect::{Db, Location, Migrated};
pub use dialect::server_time;
pub use error::StoreError;
pub use sql::{Conn, Connection, Tx};

/// The result type of this module.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A new identifier for use outside the installation: a UUID v7 (RFC 9562 §5.7) made for `now`.
pub fn new_uuid(now: crate::domain::timestamp::Timestamp) -> String {
    row_id::uuid(now).to_string()
}
