//! Names of sections and keys: which are valid, and suggestions for unknown ones.

use super::{UNNAMED, described_by};

/// Checks the name of a section; the error is the problem and the remedy. Names have no
/// underscores, so that each environment variable maps to one key.
pub(super) fn check_name(of: &str, name: &str) -> Result<(), (String, String)> {
    let like = described_by(&format!("{of}.{name}")).to_owned();
    if name == UNNAMED {
        return Err((
            format!("“{UNNAMED}” is the name of [{like}]"),
            format!("put its keys below [{like}]"),
        ));
    }
    let begins = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase());
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if begins && name.len() <= 32 && name.bytes().all(plain) {
        Ok(())
    } else {
        Err((
            format!("“{name}” is not a valid name"),
            format!("use small letters, digits and hyphens, a letter first: [{of}.backup]"),
        ))
    }
}

/// A key directly in `[relays]`.
pub(super) fn nameless(of: &str, key: &str) -> (String, String) {
    let like = described_by(&format!("{of}.")).to_owned();
    (
        format!("“{key}” is in [{of}] itself, which contains named sections only"),
        format!("write [{of}.NAME] above it, or [{like}] for the only one"),
    )
}

/// The remedy for an unknown name.
pub(super) fn unknown_remedy<'a>(
    found: &str,
    known: impl Iterator<Item = (&'a str, String)>,
) -> String {
    match nearest(found, known) {
        Some(known) => format!("did you mean {known}? `rundbrief config default` prints all keys"),
        None => "remove it; `rundbrief config default` prints all keys".to_owned(),
    }
}

/// The most similar known name, as it is displayed.
pub(super) fn nearest<'a>(
    found: &str,
    known: impl Iterator<Item = (&'a str, String)>,
) -> Option<String> {
    known
        .map(|(name, shown)| (strsim::jaro_winkler(found, name), shown))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, shown)| shown)
}
