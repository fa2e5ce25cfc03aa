//! Pages and mails of Rundbrief in maud, and their wording in Fluent.
//!
//! The crate knows nothing of the other modules: callers (`web`, `digest`, `delivery`, `cli`)
//! fill plain view structs and get [`maud::Markup`] for a page or a [`mails::Mail`] for a mail.
//! Everything that is the same on all pages of an installation stands in [`Site`].
//!
//! Each view has [`Sample`]s. [`render_all`] renders all of them, for the snapshot tests and for
//! `rundbrief templates render DIR`; a page or mail that is missing from the list in `render.rs`
//! is seen by nobody, so add it there.

mod assets;
mod checks;
mod colour;
mod components;
mod date;
mod date_block;
mod entry_item;
mod entry_sample;
mod layout;
mod link;
mod locale;
pub mod mails;
mod page_text;
pub mod pages;
mod palette;
pub mod picture;
mod plain_text;
pub mod plot;
mod reason;
mod render;
mod rhythm;
pub mod rich_text;
mod sample;
mod site;
mod wording;

pub use assets::{Asset, assets, newsroom_stylesheet, scripts};
pub use checks::{CheckPlace, CheckValue, CheckView, CheckWords, check_words};
pub use colour::least_contrast_in_mails;
pub use date::When;
pub use entry_item::{Feeds, ItemView, SubscribeLink};
pub use locale::Locale;
pub use reason::{
    ChangeView, ReasonView, RelayView, about_relay, because, change, changed, reason,
};
pub use render::{render_all, render_everything};
pub use rhythm::{Rhythm, RhythmDays};
pub use sample::Sample;
pub use site::{Imprint, Links, Newsletter, NewsletterChoice, Site, TopicChoice};
pub use wording::{CONSENT_VERSION, PRIVACY_VERSION, Wording, consent_wording};

/// A day and a time in words: “25. November 2026, 9:41 Uhr”.
pub fn moment(locale: Locale, at: chrono::NaiveDateTime) -> String {
    locale.moment(at)
}
