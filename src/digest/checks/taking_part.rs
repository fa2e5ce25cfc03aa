//! How one takes part in an event, as the issue goes out: a deadline to register that has passed, an event
//! that is full or has no new day yet, one that is online nobody knows where.

use super::{Facts, place};
use crate::digest::snapshot::Item;
use crate::domain::check::{Field, Finding, Observation};
use crate::domain::entry::{Attendance, EventStatus};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let events = facts.snapshot.items().filter(|item| item.when.is_some());
    let mut open = 0;
    for item in events.filter(|item| !item.cancelled) {
        let details = &item.details;
        if let Some(until) = details.registration_until {
            let zone = item.when.as_ref().map(|when| when.zone);
            let zone = zone.unwrap_or(facts.snapshot.newsletter.zone);
            if until < facts.at {
                let day = until.in_zone(zone).date_naive();
                let what = Observation::RegistrationClosed { day };
                found.push(Finding::at(place(item, Field::Time), what));
            } else {
                open += 1;
            }
        }
        let state = match details.status {
            EventStatus::Full => Some(Observation::EventFull),
            EventStatus::Postponed => Some(Observation::EventPostponed),
            EventStatus::Planned | EventStatus::MovedOnline => None,
        };
        found.extend(state.map(|what| Finding::at(place(item, Field::State), what)));
        if is_online_only(item) && details.online_url.is_none() && item.url.is_none() {
            let what = Observation::OnlineAddressMissing;
            found.push(Finding::at(place(item, Field::Link), what));
        }
    }
    if found.is_empty() && open > 0 {
        found.push(Finding::new(Observation::RegistrationsOpen {
            events: open,
        }));
    }
}

fn is_online_only(item: &Item) -> bool {
    item.details.status == EventStatus::MovedOnline || item.details.attendance == Attendance::Online
}
