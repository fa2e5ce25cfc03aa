//! The pages of issues. [`head`] is what all pages of one issue have in common.

pub mod add;
pub mod as_reader;
pub mod contents;
mod entries;
pub mod head;
mod left_out;
pub mod list;
pub(super) mod sample;
pub mod shorten;
pub mod test_mail;
mod texts;
pub mod time;
pub mod variants;
pub(super) mod words;

pub(super) use sample::{head as sample_head, preview as sample_preview};

use crate::locale::Locale;

/// What stands in place of topics where there are none.
pub fn no_topic(t: Locale) -> String {
    t.say("issue-desk-no-topic")
}
