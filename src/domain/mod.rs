//! The domain: types, and the transitions they allow.
//!
//! No I/O here: no SQL, no HTTP, no SMTP, and no clock; the time is always a parameter.

pub mod address;
pub mod audit;
pub mod check;
pub mod contact;
pub mod delivery;
pub mod difference;
pub mod dkim;
pub mod entry;
pub mod holiday;
pub mod issue;
pub mod key;
pub mod language;
pub mod mail;
pub mod merge;
pub mod named;
pub mod newsletter;
pub mod notice;
pub mod outage;
pub mod password;
pub mod permalink;
pub mod picture;
pub mod proposal;
pub mod quiet;
pub mod reason;
pub mod recovery_code;
pub mod return_path;
pub mod review;
pub mod schedule;
pub mod search;
pub mod send_time;
pub mod sender_dns;
pub mod subscriber;
pub mod text;
pub mod timestamp;
pub mod token;
pub mod topic;
pub mod totp;
pub mod user;
pub mod variant;
