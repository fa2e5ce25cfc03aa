//! Short names of newsletters and topics, e.g. `region`: they are used in URLs and on the command
//! line and never change.

/// The most characters of a key.
const LONGEST: usize = 40;

/// A text that cannot be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a key has up to 40 lower-case letters a-z, digits and hyphens and begins with a letter, e.g. region"
)]
pub struct InvalidKey;

/// Checks a key: lower-case ASCII letters, digits and hyphens, a letter first.
pub fn parse(text: &str) -> Result<String, InvalidKey> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let begins_well = text.starts_with(|c: char| c.is_ascii_lowercase());
    if begins_well && text.len() <= LONGEST && text.bytes().all(fits) && !text.ends_with('-') {
        Ok(text.to_owned())
    } else {
        Err(InvalidKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_lower_case_and_ascii() {
        assert_eq!(parse("region-2"), Ok("region-2".to_owned()));
        let too_long = "a".repeat(LONGEST + 1);
        for bad in ["", "Region", "2region", "a b", "ä", "region-", &too_long] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
