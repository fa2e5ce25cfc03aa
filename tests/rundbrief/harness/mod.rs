//! What a story needs around it: an empty database, an SMTP server that keeps what it gets, the
//! built command in a folder of its own, and a plain HTTP client.
//!
//! A story with a database is written once and becomes two tests, `…::sqlite` and `…::postgres`:
//!
//! ```ignore
//! on_both_databases! {
//!     async fn a_topic_keeps_its_bit(database: &Database) {
//!         let installation = Installation::new(database);
//!         …
//!     }
//! }
//! ```
//!
//! The PostgreSQL half is marked `ignored`, so a plain `cargo test` says openly that it did not
//! run; `scripts/test postgres` starts a server and runs exactly that half.

#![allow(
    dead_code,
    unused_imports,
    reason = "the tools exist before every story that uses them"
)]

mod command;
mod database;
mod dns;
mod http;
mod smtp;
pub mod statements;

pub use command::{Ended, Installation, Running};
pub use database::{Database, on};
pub use dns::{NameServer, Zone};
pub use http::{Reply, exchange, form, get, post};
pub use smtp::{Received, Rule, SmtpSink, python};

/// Writes one story as two tests, one for each database. Several stories may stand in one block.
macro_rules! on_both_databases {
    ($($(#[doc = $doc:literal])* async fn $name:ident($database:ident: &Database) $body:block)+) => {$(
        $(#[doc = $doc])*
        mod $name {
            #[allow(unused_imports, reason = "a story may need nothing of its neighbours")]
            use super::*;

            async fn story($database: &$crate::harness::Database) $body

            #[test]
            fn sqlite() {
                $crate::harness::on($crate::harness::Database::sqlite, story);
            }

            #[test]
            #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
            fn postgres() {
                $crate::harness::on($crate::harness::Database::postgres, story);
            }
        }
    )+};
}
