//! What an issue says, and how its mails are joined from parts.
//!
//! `app` composes an issue of the entries that [`select`] finds, and approves it: [`release`] fixes its
//! texts as a [`snapshot`] and renders its [`parts`] once for each language. A [`variant`] is a list of
//! these parts; `delivery` asks [`mails`] for it.
//!
//! Modules depend on each other from the bottom of this list to its top:
//!
//! ```text
//! mails                      what delivery asks
//! checks                     what would harm readers
//! select, left_out           which entries an issue tells, and why not the others
//! audience  → release        what is approved: snapshot, parts and sizes
//! variant                    parts joined to a mail
//! parts     → views, tokens  rendering and encoding
//! snapshot, headers, mime    the approved texts, the form of a mail
//! ```

pub mod audience;
pub mod checks;
pub mod headers;
pub mod left_out;
pub mod logo;
pub mod mail_context;
pub mod mails;
pub mod mime;
pub mod parts;
pub mod placeholder;
pub mod release;
pub mod rich_text;
pub mod select;
pub mod site;
pub mod snapshot;
mod tokens;
pub mod variant;
mod views;

pub use mail_context::MailContext;
pub use views::when;
