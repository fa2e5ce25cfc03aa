//! The words a reader consents to. They are part of the proof, so they carry a version.

use crate::locale::Locale;

/// The version of the consent wording; raise it with every change to `consent-…` in any language.
pub const CONSENT_VERSION: &str = "2026-11-1";

/// The version of the privacy notice; raise it with every change to its meaning.
pub const PRIVACY_VERSION: &str = "2026-11-3";

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
    let names: Vec<String> = newsletters.iter().map(|name| locale.quote(name)).collect();
    let key = if names.len() == 1 {
        "consent-one"
    } else {
        "consent-several"
    };
    Wording {
        version: CONSENT_VERSION,
        text: locale.fill(
            key,
            [
                ("organisation", organisation.into()),
                ("newsletters", locale.list(&names).into()),
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes the wording must raise [`CONSENT_VERSION`], and then this test.
    #[test]
    fn a_new_wording_has_a_new_version() {
        let texts = Locale::ALL.map(|locale| {
            [
                consent_wording(locale, "ORGANISATION", &["A"]).text,
                consent_wording(locale, "ORGANISATION", &["A", "B"]).text,
            ]
        });
        insta::assert_debug_snapshot!("consent_wording_2026-11-1", texts);
        assert_eq!(CONSENT_VERSION, "2026-11-1");
    }
}
