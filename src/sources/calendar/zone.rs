//! Maps names to zones. Called by [`super::read`] once for every name.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::lines::CalendarLines;
use super::recurrence::Budget;
use super::vtimezone::{fixed, offset, recognise};
use super::windows_zones::WINDOWS_ZONES;
use crate::domain::text;
use crate::domain::timestamp::Timestamp;

/// The zones of one calendar.
#[derive(Debug)]
pub(super) struct Zones<'a> {
    calendar: &'a CalendarLines<'a>,
    known: HashMap<String, Option<Tz>>,
    /// The zone of times without one, and of whole days.
    pub(super) own: Tz,
    /// Set where the calendar's own zone was not understood.
    pub(super) note: Option<String>,
}

impl<'a> Zones<'a> {
    pub(super) fn new(
        calendar: &'a CalendarLines<'a>,
        default: Tz,
        now: Timestamp,
        budget: &mut Budget,
    ) -> Self {
        let mut zones = Self {
            calendar,
            known: HashMap::new(),
            own: default,
            note: None,
        };
        if let Some(name) = &calendar.zone {
            if let Some(zone) = zones.resolve(name, now, budget) {
                zones.own = zone;
            } else {
                let name = text::single_line(name, 60);
                zones.note = Some(format!(
                    "the calendar's time zone “{name}” is unknown; {default} was used"
                ));
            }
        }
        zones
    }

    /// The zone of a TZID, if known.
    pub(super) fn resolve(
        &mut self,
        name: &str,
        now: Timestamp,
        budget: &mut Budget,
    ) -> Option<Tz> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let found = by_name(name).or_else(|| {
            let defined = self.calendar.zones.get(name)?;
            let location = defined.location.as_deref().and_then(by_name);
            location.or_else(|| {
                budget
                    .may_recognise()
                    .then(|| recognise(defined, now, self.own, budget))
                    .flatten()
            })
        });
        let found = found.or_else(|| by_offset(name));
        self.known.insert(name.to_owned(), found);
        found
    }
}

/// A zone by its IANA name, after any prefix, or by a name of Windows or Notes.
pub(super) fn by_name(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    if name.is_empty() || name.len() > 200 {
        return None;
    }
    if name.eq_ignore_ascii_case("Z") {
        return Some(Tz::UTC);
    }
    // /mozilla.org/20050126_1/Europe/Berlin, /freeassociation.sourceforge.net/Europe/Berlin
    let path = name.trim_matches('/');
    let tails = std::iter::successors(Some(path), |tail| {
        tail.split_once('/').map(|(_, rest)| rest)
    });
    let prefixed = name.starts_with('/');
    tails
        .take(if prefixed { 8 } else { 1 })
        .find_map(iana)
        .or_else(|| windows(name))
        .or_else(|| by_city(name))
}

fn iana(name: &str) -> Option<Tz> {
    name.parse().ok().or_else(|| {
        let name = name.replace(' ', "_");
        chrono_tz::TZ_VARIANTS
            .iter()
            .copied()
            .find(|zone| zone.name().eq_ignore_ascii_case(&name))
    })
}

fn windows(name: &str) -> Option<Tz> {
    let found = WINDOWS_ZONES
        .iter()
        .find(|(windows, _)| windows.eq_ignore_ascii_case(name));
    found.and_then(|(_, iana)| iana.parse().ok())
}

/// Outlook's display name: “(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien”.
fn by_city(name: &str) -> Option<Tz> {
    /// Each is compared with all zones; Outlook names eight at most.
    const MAX_CITIES: usize = 10;
    let cities = name.strip_prefix('(')?.split_once(')')?.1;
    cities
        .split(',')
        .take(MAX_CITIES)
        .map(|city| city.trim().replace(' ', "_"))
        .filter(|city| city.len() > 2)
        .find_map(|city| {
            let named = |zone: &&Tz| {
                zone.name()
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| last.eq_ignore_ascii_case(&city))
            };
            chrono_tz::TZ_VARIANTS.iter().find(named).copied()
        })
}

/// “UTC+2”, “GMT+02:00”, “+0200”.
fn by_offset(name: &str) -> Option<Tz> {
    let name = name.trim().to_ascii_uppercase();
    let rest = name
        .strip_prefix("UTC")
        .or_else(|| name.strip_prefix("GMT"))
        .unwrap_or(&name);
    let (sign, digits) = rest
        .split_at_checked(1)
        .filter(|(sign, _)| matches!(*sign, "+" | "-"))?;
    let digits = digits.replace(':', "");
    let digits = match digits.len() {
        1 => format!("0{digits}00"),
        2 => format!("{digits}00"),
        _ => digits,
    };
    fixed(offset(&format!("{sign}{digits}"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_windows_name_is_a_zone() {
        for (windows, iana) in WINDOWS_ZONES {
            assert!(iana.parse::<Tz>().is_ok(), "{windows}: {iana}");
        }
    }

    #[test]
    fn zones_are_known_by_many_names() {
        for (name, wanted) in [
            ("Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("europe/berlin", Some(Tz::Europe__Berlin)),
            ("\"Europe/Vienna\"", Some(Tz::Europe__Vienna)),
            (
                "/mozilla.org/20050126_1/Europe/Berlin",
                Some(Tz::Europe__Berlin),
            ),
            (
                "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Salta",
                Some(Tz::America__Argentina__Salta),
            ),
            ("W. Europe Standard Time", Some(Tz::Europe__Berlin)),
            ("romance standard time", Some(Tz::Europe__Paris)),
            ("Western/Central Europe", Some(Tz::Europe__Berlin)),
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
                Some(Tz::Europe__Amsterdam),
            ),
            ("UTC", Some(Tz::UTC)),
            ("custom_Europe/Berlin", None),
            ("Mars/Olympus Mons", None),
            ("", None),
        ] {
            assert_eq!(by_name(name), wanted, "{name}");
        }
        assert_eq!(by_offset("UTC+11"), Some(Tz::Etc__GMTMinus11));
        assert_eq!(by_offset("GMT-03:00"), Some(Tz::Etc__GMTPlus3));
        assert_eq!(by_offset("+0530"), None);
        assert_eq!(by_offset("UTC+ä"), None);
    }
}
