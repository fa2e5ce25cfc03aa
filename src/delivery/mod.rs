//! How mails get to the relay.
//!
//! [`Transport`] is the relay: `jobs` and `cli` send single mails with it.

mod file;
mod reply;
mod smtp;
mod tls;
mod transport;
mod trouble;
mod wire;

pub use reply::Reply;
pub use tls::BadRelay;
pub use transport::{Connection, Envelope, Transport};
pub use trouble::{SendError, SendResult, Step, Trouble};
