//! The digest: an issue of a newsletter for one language and one set of topics.
//!
//! An issue has as many variants as there are languages and sets of topics, so `digest` renders none
//! of them: it renders [`parts`] once per language and joins them. [`mail`] renders one variant in
//! one piece, for samples and for the tests that compare joined mails with it.

mod html;
mod item;
mod own;
pub mod parts;
mod sample;
mod text;
mod view;
mod wording;

pub use own::ProposedSubject;
pub use view::{
    Change, ContactView, Detail, EventNote, IssueView, ItemView, MoreView, PaperView, SectionKind,
    SectionView, Texts, Told,
};
pub use wording::default_subject;

use super::Mail;
use crate::site::Site;

/// Renders a variant in one piece.
pub fn mail(site: &Site, view: &IssueView) -> Mail {
    let told = view.told();
    let (subject, named) = subject(site, view, &told);
    let preheader = own::preheader(&told, named);
    Mail {
        html: html::document(site, view, &told, [&subject, &preheader]),
        text: text::document(site, view, &told),
        subject,
    }
}

/// The subject, and how many titles it names.
fn subject(site: &Site, view: &IssueView, told: &[Told<'_>]) -> (String, usize) {
    if let Some(written) = &view.subject {
        return (written.clone(), 0);
    }
    let name = Some(view.newsletter.as_str()).filter(|_| view.name_in_subject || told.is_empty());
    let proposed = own::subject(site.locale, name, told);
    (proposed.text, proposed.named)
}
