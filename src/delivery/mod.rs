//! Sends mails to the relay and records the outcome of each.
//!
//! - [`Engine`] sends issues from the ledger: `cli::serve` runs it, `issue send` and the demo drain
//!   one issue with it. Its mails come from an implementation of [`Mails`].
//! - [`Relays`] accept the mails: `jobs` sends single mails with them, and `cli` with one
//!   [`Transport`].
//!
//! The engine leases deliveries; message builders build their mails a few ahead; a worker has the
//! group-commit writer mark one as *started*, sends it on its own connection, and submits the
//! result together with the next start.

mod attempt;
mod audit_lines;
mod authentication;
mod circuit_breaker;
mod classify;
mod context;
mod deferrals;
mod dispatcher;
mod domain_limits;
mod engine;
mod extensions;
mod file;
mod group_commit;
mod health;
mod leased;
mod leases;
mod mails;
mod message_builder;
mod outcome;
mod pipeline;
mod progress;
mod queue;
mod relay_watch;
mod relays;
mod reply;
mod retry_policy;
mod settings;
pub mod signing;
mod smtp;
mod step;
mod stream;
mod tls;
mod transaction;
mod transport;
mod transport_error;
mod waker;
mod worker;
mod worker_name;

#[cfg(test)]
mod tests;

pub use engine::{Drained, Engine, EngineError, Parts};
pub use health::Limits as HealthLimits;
pub use mails::{MailFuture, Mails, NoMail};
pub use pipeline::TaskEnded;
pub use progress::{Progress, progress};
pub use relays::{Relays, UnusableRelay};
pub use reply::Reply;
pub use settings::Settings;
pub use step::Step;
pub use tls::BadRelay;
pub use transport::{Connection, Envelope, Transport};
pub use transport_error::{SendError, SendResult, TransportError};
pub use waker::Waker;
