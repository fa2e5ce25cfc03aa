//! The name under which an engine leases deliveries.
//!
//! It identifies the process and machine of the engine: `machine.pid.start.number.random`. So
//! another process of that machine sees at once whether the worker still runs, and need not wait
//! for its leases to expire. That needs Linux's `/proc`; elsewhere a name is only unique.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::domain::timestamp::Timestamp;
use crate::store;

/// Identifies a process uniquely: process ids are reused, but not with the same start time (in
/// clock ticks since boot).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Process {
    /// This boot of this machine, and the PID namespace.
    machine: String,
    id: u32,
    start: u64,
}

/// A unique name.
pub(super) fn new(now: Timestamp) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 4];
    match (Process::own(), getrandom::fill(&mut random)) {
        (Some(Process { machine, id, start }), Ok(())) => {
            let random = HEXLOWER.encode(&random);
            format!("{machine}.{id}.{start}.{number}.{random}")
        }
        _ => store::new_uuid(now),
    }
}

/// Whether the process of this name has certainly ended. False if that is unknown: it ran on
/// another machine, or the name has another form.
pub(super) fn has_ended(name: &str) -> bool {
    let Some((own, other)) = Process::own().zip(Process::of(name)) else {
        return false;
    };
    if own.machine != other.machine {
        return false;
    }
    match Process::start_of(&other.id.to_string()) {
        Some(start) => start != other.start,
        // Other users' processes may be hidden (hidepid); then init is hidden, too.
        None => Process::start_of("1").is_some(),
    }
}

impl Process {
    fn own() -> Option<&'static Self> {
        static OWN: OnceLock<Option<Process>> = OnceLock::new();
        let own = || {
            let id = std::process::id();
            let read = |file: &str| std::fs::read_to_string(Path::new("/proc").join(file)).ok();
            let space = std::fs::read_link("/proc/self/ns/pid").ok()?;
            let machine = [
                read("sys/kernel/random/boot_id")?,
                read("sys/kernel/hostname")?,
                space.to_string_lossy().into_owned(),
            ];
            let digest = Sha256::digest(machine.join("\n"));
            let start = Self::start_of("self")?;
            // Otherwise this /proc belongs to another PID namespace.
            (Self::start_of(&id.to_string())? == start).then(|| Self {
                machine: HEXLOWER.encode(&digest[..6]),
                id,
                start,
            })
        };
        OWN.get_or_init(own).as_ref()
    }

    fn of(name: &str) -> Option<Self> {
        let mut parts = name.split('.');
        let machine = parts.next()?.to_owned();
        let id = parts.next()?.parse().ok()?;
        let start = parts.next()?.parse().ok()?;
        (parts.count() == 2).then_some(Self { machine, id, start })
    }

    /// When a process started; `None` if there is none, or it is a zombie.
    fn start_of(id: &str) -> Option<u64> {
        let line = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let (_, fields) = line.rsplit_once(')')?; // the program's name may have blanks in it
        let mut fields = fields.split_ascii_whitespace();
        let state = fields.next()?;
        let start = fields.nth(18)?.parse().ok()?; // field 22 of proc(5)
        (!matches!(state, "Z" | "X")).then_some(start)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_micros(0)
    }

    #[test]
    fn names_are_unique_and_short() {
        let (one, two) = (new(now()), new(now()));
        assert_ne!(one, two);
        assert!(
            one.len() <= 48,
            "it is stored in every row of the ledger: {one}"
        );
        assert_eq!(Process::of(&one).as_ref(), Process::own());
        assert!(!has_ended(&one), "we run");
    }

    #[test]
    fn an_ended_process_is_recognised_by_its_name() {
        let own = Process::own().expect("Linux has /proc");
        let name =
            |machine: &str, id: u32, start: u64| format!("{machine}.{id}.{start}.0.00000000");
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .expect("a process");
        let start = Process::start_of(&child.id().to_string()).expect("it runs");
        let named = name(&own.machine, child.id(), start);
        assert!(!has_ended(&named));
        assert!(
            has_ended(&name(&own.machine, child.id(), start + 1)),
            "its id was reused"
        );
        assert!(
            !has_ended(&name("000000000000", child.id(), start + 1)),
            "on another machine"
        );
        child.kill().expect("killed");
        while !has_ended(&named) {
            std::thread::yield_now(); // not waited for yet, but ended
        }
        child.wait().expect("waited for");
        assert!(has_ended(&named));
    }

    #[test]
    fn other_names_are_never_taken_for_ended() {
        for name in [
            "",
            "w",
            "019ab5c8-0000-7000-8000-000000000000",
            "a.b.c.d.e",
            "a.1.2.3",
        ] {
            assert!(!has_ended(name), "{name}");
        }
    }
}
