//! Newsletters, topics and issues by the names people give on the command line.

pub use crate::app::lookup::{issue, newsletter, topic_keys, topics};
