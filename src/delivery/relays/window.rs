//! The limits of a relay: a number of mails within **any** span of a second, a minute, an hour or a
//! day.
//!
//! Permits are counted in cells, short stretches of time. A cell counts until everything permitted
//! in it, used as late as permits allow, is older than the span. So no boundary between two windows
//! lets twice as many pass. Pure arithmetic; [`super::limiter`] queries the database.

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

    /// The length of a cell. Shorter cells let more mails through and cost more rows.
    const fn cell(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(50),
            Self::Minute => Duration::from_secs(1),
            Self::Hour => Duration::from_secs(30),
            Self::Day => Duration::from_mins(10),
        }
    }

    /// How long a permit is valid.
    const fn life(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(50),
            Self::Minute | Self::Hour | Self::Day => Duration::from_secs(1),
        }
    }

    /// The longest time from permit to relay. *Started* must become durable in it; if that takes
    /// longer than half of it, another permit is taken.
    const fn way(self) -> Duration {
        match self {
            Self::Second => Duration::from_millis(100),
            Self::Minute | Self::Hour | Self::Day => Duration::from_secs(2),
        }
    }

    /// How long a cell counts after its end.
    fn counts_for(self) -> Duration {
        self.length() + self.life() + self.way()
    }

    /// The start of the cell that contains an instant.
    pub(super) fn cell_of(self, at: Timestamp) -> Timestamp {
        let cell = i64::try_from(self.cell().as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(at.micros().div_euclid(cell) * cell)
    }

    /// The starts of the cells that count at `now`.
    pub(super) fn counts(self, now: Timestamp) -> RangeInclusive<i64> {
        // Includes a cell that ends at this instant: a microsecond too careful.
        let first = self.cell_of(now.minus(self.counts_for()));
        first.micros()..=now.plus(SKEW).micros()
    }
}

/// The clocks of nodes may differ by this much; cells further ahead were written by a wrong clock.
pub(super) const SKEW: Duration = Duration::from_mins(10);

/// The limits of a relay.
#[derive(Debug, Clone)]
pub(super) struct Windows(Vec<(Span, u32)>);

/// The answer to a request for permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grant {
    /// Permits, at least one.
    Permits(u32),
    /// None before then.
    NotBefore(Timestamp),
}

impl Windows {
    /// `None` for a relay without limits.
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

    /// How long permits are valid.
    pub(super) fn life(&self) -> Duration {
        self.spans().map(Span::life).min().unwrap_or_default()
    }

    /// How long after the permit a mail must be sent; the rest of the time is for the network.
    pub(super) fn use_within(&self) -> Duration {
        let uses = self.spans().map(|span| span.life() + span.way() / 2);
        uses.min().unwrap_or_default()
    }

    /// The most permits to take at once: unused permits are lost.
    pub(super) fn most_at_once(&self) -> u32 {
        let least = self.0.iter().map(|(_, most)| most / 20).min();
        least.unwrap_or(1).max(1)
    }

    /// What is available at `now`, given what was taken in `cells`, to a request for `wanted`.
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
            // The limit was lowered below what one cell holds: all cells must expire.
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
    fn limit_holds_across_window_boundaries() {
        let limits = Limits {
            minute: 30,
            ..Limits::default()
        };
        let windows = Windows::new(limits).expect("limited");
        let mut table = Table::default();
        // Requested just before a full minute, where fixed windows let twice as many pass.
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
    fn all_limits_hold_together_and_lowering_takes_effect_at_once() {
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
        /// Several nodes request batches at any time, use each permit at any time while it is
        /// valid, and deliver with any allowed delay: no span ever sees more than the limit.
        #[test]
        fn no_span_exceeds_its_limit(
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
