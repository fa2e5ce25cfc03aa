//! Which addresses belong to the open network. Everything that is not known to be open counts as private.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address can be reached by everybody.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

#[expect(clippy::match_same_arms, reason = "each arm has a reason of its own")]
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        // “This” network; loopback; multicast, reserved, broadcast.
        (0 | 127 | 224.., ..) => true,
        // Carrier-grade NAT (RFC 6598).
        (100, 64..=127, _) => true,
        // Protocol assignments, documentation, the former 6to4 relays.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 51, 100) | (203, 0, 113) => true,
        // Benchmarks (RFC 2544).
        (198, 18 | 19, _) => true,
        _ => false,
    };
    !is_special && !address.is_private() && !address.is_link_local()
}

#[expect(clippy::match_same_arms, reason = "each arm has a reason of its own")]
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // NAT64 (RFC 6052): as open as the IPv4 address in it.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments (Teredo, ORCHID), documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Global unicast; loopback, mapped, local (ULA, link) and multicast addresses lie outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Whether a name is one of a private network: no dot in it, or an ending that the open network does not
/// know (RFC 6761, 6762, 8375; ICANN's “internal”, and names that offices use).
pub fn is_private_name(name: &str) -> bool {
    const ENDINGS: [&str; 9] = [
        "localhost",
        "local",
        "internal",
        "intern",
        "intranet",
        "lan",
        "home.arpa",
        "corp",
        "localdomain",
    ];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let ends_with = |ending: &str| name == ending || name.ends_with(&format!(".{ending}"));
    !name.contains('.') || ENDINGS.iter().any(|ending| ends_with(ending))
}

/// Whether a name is reserved for examples and tests (RFC 6761): nobody has it.
pub fn is_reserved_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    matches!(last, "example" | "test" | "invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_recognised_in_every_disguise() {
        for private in [
            "127.0.0.1",
            "127.8.9.10",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "100::1",
        ] {
            assert!(
                !is_public(private.parse().expect("an address")),
                "{private}"
            );
        }
        for public in [
            "9.9.9.9",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2a01:4f8::1",
            "2620:fe::fe",
            "64:ff9b::909:909",
            "::ffff:9.9.9.9",
        ] {
            assert!(is_public(public.parse().expect("an address")), "{public}");
        }
    }

    #[test]
    fn private_names_are_recognised_without_asking() {
        for private in [
            "localhost",
            "LOCALHOST.",
            "intranet",
            "drucker.local",
            "www.intern",
            "a.b.internal",
            "x.home.arpa",
        ] {
            assert!(is_private_name(private), "{private}");
        }
        for public in ["example.org", "local.example.org", "intern.de", "kiel.de"] {
            assert!(!is_private_name(public), "{public}");
        }
    }
}
