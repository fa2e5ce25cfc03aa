//! The limits of a relay: no more than so many mails within **any** span of a second, a minute, an
//! hour or a day.
//!
//! Permits are counted in cells, short stretches of time. A cell counts until everything that was
//! permitted in it, used as late as a permit may be used, is longer ago than the span: so no border
//! between two windows lets twice as many pass. Pure arithmetic; [`super::limiter`] asks the database.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::config::Limits;
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;
use crate::store::relay_window::Cell;

named_enum! {
    /// A span that a relay may limit.
    pub(super) enum Span ("span of time") {
        /// A second.
        Second = "second",
        /// A minute.
        Minute = "minute",
        /// An hour.
        Hour = "hour",
        /// 24 hours.
        Day = "day",
    }
}

impl Span {
    const fn length(self) -> Duration {
        match self {
            Self::Second => Duration::from_secs(1),
            Self::Minute => Duration::from_mins(1),
            Self::Hour => Duration::from_hours(1),
            Self::Day => Duration::from_hours(24),
        }
    }

    /// How long a cell is. Shorter ones let more mails through, and cost more rows.
    const fn cell(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(50),
            Self::Minute => Duration::from_secs(1),
            Self::Hour => Duration::from_secs(30),
            Self::Day => Duration::from_mins(10),
        }
    }

    /// How long after it was given a permit may be used.
    const fn life(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(50),
            Self::Minute | Self::Hour | Self::Day => Duration::from_secs(1),
        }
    }

    /// How long the mail takes from its permit to the relay at most: *started* must become durable
    /// before, and where that takes longer than half of it, another permit is taken.
    const fn way(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(100),
            Self::Minute | Self::Hour | Self::Day => Duration::from_secs(2),
        }
    }

    /// A cell counts for so long after its end.
    fn counts_for(self) -> Duration {
        self.length() + self.life() + self.way()
    }

    /// The beginning of the cell that an instant lies in.
    pub(super) fn cell_of(self, at: Timestamp) -> Timestamp {
        let cell = i64::try_from(self.cell().as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(at.micros().div_euclid(cell) * cell)
    }

    /// The beginnings of cells that count at `now`.
    pub(super) fn counts(self, now: Timestamp) -> RangeInclusive<i64> {
        // Inclusive of one that ends at this very instant: a microsecond too careful.
        let first = self.cell_of(now.minus(self.counts_for()));
        first.micros()..=now.plus(SKEW).micros()
    }
}

/// The clocks of nodes may differ by this much; what is counted further ahead comes from a clock
/// that was wrong.
pub(super) const SKEW: Duration = Duration::from_mins(10);

/// The limits that a relay has.
#[derive(Debug, Clone)]
pub(super) struct Windows(Vec<(Span, u32)>);

/// What the windows say to somebody who wants permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grant {
    /// So many, at least one.
    Permits(u32),
    /// None before then.
    NotBefore(Timestamp),
}

impl Windows {
    /// `None` for a relay that takes as many as it can.
    pub(super) fn new(limits: Limits) -> Option<Self> {
        let Limits {
            second,
            minute,
            hour,
            day,
        } = limits;
        let all = [
            (Span::Second, second),
            (Span::Minute, minute),
            (Span::Hour, hour),
            (Span::Day, day),
        ];
        let windows: Vec<_> = all.into_iter().filter(|(_, most)| *most > 0).collect();
        (!windows.is_empty()).then_some(Self(windows))
    }

    /// The spans that are limited.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.0.iter().map(|(span, _)| *span)
    }

    /// How long after they were given permits may be used.
    pub(super) fn life(&self) -> Duration {
        self.spans().map(Span::life).min().unwrap_or_default()
    }

    /// How long after they were given mails must be sent: the rest of their way is the
    /// network's.
    pub(super) fn use_within(&self) -> Duration {
        let uses = self.spans().map(|span| span.life() + span.way() / 2);
        uses.min().unwrap_or_default()
    }

    /// How many permits to take at once at most: what is taken and not used is lost.
    pub(super) fn most_at_once(&self) -> u32 {
        let least = self.0.iter().map(|(_, most)| most / 20).min();
        least.unwrap_or(1).max(1)
    }

    /// What is left at `now` of what was taken in `cells`, for somebody who wants `wanted`.
    pub(super) fn grant(&self, cells: &[Cell], now: Timestamp, wanted: u32) -> Grant {
        let mut permits = wanted.max(1);
        let mut not_before = None;
        for (span, most) in &self.0 {
            let counted: Vec<_> = cells
                .iter()
                .filter(|cell| cell.span == span.as_str())
                .filter(|cell| span.counts(now).contains(&cell.begins_at))
                .collect();
            let taken = counted.iter().map(|cell| cell.taken).sum::<i64>();
            let left = i64::from(*most) - taken;
            if left > 0 {
                permits = permits.min(u32::try_from(left).unwrap_or(u32::MAX));
                continue;
            }
            let mut over = -left;
            let leaves = counted.iter().find(|cell| {
                over -= cell.taken;
                over < 0
            });
            // Somebody lowered the limit to less than is taken in one cell: all must leave.
            let last = leaves
                .or(counted.last())
                .map_or(now.micros(), |cell| cell.begins_at);
            let free = Timestamp::from_micros(last)
                .plus(span.cell())
                .plus(span.counts_for());
            not_before = not_before.max(Some(free));
        }
        not_before.map_or(Grant::Permits(permits), Grant::NotBefore)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// The table, without a database.
    #[derive(Default)]
    struct Table(BTreeMap<(Span, Timestamp), i64>);

    impl Table {
        fn ask(&mut self, windows: &Windows, now: Timestamp, wanted: u32) -> Grant {
            let cells: Vec<_> = self
                .0
                .iter()
                .map(|((span, begins), taken)| Cell {
                    span: span.to_string(),
                    begins_at: begins.micros(),
                    taken: *taken,
                })
                .collect();
            let grant = windows.grant(&cells, now, wanted);
            if let Grant::Permits(count) = grant {
                for span in windows.spans() {
                    *self.0.entry((span, span.cell_of(now))).or_default() += i64::from(count);
                }
            }
            grant
        }
    }

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(1_800_000_000_000_000 + micros)
    }

    #[test]
    fn thirty_a_minute_are_no_thirty_one_in_any_minute() {
        let limits = Limits {
            minute: 30,
            ..Limits::default()
        };
        let windows = Windows::new(limits).expect("limited");
        let mut table = Table::default();
        // Asked just before the full minute of the clock, where fixed windows let twice as many pass.
        let now = at(59_990_000);
        assert_eq!(table.ask(&windows, now, 100), Grant::Permits(30));
        let Grant::NotBefore(next) = table.ask(&windows, now.plus(Duration::from_secs(2)), 1)
        else {
            panic!("a 31st");
        };
        let waits = next.since(now);
        assert!(
            waits > Duration::from_secs(62) && waits <= Duration::from_secs(65),
            "{waits:?}"
        );
        let just_before = next.minus(Duration::from_micros(1));
        assert_eq!(table.ask(&windows, just_before, 1), Grant::NotBefore(next));
        assert_eq!(table.ask(&windows, next, 7), Grant::Permits(7));
    }

    #[test]
    fn all_limits_hold_together_and_a_lowered_one_at_once() {
        let limits = Limits {
            second: 10,
            day: 25,
            ..Limits::default()
        };
        let windows = Windows::new(limits).expect("limited");
        let mut table = Table::default();
        assert_eq!(table.ask(&windows, at(0), 25), Grant::Permits(10));
        assert!(matches!(
            table.ask(&windows, at(900_000), 1),
            Grant::NotBefore(_)
        ));
        assert_eq!(table.ask(&windows, at(2_000_000), 25), Grant::Permits(10));
        assert_eq!(table.ask(&windows, at(4_000_000), 25), Grant::Permits(5));
        let lowered = Limits {
            second: 10,
            day: 3,
            ..Limits::default()
        };
        let lowered = Windows::new(lowered).expect("limited");
        let Grant::NotBefore(next) = table.ask(&lowered, at(9_000_000), 1) else {
            panic!("more than the lowered limit");
        };
        assert!(next.since(at(0)) > Duration::from_hours(24));
        assert_eq!(Windows::new(Limits::default()).map(|_| ()), None);
    }

    proptest! {
        /// Several nodes ask for batches at any moments and use each permit as late as they like
        /// within its life, and its way takes what it may take: no span ever sees more.
        #[test]
        fn no_span_ever_sees_more(
            most in 1_u32..20,
            asks in prop::collection::vec((0_u64..20_000, 1_u32..30, 0_u64..=3_000), 1..120),
        ) {
            for (span, limits) in [
                (Span::Second, Limits { second: most, ..Limits::default() }),
                (Span::Minute, Limits { minute: most, ..Limits::default() }),
            ] {
                let windows = Windows::new(limits).expect("limited");
                // The same pattern, at the scale of the span.
                let scale = u32::try_from(span.length().as_millis()).expect("short");
                let latest = windows.life() + span.way();
                let mut table = Table::default();
                let mut now = at(0);
                let mut used = Vec::new();
                for (gap, wanted, late) in &asks {
                    now = now.plus(Duration::from_micros(*gap) * scale / 20);
                    if let Grant::Permits(count) = table.ask(&windows, now, *wanted) {
                        let late = latest.mul_f64(f64::from(u32::try_from(*late).expect("small")) / 3_000.0);
                        used.extend((0..count).map(|_| now.plus(late)));
                    }
                }
                used.sort();
                for window in used.windows(usize::try_from(most).expect("small") + 1) {
                    let apart = window[window.len() - 1].since(window[0]);
                    prop_assert!(apart >= span.length(), "{} within {apart:?}", window.len());
                }
            }
        }
    }
}
