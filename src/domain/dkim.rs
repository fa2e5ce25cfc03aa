//! Signing keys (DKIM, RFC 6376): their names and states.

use std::fmt;
use std::str::FromStr;

use super::address::{Address, BadAddress};
use super::named::named_enum;

named_enum! {
    /// How a key signs.
    pub enum Algorithm ("signing algorithm") {
        /// RSA with 2048 bits (RFC 6376 §3.3.1, RFC 8301): supported by every receiver.
        RsaSha256 = "rsa-sha256",
        /// Ed25519 (RFC 8463): small and fast; never used alone, because not every receiver
        /// supports it.
        Ed25519Sha256 = "ed25519-sha256",
    }
}

impl Algorithm {
    /// The last letter of a selector, so that people recognise the key.
    pub const fn letter(self) -> char {
        match self {
            Self::RsaSha256 => 'r',
            Self::Ed25519Sha256 => 'e',
        }
    }

    /// Its name in the DNS record (`k=`, RFC 6376 §3.6.1).
    pub const fn dns_name(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa",
            Self::Ed25519Sha256 => "ed25519",
        }
    }
}

named_enum! {
    /// The states of a key. Of several active keys of one domain and algorithm, the one activated
    /// last signs; the others only have to stay in the DNS.
    pub enum KeyState ("state of a signing key") {
        /// Generated, to be published in the DNS; does not sign yet.
        Prepared = "prepared",
        /// Published; signs, unless a newer one does.
        Active = "active",
        /// Retired: its private key is deleted.
        Retired = "retired",
    }
}

/// A domain that signs, in its ASCII form, in lower case; see [`domain`].
pub fn domain(text: &str) -> Result<String, BadAddress> {
    // The rules for domains are those for the right side of an address.
    let text = text.trim().trim_end_matches('.');
    Address::parse(&format!("post@{text}")).map(|address| address.domain().to_ascii_lowercase())
}

/// The name of a signing key: `DOMAIN/SELECTOR`, e.g. `example.org/rb202611r`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName {
    /// The domain it signs for.
    pub domain: String,
    /// The selector.
    pub selector: String,
}

/// A text that is not the name of a signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyName {
    /// Not of that form.
    #[error("write domain and selector as `rundbrief dkim list` does, e.g. example.org/rb202611r")]
    Form,
    /// The part before the slash is not a domain.
    #[error("not a domain; write the part after the @ of a sender, e.g. example.org")]
    Domain,
}

impl FromStr for KeyName {
    type Err = InvalidKeyName;
    fn from_str(text: &str) -> Result<Self, InvalidKeyName> {
        let (name, selector) = text.split_once('/').ok_or(InvalidKeyName::Form)?;
        Ok(Self {
            domain: domain(name).map_err(|_| InvalidKeyName::Domain)?,
            selector: selector.to_ascii_lowercase(),
        })
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.domain, self.selector)
    }
}

/// Whether `signing` may sign mails from `from`: it is this domain or a parent (relaxed DMARC
/// alignment).
pub fn is_within(from: &str, signing: &str) -> bool {
    from.strip_suffix(signing)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A selector made of product, month and algorithm: `rb202611r`; with a number appended if the name
/// is taken.
pub fn selector(
    algorithm: Algorithm,
    year: i32,
    month: u32,
    taken: impl Fn(&str) -> bool,
) -> String {
    let first = format!("rb{year:04}{month:02}{}", algorithm.letter());
    let numbered = (2_u32..).map(|number| format!("{first}{number}"));
    std::iter::once(first.clone())
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_ascii_and_lower_case() {
        assert_eq!(
            domain("Müller.Example.").ok().as_deref(),
            Some("xn--mller-kva.example")
        );
        for bad in [
            "",
            "localhost:25",
            "a b.example",
            "post@example.org",
            "-a.example",
        ] {
            assert!(domain(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_keys_are_read() {
        let read = |text: &str| text.parse::<KeyName>().map(|name| name.to_string());
        assert_eq!(
            read("Example.org/RB202611r"),
            Ok("example.org/rb202611r".to_owned())
        );
        for bad in ["example.org", "/rb", "a b/rb"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_domain_signs_for_itself_and_its_subdomains() {
        assert!(is_within("example.org", "example.org"));
        assert!(is_within("news.example.org", "example.org"));
        assert!(!is_within("badexample.org", "example.org"));
        assert!(!is_within("example.org", "news.example.org"));
    }

    #[test]
    fn selectors_do_not_repeat() {
        let name =
            |taken: &[&str]| selector(Algorithm::RsaSha256, 2026, 1, |name| taken.contains(&name));
        assert_eq!(name(&[]), "rb202601r");
        assert_eq!(name(&["rb202601r", "rb202601r2"]), "rb202601r3");
        assert_eq!(
            selector(Algorithm::Ed25519Sha256, 2026, 11, |_| false),
            "rb202611e"
        );
    }
}
