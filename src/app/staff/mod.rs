//! Users: adding them, logging in and out, and their sessions.

mod add;
mod error;
mod log_in;
mod session;

pub use add::{NewUser, UserDetails, add};
pub use error::StaffError;
pub use log_in::log_in;
pub use session::{Opened, Session, SessionToken, end, open, resume};
