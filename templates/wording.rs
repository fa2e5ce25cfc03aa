//! The words a reader consents to. They are part of the proof, so they carry a version.

use crate::locale::Locale;

/// The version of the consent wording; raise it with every change to `consent-…` in any language.
pub const CONSENT_VERSION: &str = "2026-11-1";

/// The version of the privacy notice; raise it with every change to its meaning.
pub const PRIVACY_VERSION: &str = "2026-11-1";

/// A wording somebody agrees to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// [`CONSENT_VERSION`].
    pub version: &'static str,
    /// The text exactly as the form shows it.
    pub text: String,
}

/// What somebody consents to who sends the form: sender and subject are named in it (BGH VI ZR
/// 721/15). `newsletters` are the names of those on offer in the form.
pub fn consent_wording(locale: Locale, organisation: &str, newsletters: &[&str]) -> Wording {
    let _ = (locale, organisation, newsletters);
    Wording {
        version: CONSENT_VERSION,
        text: String::new(),
    }
}
