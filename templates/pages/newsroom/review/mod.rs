//! The pages of reviews: approving an issue, and its history.

pub mod approve;
pub mod deputies;
pub mod dns;
mod event;
pub mod history;
pub mod ready;
pub(in crate::pages::newsroom) mod sample;
pub mod settings;

pub(in crate::pages::newsroom) use event::trail;
pub use event::{Did, Event, Who, folded};

use crate::locale::Locale;

/// What somebody can do on the page of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Hand the issue in.
    HandIn,
    /// Approve it.
    Approve,
    /// Look at it.
    Look,
}

/// The words of the link to that page.
pub fn action(t: Locale, action: Action) -> String {
    t.say(match action {
        Action::HandIn => "review-action-hand-in",
        Action::Approve => "review-action-approve",
        Action::Look => "review-action-look",
    })
}
