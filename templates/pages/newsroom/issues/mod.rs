//! The pages of issues. [`head`] is what all pages of one issue have in common.

pub mod add;
pub mod contents;
mod entries;
pub mod head;
mod left_out;
pub mod list;
mod sample;
pub mod shorten;
mod texts;
mod words;
