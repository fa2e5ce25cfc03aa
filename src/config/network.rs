//! Networks of IP addresses, as `10.1.0.0/16`.

use std::net::IpAddr;

/// An IP address, or all addresses with its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    /// Reads `ADDRESS` or `ADDRESS/BITS`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}” is neither an IP address nor a network");
        let (address, bits) = text
            .split_once('/')
            .map_or((text, None), |(address, bits)| (address, Some(bits)));
        let first: IpAddr = address.trim().parse().map_err(|_| bad())?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => all,
            Some(bits) => bits.trim().parse().map_err(|_| bad())?,
        };
        if bits > all {
            return Err(bad());
        }
        Ok(Self { first, bits })
    }

    /// Whether `address` belongs to it. An IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let rest = 32 - self.bits;
                (first.to_bits() ^ address.to_bits())
                    .checked_shr(rest)
                    .unwrap_or(0)
                    == 0
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let rest = 128 - self.bits;
                (first.to_bits() ^ address.to_bits())
                    .checked_shr(rest)
                    .unwrap_or(0)
                    == 0
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_their_addresses() {
        for (network, inside, outside) in [
            ("127.0.0.1", "127.0.0.1", "127.0.0.2"),
            ("10.1.0.0/16", "10.1.255.7", "10.2.0.1"),
            ("10.1.0.0/16", "::ffff:10.1.0.1", "::1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
        ] {
            let network = Network::parse(network).expect("a network");
            let contains = |text: &str| network.contains(text.parse().expect("an address"));
            assert!(contains(inside) && !contains(outside), "{network:?}");
        }
        assert!(
            Network::parse("0.0.0.0/0")
                .is_ok_and(|all| all.contains("9.9.9.9".parse().expect("an address")))
        );
        for bad in [
            "",
            "localhost",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "::/129",
            "10.0.0/8",
        ] {
            assert!(Network::parse(bad).is_err(), "{bad}");
        }
    }
}
