//! Recovery codes: for staff who have lost the device with their second factor.
//!
//! Ten are shown once; only hashes are stored, and each works once. A code has 80 random bits, so
//! its hash needs no salt and no slow function.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest as _, Sha256};

/// How many codes a person gets.
pub const CODES: usize = 10;
/// The length of the random number of a code, in bytes.
pub const ENTROPY: usize = 10;
/// The letters of a code, without the hyphens.
const LETTERS: usize = 16;
/// Longer input is not looked at: the letters with a sign between any two.
const LONGEST_INPUT: usize = 40;

/// A recovery code.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; ENTROPY]);

impl RecoveryCode {
    /// A new code; `entropy` comes from the system's random source.
    pub const fn from_entropy(entropy: [u8; ENTROPY]) -> Self {
        Self(entropy)
    }

    /// Reads a code as it was typed: case, blanks and hyphens do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST_INPUT {
            return None;
        }
        let letters: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| letter.to_ascii_uppercase())
            // Base32 has no digits that look like letters.
            .map(|letter| match letter {
                '0' => 'O',
                '1' => 'I',
                other => other,
            })
            .collect();
        if letters.len() != LETTERS {
            return None;
        }
        let bytes = BASE32_NOPAD.decode(letters.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The code as it is shown: `XXXX-XXXX-XXXX-XXXX`.
    pub fn reveal(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0);
        let groups: Vec<&str> = (0..LETTERS)
            .step_by(4)
            .map(|at| &letters[at..at + 4])
            .collect();
        groups.join("-")
    }

    /// What is stored: SHA-256 in 64 hex digits.
    pub fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0))
    }
}

/// Prints no code.
impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode::from_entropy([0x5a; ENTROPY]);
        let shown = code.reveal();
        assert_eq!(shown.len(), 19);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            shown.replace('-', " "),
            format!("  {shown}\n"),
        ] {
            assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for other in ["", "abcd", "????-????-????-????", &"A".repeat(100_000)] {
            assert_eq!(RecoveryCode::parse(other), None);
        }
        assert_eq!(code.hash().len(), 64);
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    }
}
