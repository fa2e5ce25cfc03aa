//! How large its mails are. Mail programs cut off what is too long, and with it the link to leave.

use templates::mails::issue::Detail;

use super::Facts;
use crate::digest::audience::Audience;
use crate::digest::headers::MessageHeaders;
use crate::digest::mail_context::MailContext;
use crate::digest::parts::LanguageParts;
use crate::digest::release::ReleaseError;
use crate::digest::snapshot::{Limits, Snapshot};
use crate::digest::variant::LanguageMails;
use crate::domain::check::{Finding, Observation, Place};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

/// Variants that are measured, the most read first. Sizes follow from sums, but adding takes time too.
const MOST_VARIANTS: usize = 2_000;

/// What the mails of an issue were measured to.
#[derive(Debug, Clone, Default)]
pub struct Sizes {
    /// The largest, in bytes of encoded HTML.
    pub largest: usize,
    /// How many people get a mail in which entries are shortened.
    pub shortened: i64,
    /// Why a mail cannot be made.
    pub problem: Option<Problem>,
}

/// Why a mail cannot be made.
#[derive(Debug, Clone)]
pub enum Problem {
    /// It would be cut off, with so many bytes.
    TooLarge(usize),
    /// It cannot be rendered.
    Unusable(String),
}

/// Measures the mails that somebody reads, and in each of these languages that of a reader of all topics.
/// What was `rendered` for a release is not rendered again.
pub fn measure(
    mail_context: &MailContext,
    snapshot: &Snapshot,
    audience: &Audience,
    (at, rendered): (Timestamp, &[(Language, LanguageParts)]),
) -> Sizes {
    let mut sizes = Sizes::default();
    if snapshot.sections.is_empty() {
        return sizes;
    }
    for language in languages(mail_context, audience) {
        let parts = rendered.iter().find(|(of, _)| *of == language);
        let parts = parts.map(|(_, parts)| parts);
        let what = (language, parts, at);
        if let Err(error) = measure_language(mail_context, snapshot, audience, what, &mut sizes) {
            sizes.problem = Some(match error {
                ReleaseError::TooLarge(too_large) => Problem::TooLarge(too_large.bytes),
                other => Problem::Unusable(other.to_string()),
            });
            break;
        }
    }
    sizes
}

/// The languages in which somebody reads it; without readers the default.
fn languages(mail_context: &MailContext, audience: &Audience) -> Vec<Language> {
    let read = audience.variants.iter().map(|variant| variant.language);
    let mut languages: Vec<_> = read
        .chain(mail_context.languages().first().copied())
        .collect();
    languages.sort_unstable();
    languages.dedup();
    languages
}

fn measure_language(
    mail_context: &MailContext,
    snapshot: &Snapshot,
    audience: &Audience,
    (language, rendered, at): (Language, Option<&LanguageParts>, Timestamp),
    sizes: &mut Sizes,
) -> Result<(), ReleaseError> {
    let limits = mail_context.limits();
    let headers = MessageHeaders::new(snapshot, mail_context.public_url(), at);
    let own;
    let parts = if let Some(parts) = rendered {
        parts
    } else {
        own = LanguageParts::render(mail_context, snapshot, limits, language)?;
        &own
    };
    let mails = LanguageMails::new(snapshot, parts, &headers, limits, language)?;
    mails.check_size()?;
    let (all, _) = snapshot.audience();
    sizes.largest = sizes.largest.max(mails.variant(all)?.html_bytes);
    let variants = audience.variants.iter().take(MOST_VARIANTS);
    for read in variants.filter(|variant| variant.language == language) {
        let variant = mails.variant(read.topics)?;
        sizes.largest = sizes.largest.max(variant.html_bytes);
        if variant.detail != Detail::Full {
            sizes.shortened += read.readers;
        }
    }
    Ok(())
}

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let Limits { shorten, refuse } = facts.mail_context.limits();
    let sizes = facts.sizes;
    let what = match &sizes.problem {
        Some(Problem::TooLarge(bytes)) => Observation::TooLarge {
            bytes: *bytes,
            most: refuse,
        },
        Some(Problem::Unusable(detail)) => Observation::Unusable {
            detail: detail.clone(),
        },
        None if facts.snapshot.sections.is_empty() => return,
        None if sizes.shortened > 0 => Observation::Shortened {
            readers: sizes.shortened,
            bytes: sizes.largest,
            limit: shorten,
        },
        None => Observation::SizeGood {
            bytes: sizes.largest,
            most: refuse,
        },
    };
    found.push(Finding::at(Place::IssueEntries, what));
}
