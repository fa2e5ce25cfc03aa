//! What an issue says: select → group into variants → render → prepare.
//!
//! `jobs` and `cli` [compose](select::compose) an issue and [release](release::release) it;
//! `delivery` asks [`mails`] for the prepared mail of a variant, which is rendered once and kept.

pub mod audience;
pub mod logo;
pub mod mail_context;
pub mod mails;
pub mod mime;
pub mod placeholder;
pub mod prepare;
pub mod release;
mod rich_text;
pub mod select;
pub mod site;
pub mod variant;

pub use mail_context::MailContext;
