//! Row ids that are never reused, for rows that links in mails refer to.
//!
//! A token holds the ids of its issue and subscriber, or of its newsletter. Sequential ids would be
//! reused after a restore: an old link would act on another person, and receivers would drop a mail
//! as a duplicate, because its Message-ID is derived from both ids. So these ids consist of the
//! time and random bits. Small ids of older databases stay valid.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::timestamp::Timestamp;

/// Random bits below the milliseconds: two nodes that add a row in the same millisecond get the
/// same id once in four million times, and then the database rejects the second row.
const RANDOM_BITS: u32 = 22;
/// 2020-01-01T00:00:00Z in milliseconds since 1970. Counted from here, 63 bits last until 2089.
const EPOCH: i64 = 1_577_836_800_000;
/// Ids of one process within one millisecond go up by at most this much.
const STEP: i64 = 0xff;

/// A second's worth of ids.
const SECOND: i64 = 1_000 << RANDOM_BITS;

/// The last id of this process.
static LAST: AtomicI64 = AtomicI64::new(0);

/// A new id for a row created at `now`: greater than those of earlier milliseconds and than earlier
/// ones of this process, so `ORDER BY id` is the order of creation.
pub(super) fn new(now: Timestamp) -> i64 {
    let random = i64::try_from(uuid(now).as_u128() & ((1 << RANDOM_BITS) - 1)).unwrap_or(0);
    let millis = (now.micros() / 1_000 - EPOCH).clamp(0, i64::MAX >> RANDOM_BITS);
    let fresh = (millis << RANDOM_BITS) | random;
    let next = |last: i64| match last.saturating_sub(fresh) {
        // The same millisecond, or one that earlier steps reached. A clock set back by more than a
        // second is followed.
        0..=SECOND => last + 1 + (random & STEP),
        _ => fresh,
    };
    let before = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
        Some(next(last))
    });
    next(before.unwrap_or_else(|last| last))
}

/// A UUID v7 made for `now`.
pub(super) fn uuid(now: Timestamp) -> uuid::Uuid {
    let micros = u64::try_from(now.micros()).unwrap_or(0);
    let seconds = micros / 1_000_000;
    let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1000;
    uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::{RANDOM_BITS, new};
    use crate::domain::timestamp::Timestamp;

    fn at(text: &str) -> Timestamp {
        let time: chrono::DateTime<chrono::Utc> = text.parse().expect("a date");
        time.into()
    }

    #[test]
    fn ids_of_one_instant_differ_and_go_up() {
        let now = at("2027-01-04T09:00:00Z");
        let ids: Vec<i64> = (0..10_000).map(|_| new(now)).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn later_ids_are_greater_and_fit_until_2089() {
        let years = [
            "2026-11-24T00:00:00Z",
            "2039-09-08T00:00:00Z",
            "2089-01-01T00:00:00Z",
        ];
        let ids: Vec<i64> = years.into_iter().map(|year| new(at(year))).collect();
        assert!(ids.is_sorted() && ids[0] > 1 << 53, "{ids:?}");
    }

    /// A clock that was a year ahead for a while does not keep ids there: otherwise ids could be
    /// reused when that year comes.
    #[test]
    fn a_clock_set_back_is_followed() {
        let now = at("2028-01-04T09:00:00Z");
        new(now.plus(Duration::from_hours(24 * 365)));
        let id = new(now);
        assert_eq!(id >> RANDOM_BITS, (now.micros() / 1_000 - super::EPOCH));
    }
}
