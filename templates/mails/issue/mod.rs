//! The digest: an issue of a newsletter for one language and one set of topics.
//!
//! An issue has as many variants as there are languages and sets of topics, so `digest` renders none
//! of them: it renders [`parts`] once per language and joins them. [`mail`] renders one variant in
//! one piece, for samples and for the tests that compare joined mails with it.

mod html;
pub mod parts;
mod sample;
mod text;
mod view;
mod wording;

pub use view::{Detail, IssueView, ItemView, SectionKind, SectionView};
pub use wording::default_subject;

use super::Mail;
use crate::site::Site;

/// Renders a variant in one piece.
pub fn mail(site: &Site, view: &IssueView) -> Mail {
    let subject = wording::subject(site.locale, view);
    Mail {
        html: html::document(site, view, &subject),
        text: text::document(site, view),
        subject,
    }
}
