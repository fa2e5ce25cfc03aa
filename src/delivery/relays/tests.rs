//! How slots are granted, and how limits hold over several nodes.

use std::time::Duration;

use super::*;
use crate::config::Limits;
use crate::delivery::step::Step;
use crate::store::Location;

fn now() -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000)
}

/// Relays by name, priority, weight and connections.
fn relays(of: &[(&str, u32, u32, u32)]) -> Relays {
    limited(of, Limits::default(), None)
}

fn limited(of: &[(&str, u32, u32, u32)], limits: Limits, counting: Option<(Db, Clock)>) -> Relays {
    let relay = |&(name, priority, weight, connections): &(&str, u32, u32, u32)| {
        let settings = Config::from_defaults(|config| {
            config.relay.priority = priority;
            config.relay.weight = weight;
            config.relay.connections = connections;
            config.relay.limits = limits;
        });
        let transport = Transport::new(&settings.relay, "test.example.org").expect("a directory");
        Relay::new(name, transport, &settings.relay)
    };
    Relays::of(of.iter().map(relay).collect(), counting)
}

/// Acquires all slots; returns how many at each relay.
fn take_all(relays: &Relays, now: Timestamp) -> (Vec<ConnectionSlot>, Vec<(String, usize)>) {
    let mut slots = Vec::new();
    while let Ok(slot) = relays.slot_at(now, None) {
        slots.push(slot);
    }
    let counts = relays.names().map(|name| {
        let count = slots
            .iter()
            .filter(|slot| slot.relay().name == name)
            .count();
        (name.to_owned(), count)
    });
    let counts = counts.filter(|(_, count)| *count > 0).collect();
    (slots, counts)
}

fn counts(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    let owned = expected
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count));
    owned.collect()
}

fn error() -> TransportError {
    TransportError::Closed(Step::Connect)
}

#[test]
fn relays_of_one_priority_share_by_weight_and_others_stand_by() {
    let relays = relays(&[("c", 2, 9, 9), ("a", 1, 3, 6), ("b", 1, 1, 6)]);
    assert_eq!(relays.connections(), 12);
    let (slots, taken) = take_all(&relays, now());
    assert_eq!(taken, counts(&[("a", 6), ("b", 2)]));
    let order: Vec<_> = slots
        .iter()
        .map(|slot| slot.relay().name.as_str())
        .collect();
    assert_eq!(
        order[..4],
        ["a", "a", "a", "b"],
        "also when fewer are requested"
    );
    drop(slots);
    // The default weight is the number of connections: all of them are used.
    let relays = super::tests::relays(&[("a", 1, 8, 8), ("b", 1, 2, 2)]);
    assert_eq!(take_all(&relays, now()).1, counts(&[("a", 8), ("b", 2)]));
}

#[test]
fn lower_priorities_take_over_and_give_back() {
    let relays = relays(&[("a", 1, 4, 4), ("b", 2, 3, 3)]);
    let (mut slots, taken) = take_all(&relays, now());
    assert_eq!(taken, counts(&[("a", 4)]));
    // One connection fails: those with replies stay, the others move.
    let avoid = slots[0].failed(now(), &error()).expect("it is down");
    assert_eq!(slots[1].check(now(), true), SlotCheck::Keep);
    assert_eq!(slots[2].check(now(), false), SlotCheck::Release);
    slots.clear();
    let (mut slots, taken) = take_all(&relays, now());
    assert_eq!(taken, counts(&[("b", 3)]));
    assert_eq!(relays.slot_at(now(), None).err(), Some(Some(avoid.until)));
    // When the pause is over, one of them probes it, and the others stay.
    let later = avoid.until;
    assert_eq!(slots[0].check(later, true), SlotCheck::Moved);
    assert_eq!(slots[0].relay().name, "a");
    assert_eq!(
        slots[0].check(later, true),
        SlotCheck::Keep,
        "the probe goes on"
    );
    assert_eq!(slots[1].check(later, true), SlotCheck::Keep);
    // The probe fails: the next pause is longer.
    let avoid = slots[0].failed(later, &error()).expect("still down");
    assert_eq!(avoid.until.since(later), Duration::from_secs(2));
    assert_eq!(slots[0].check(later, false), SlotCheck::Release);
    drop(slots.remove(0));
    assert_eq!(take_all(&relays, later).1, counts(&[("b", 1)]));
    // It has recovered: all move there.
    assert_eq!(slots[0].check(avoid.until, true), SlotCheck::Moved);
    slots[0].worked(now());
    assert_eq!(slots[0].check(avoid.until, true), SlotCheck::Keep);
    assert_eq!(slots[1].check(avoid.until, true), SlotCheck::Release);
    assert_eq!(take_all(&relays, avoid.until).1, counts(&[("a", 3)]));
}

#[test]
fn a_single_relay_is_probed_by_one_connection_and_then_used_by_all() {
    let relays = relays(&[("a", 1, 3, 3)]);
    let (slots, _) = take_all(&relays, now());
    let avoid = slots[0].failed(now(), &error()).expect("it is down");
    drop(slots);
    assert!(relays.slot_at(now(), None).is_err());
    let (slots, taken) = take_all(&relays, avoid.until);
    assert_eq!(taken, counts(&[("a", 1)]), "one probe");
    assert_eq!(relays.down_for(1), Some(error()));
    slots[0].worked(now());
    assert_eq!(take_all(&relays, avoid.until).1, counts(&[("a", 2)]));
    assert_eq!(relays.down_for(1), None);
}

#[test]
fn a_recovered_relay_gets_its_share_again() {
    let relays = relays(&[("a", 1, 2, 2), ("b", 1, 2, 2)]);
    let (mut slots, _) = take_all(&relays, now());
    let a = slots
        .iter()
        .position(|slot| slot.relay().name == "a")
        .expect("a");
    let avoid = slots[a].failed(now(), &error()).expect("it is down");
    slots.retain(|slot| slot.relay().name == "b");
    assert_eq!(relays.slot_at(now(), None).err(), Some(Some(avoid.until)));
    let probe = relays.slot_at(avoid.until, None).expect("a probe");
    assert_eq!((probe.relay().name.as_str(), probe.probe), ("a", true));
    probe.worked(now());
    assert_eq!(take_all(&relays, avoid.until).1, counts(&[("a", 1)]));
}

async fn database() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::Sqlite(folder.path().join("test.db"));
    (Db::open(&location, 4).await.expect("a database"), folder)
}

/// Two nodes with different clocks, one of them restarted, send as fast as they can for ten minutes
/// to a relay that accepts 30 a minute.
#[tokio::test]
async fn limit_holds_over_two_nodes_and_a_restart() {
    let (db, _folder) = database().await;
    let limits = Limits {
        minute: 30,
        ..Limits::default()
    };
    let (here, there) = (
        Clock::set_at(now()),
        Clock::set_at(now().minus(Duration::from_secs(7))),
    );
    let node = |clock: &Clock| {
        limited(
            &[("main", 1, 4, 4)],
            limits,
            Some((db.clone(), clock.clone())),
        )
    };
    let mut nodes = [node(&here), node(&there)];
    let mut sent = Vec::new();
    for second in 0..600_u32 {
        for (node, clock) in nodes.iter().zip([&here, &there]) {
            let Ok(one) = node.slot_at(clock.now(), None) else {
                continue;
            };
            for _ in 0..7 {
                if matches!(one.permit().await.expect("a database"), Permit::Granted(_)) {
                    sent.push(second);
                }
            }
        }
        if second == 100 {
            nodes[1] = node(&there);
        }
        here.advance(Duration::from_secs(1));
        there.advance(Duration::from_secs(1));
    }
    for window in sent.windows(31) {
        assert!(window[30] - window[0] >= 60, "{window:?}");
    }
    assert!(sent.len() >= 270, "the limit is used: {}", sent.len());
}

#[tokio::test]
async fn other_relays_take_over_at_the_limit() {
    let (db, _folder) = database().await;
    let clock = Clock::set_at(now());
    let limits = Limits {
        hour: 2,
        ..Limits::default()
    };
    let relays = limited(&[("a", 1, 2, 2)], limits, Some((db, clock.clone())));
    let slot = relays.slot(&clock, None).await;
    for _ in 0..2 {
        assert!(matches!(slot.permit().await, Ok(Permit::Granted(Some(_)))));
    }
    assert_eq!(relays.limited_until(now()), None, "nobody knows yet");
    let Permit::NotBefore(until) = slot.permit().await.expect("counted") else {
        panic!("a third");
    };
    assert_eq!(relays.limited_until(now()), Some(until));
    drop(slot);
    assert_eq!(relays.slot_at(now(), None).err(), Some(Some(until)));
    assert!(relays.slot_at(until, None).is_ok());
    let address = crate::domain::address::Address::parse("anna@example.org").expect("an address");
    let envelope = Envelope {
        from: &address,
        to: &address,
    };
    let refused = relays.send(&envelope, b"x\r\n", now()).await;
    let Err(SendError::Relay(TransportError::Limited(why))) = refused else {
        panic!("{refused:?}");
    };
    assert!(why.contains("accepts the next mail at 2027"), "{why}");
}
