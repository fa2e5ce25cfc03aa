//! How mails get to the relay, and what became of each.
//!
//! - [`Engine`] sends issues by the ledger: `cli::serve` runs it, `issue send` and the demo drain
//!   one issue with it. Its mails come from whatever implements [`Mails`].
//! - [`Relays`] are where mails go: `jobs` sends single mails with them, and `cli` with one
//!   [`Transport`].
//!
//! The engine leases deliveries; makers write and finish their mails a few ahead; a worker has the
//! recorder mark one as *started*, hands it over on its own connection, and lets the result travel
//! to the ledger with the next start.

mod circuit;
mod classify;
mod conversation;
mod domains;
mod engine;
mod file;
mod health;
mod login;
mod mails;
mod making;
mod offer;
mod progress;
mod queue;
mod recorder;
mod relays;
mod reply;
mod session;
mod settings;
mod shared;
pub mod signing;
mod smtp;
mod tls;
mod transport;
mod trouble;
mod verdict;
mod wire;
mod worker;

#[cfg(test)]
mod tests;

pub use engine::{Drained, Engine, EngineError, Parts, Waker};
pub use health::Limits as HealthLimits;
pub use mails::{MailFuture, Mails, NoMail};
pub use progress::{Progress, progress};
pub use relays::{Relays, UnusableRelay};
pub use reply::Reply;
pub use settings::Settings;
pub use tls::BadRelay;
pub use transport::{Connection, Envelope, Transport};
pub use trouble::{SendError, SendResult, Step, Trouble};
