//! Entries at a glance: the list, the page of one, its versions, and what sources propose.

pub mod ask;
pub mod compare;
pub mod difference;
pub mod list;
pub mod proposal;
pub mod proposals;
pub mod show;
pub mod versions;
pub mod words;
