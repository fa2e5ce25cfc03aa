//! Passwords of staff: which ones are accepted, and how they are stored.
//!
//! The rules follow NIST SP 800-63B: length counts, composition does not, and what attackers try
//! first is refused. Stored is an argon2id hash in the PHC string format. Hashing takes 19 MiB and
//! some 20 ms, so `app` calls [`hash`] and [`verify`] apart from the async workers.

mod guessable;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use icu_normalizer::ComposingNormalizerBorrowed;
use zeroize::Zeroizing;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters of a password.
pub const LONGEST: usize = 200;
/// The length of the random number that [`hash`] needs, in bytes.
pub const SALT: usize = 16;
/// The fewest characters of a name that a password must not contain: shorter ones occur in words.
const SHORTEST_NAME: usize = 4;

/// The same password typed on another keyboard has other code points; its compatibility form does
/// not.
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();

/// A password that follows the rules.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// Why a password is not accepted. Never contains the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Too short.
    #[error(
        "the password is too short: at least {SHORTEST} characters; several words are easy to remember"
    )]
    TooShort,
    /// Too long.
    #[error("the password is too long: at most {LONGEST} characters")]
    TooLong,
    /// Attackers try it first.
    #[error(
        "the password is easily guessed, because it consists of common words, rows of keys or a year; choose several words that have nothing to do with each other"
    )]
    Common,
    /// It contains the name or address of the person, or the name of the organisation.
    #[error(
        "the password contains a name or an address that others know; choose words that have nothing to do with the person or the organisation"
    )]
    Name,
}

/// What others know about the person: their password must not contain it.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub address: &'a str,
    /// The name of the organisation.
    pub organisation: &'a str,
}

impl Password {
    /// Checks a new password.
    pub fn accept(text: &str, about: About<'_>) -> Result<Self, BadPassword> {
        // Before any other work: at most four bytes are one character.
        if text.len() > LONGEST * 4 {
            return Err(BadPassword::TooLong);
        }
        let password = normalised(text);
        match password.chars().count() {
            count if count < SHORTEST => return Err(BadPassword::TooShort),
            count if count > LONGEST => return Err(BadPassword::TooLong),
            _ => {}
        }
        let folded = Zeroizing::new(password.to_lowercase());
        if names(about)
            .iter()
            .any(|name| folded.contains(name.as_str()))
        {
            return Err(BadPassword::Name);
        }
        if guessable::is_guessable(&folded) {
            return Err(BadPassword::Common);
        }
        Ok(Self(password))
    }
}

/// Prints no password.
impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn normalised(text: &str) -> Zeroizing<String> {
    Zeroizing::new(NFKC.normalize(text).into_owned())
}

/// The words that the password must not contain, in lower case.
fn names(about: About<'_>) -> Vec<String> {
    let (local_part, domain) = about.address.split_once('@').unwrap_or_default();
    // The last label says nothing about the person: `de`, `org`.
    let labels = domain.rsplit('.').skip(1);
    let organisation = about.organisation.trim();
    about
        .name
        .split(|c: char| !c.is_alphanumeric())
        .chain(local_part.split(|c: char| !c.is_alphanumeric()))
        .chain([local_part, organisation])
        .chain(labels)
        .filter(|word| word.chars().count() >= SHORTEST_NAME)
        .map(|word| normalised(word).to_lowercase())
        .collect()
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The hash of a password, in the PHC string format; `salt` comes from the system's random source
/// and is never used twice. Takes some 20 ms and 19 MiB.
pub fn hash(password: &Password, salt: [u8; SALT]) -> String {
    hash_text(&password.0, salt).to_string()
}

fn hash_text(password: &str, salt: [u8; SALT]) -> PasswordHash {
    argon2()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("argon2 takes passwords of any length and salts of 16 bytes")
}

/// Whether `text` is the password with this hash. Takes as long when there is none, so that nobody
/// learns from the time which accounts exist.
pub fn verify(text: &str, stored: Option<&str>) -> bool {
    let long = text.len() > LONGEST * 4;
    let password = normalised(if long { "" } else { text });
    let Some(stored) = stored.and_then(|text| PasswordHash::new(text).ok()) else {
        hash_text(&password, [0; SALT]);
        return false;
    };
    let right = argon2()
        .verify_password(password.as_bytes(), &stored)
        .is_ok();
    right && !long
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: About<'_> = About {
        name: "Katrin Öztürk-Müller",
        address: "k.oeztuerk@stadt-beispiel.de",
        organisation: "Stadt Beispiel",
    };

    fn refusal(text: &str) -> Option<BadPassword> {
        Password::accept(text, ABOUT).err()
    }

    #[test]
    fn length_counts_in_characters() {
        assert_eq!(refusal("vier sehr öd"), None);
        assert_eq!(refusal("vier sehr ö"), Some(BadPassword::TooShort));
        assert_eq!(refusal(&"ab3 ".repeat(51)), Some(BadPassword::TooLong));
        assert_eq!(refusal(&"ä".repeat(100_000)), Some(BadPassword::TooLong));
    }

    #[test]
    fn names_that_others_know_are_refused() {
        for text in [
            "der Garten von KATRIN",
            "müller malt Häuser",
            "oeztuerk im Wald",
            "wir in stadt-beispiel",
            "Stadt Beispiel 4711",
        ] {
            assert_eq!(refusal(text), Some(BadPassword::Name), "{text}");
        }
    }

    #[test]
    fn only_the_same_password_verifies() {
        let password = Password::accept("drei Störche im Schnee", ABOUT).expect("a password");
        let stored = hash(&password, [7; SALT]);
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify("drei Störche im Schnee", Some(&stored)));
        // The ö of another keyboard: o and a combining diaeresis.
        assert!(verify("drei Sto\u{308}rche im Schnee", Some(&stored)));
        assert!(!verify("drei störche im Schnee", Some(&stored)));
        assert!(!verify("", Some(&stored)));
        assert!(!verify("drei Störche im Schnee", None));
        assert!(!verify("drei Störche im Schnee", Some("no hash")));
        assert!(!verify(&"ä".repeat(100_000), Some(&stored)));
    }

    #[test]
    fn nothing_prints_the_password() {
        let password = Password::accept("drei Störche im Schnee", ABOUT).expect("a password");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
