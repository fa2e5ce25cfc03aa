//! Durations and sizes in readable form: `7 days`, `90s`, `20 MB`.

use std::time::Duration;

/// A text that is not a duration, size or share; the message shows the format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadUnit {
    /// Not a span of time.
    #[error(
        "“{0}” is not a span of time; write a whole number and a unit, e.g. \"30 seconds\", \"15 minutes\", \"6 hours\", \"7 days\""
    )]
    Duration(String),
    /// Not a size.
    #[error("“{0}” is not a size; write a whole number and a unit, e.g. \"80 KB\" or \"20 MB\"")]
    Size(String),
    /// Not a share.
    #[error("“{0}” is not a share; write a whole number from 0 to 100 and the sign, e.g. \"10 %\"")]
    Percent(String),
}

/// Reads a span of time: one or more pairs of whole number and unit, added up (`1 day 12 hours`).
/// Units: `ms`, `s`, `min`, `h`, `d`, `w` and their English names.
pub fn parse_duration(text: &str) -> Result<Duration, BadUnit> {
    let bad = || BadUnit::Duration(shown(text));
    pairs(text)
        .ok_or_else(bad)?
        .into_iter()
        .try_fold(Duration::ZERO, |sum, (number, unit)| {
            let millis = match unit.as_str() {
                "ms" | "millisecond" | "milliseconds" => 1,
                "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
                "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
                "h" | "hour" | "hours" => 3_600_000,
                "d" | "day" | "days" => 86_400_000,
                "w" | "week" | "weeks" => 604_800_000,
                _ => return None,
            };
            sum.checked_add(Duration::from_millis(number.checked_mul(millis)?))
        })
        .ok_or_else(bad)
}

/// Reads a size in bytes. Units: `B`, `KB`, `MB`, `GB`, of 1000 each, and `KiB`, `MiB`, `GiB`, of 1024.
pub fn parse_size(text: &str) -> Result<usize, BadUnit> {
    let bad = || BadUnit::Size(shown(text));
    let pairs = pairs(text).ok_or_else(bad)?;
    let [(number, unit)] = pairs.as_slice() else {
        return Err(bad());
    };
    let bytes: u64 = match unit.as_str() {
        "b" | "byte" | "bytes" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(bad()),
    };
    number
        .checked_mul(bytes)
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(bad)
}

/// Reads a share in per cent, 0 to 100: `10 %`.
pub fn parse_percent(text: &str) -> Result<u32, BadUnit> {
    let bad = || BadUnit::Percent(shown(text));
    let number = text.trim().strip_suffix('%').ok_or_else(bad)?.trim_end();
    let whole = number.bytes().all(|byte| byte.is_ascii_digit());
    number
        .parse()
        .ok()
        .filter(|share| whole && *share <= 100)
        .ok_or_else(bad)
}

/// A duration for people: `7 days`, `1 minute 30 seconds`; `0 seconds` for none.
pub fn say_duration(span: Duration) -> String {
    const UNITS: [(u128, &str); 5] = [
        (86_400_000, "day"),
        (3_600_000, "hour"),
        (60_000, "minute"),
        (1_000, "second"),
        (1, "millisecond"),
    ];
    let mut rest = span.as_millis();
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!(
                "{count} {unit}{}",
                if count == 1 { "" } else { "s" }
            ));
        }
    }
    if parts.is_empty() {
        "0 seconds".to_owned()
    } else {
        parts.join(" ")
    }
}

/// A size for people: `20 MB`.
pub fn say_size(bytes: usize) -> String {
    [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")]
        .into_iter()
        .find(|(size, _)| bytes >= *size && bytes.is_multiple_of(*size))
        .map_or_else(
            || format!("{bytes} bytes"),
            |(size, unit)| format!("{} {unit}", bytes / size),
        )
}

/// Splits `7 days 3h` into numbers and lower-case units; `None` if it has another form.
fn pairs(text: &str) -> Option<Vec<(u64, String)>> {
    let mut rest = text.trim();
    let mut pairs = Vec::new();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        if letters == 0 {
            return None;
        }
        pairs.push((number, rest[..letters].to_ascii_lowercase()));
        rest = rest[letters..].trim_start();
    }
    (!pairs.is_empty()).then_some(pairs)
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn common_forms_of_units_are_parsed() {
        for (text, seconds) in [
            ("7 days", 604_800),
            ("15 minutes", 900),
            ("30s", 30),
            ("1 day 12 hours", 129_600),
            ("1h30m", 5_400),
            (" 2 Weeks ", 1_209_600),
        ] {
            assert_eq!(
                parse_duration(text),
                Ok(Duration::from_secs(seconds)),
                "{text}"
            );
        }
        assert_eq!(parse_size("20 MB"), Ok(20_000_000));
        assert_eq!(parse_size("64KiB"), Ok(65_536));
        assert_eq!(parse_percent("10 %"), Ok(10));
        assert_eq!(parse_percent(" 100%"), Ok(100));
    }

    #[test]
    fn ambiguous_units_are_refused() {
        for text in [
            "",
            "7",
            "days",
            "-3 days",
            "1.5 hours",
            "7 dyas",
            "99999999999999999999 s",
            "18446744073709551615 weeks",
        ] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
        for text in [
            "",
            "20",
            "MB",
            "20 MB 3 KB",
            "20 hours",
            "99999999999999999 GB",
        ] {
            assert!(parse_size(text).is_err(), "{text}");
        }
        for text in ["", "10", "%", "101 %", "-1 %", "+5 %", "2.5 %", "ten %"] {
            assert!(parse_percent(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = (parse_duration(&text), parse_size(&text), parse_percent(&text));
        }

        #[test]
        fn units_round_trip(millis in 1_u64..1_000_000_000_000, bytes in 0_usize..1_000_000_000_000) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(parse_duration(&say_duration(span)), Ok(span));
            prop_assert_eq!(parse_size(&say_size(bytes)), Ok(bytes));
        }
    }
}
