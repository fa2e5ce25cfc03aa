//! The public pages. Each file has a view struct, its samples and one function `page`.

pub mod accessibility;
pub mod confirm;
pub mod confirm_invalid;
pub mod confirmed;
pub mod entries;
pub mod entry;
pub mod entry_withdrawn;
pub mod error;
pub mod imprint;
pub mod link_invalid;
pub mod mailbox;
pub mod mailbox_mail;
pub mod newsroom;
pub mod personal_data;
pub mod preferences;
pub mod privacy;
pub mod subscribe;
pub mod subscribe_sent;
pub mod unsubscribe;
pub mod unsubscribed;
