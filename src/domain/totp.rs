//! One-time codes of an authenticator app (TOTP, RFC 6238): six digits, a new one every 30 seconds.
//!
//! The parameters are those that every app knows: SHA-1, six digits, 30 seconds. A code of the step
//! before or after is accepted too, because clocks differ, and each step at most once.

use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::timestamp::Timestamp;

/// The length of a secret in bytes (RFC 4226 §4 recommends 160 bits).
pub const SECRET: usize = 20;
/// Longer input is not looked at.
const LONGEST_INPUT: usize = 20;
const DIGITS: u8 = 6;
/// In seconds.
const STEP: u64 = 30;
/// How many steps a device's clock may be off.
const SKEW: u16 = 1;

/// The secret that the server and the app share.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; SECRET]>);

/// The number of a step of 30 seconds since 1970. The last one used is stored, against replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(i64);

impl Step {
    /// As stored.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl TotpSecret {
    /// A new secret; `entropy` comes from the system's random source.
    pub fn from_entropy(entropy: [u8; SECRET]) -> Self {
        Self(Zeroizing::new(entropy))
    }

    /// A secret that was stored (sealed).
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_entropy(bytes.try_into().ok()?))
    }

    /// What is stored, sealed.
    pub fn bytes(&self) -> &[u8; SECRET] {
        &self.0
    }

    /// The secret for typing: base32 in groups of four.
    pub fn reveal(&self) -> String {
        let letters = BASE32_NOPAD.encode(&*self.0);
        let groups: Vec<&str> = (0..letters.len())
            .step_by(4)
            .map(|at| &letters[at..at + 4])
            .collect();
        groups.join(" ")
    }

    /// The address in the QR code, which authenticator apps read.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        // A colon separates the two, so neither contains one.
        let encode =
            |text: &str| utf8_percent_encode(&text.replace(':', " "), NON_ALPHANUMERIC).to_string();
        let (issuer, account) = (encode(issuer), encode(account));
        let secret = BASE32_NOPAD.encode(&*self.0);
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
        )
    }

    /// The step whose code was typed, if it is the current one or a neighbour, and later than the
    /// last one that was used.
    pub fn check(&self, typed: &str, now: Timestamp, last_used: Option<i64>) -> Option<Step> {
        if typed.len() > LONGEST_INPUT {
            return None;
        }
        let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let step = self.totp().check(&digits, seconds(now))?;
        let step = i64::try_from(step).ok()?;
        last_used
            .is_none_or(|last| step > last)
            .then_some(Step(step))
    }

    /// The code at an instant: what the app shows.
    pub fn code(&self, at: Timestamp) -> String {
        self.totp().generate(seconds(at)).to_string()
    }

    fn totp(&self) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(STEP)
            .with_skew(SKEW)
            .with_secret(self.0.to_vec())
            .build()
            .expect("these parameters are those of RFC 6238")
    }
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.micros() / 1_000_000).unwrap_or(0)
}

/// Prints no secret.
impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    /// The secret of RFC 6238, appendix B; the last six of its eight digits.
    fn secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").expect("20 bytes")
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        assert_eq!(secret().code(at(59)), "287082");
        assert_eq!(secret().code(at(1_111_111_109)), "081804");
        assert_eq!(secret().code(at(20_000_000_000)), "353130");
    }

    #[test]
    fn neighbouring_steps_are_accepted_once() {
        let now = at(1_111_111_109);
        let step = secret().check("081 804", now, None).expect("the code");
        for seconds in [-30, 30] {
            let then = at(1_111_111_109 + seconds);
            assert_eq!(secret().check("081804", then, None), Some(step));
        }
        for seconds in [-90, 90] {
            let then = at(1_111_111_109 + seconds);
            assert_eq!(secret().check("081804", then, None), None);
        }
        // Nobody who has looked over a shoulder uses it again, nor an earlier one.
        assert_eq!(secret().check("081804", now, Some(step.number())), None);
        let before = secret().code(at(1_111_111_109 - 30));
        assert_eq!(secret().check(&before, now, Some(step.number())), None);
    }

    #[test]
    fn other_input_is_no_code() {
        for typed in [
            "",
            "08180",
            "0818044",
            "o81804",
            "٠٨١٨٠٤",
            &"0".repeat(100_000),
        ] {
            assert_eq!(
                secret().check(typed, at(1_111_111_109), None),
                None,
                "{typed}"
            );
        }
    }

    #[test]
    fn apps_can_read_the_address() {
        let uri = secret().uri("Stadt: Rundbrief", "k.öz@example.org");
        assert_eq!(
            uri,
            "otpauth://totp/Stadt%20%20Rundbrief:k%2E%C3%B6z%40example%2Eorg?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Stadt%20%20Rundbrief&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(secret().reveal(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
