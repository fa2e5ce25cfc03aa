//! The networks of an address, for budgets.
//!
//! One connection to the internet has one IPv4 address, but many IPv6 addresses: a host gets a /64,
//! a home usually a /56, an office or a tunnel a /48. A budget for the /64 alone would give a home
//! 256 budgets.

use std::net::IpAddr;

/// A network: the length of its prefix, and the prefix. IPv4 has 24 or 32 bits, IPv6 48, 56 or 64,
/// so the two never collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NetworkKey {
    bits: u8,
    prefix: u64,
}

impl NetworkKey {
    /// The network of one client: the IPv4 address itself, the IPv6 /64.
    pub(super) fn client(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(_) => Self::of(address, 32),
            IpAddr::V6(_) => Self::of(address, 64),
        }
    }

    /// The network that neighbours share: IPv4 /24, IPv6 /48.
    pub(super) fn neighbourhood(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(_) => Self::of(address, 24),
            IpAddr::V6(_) => Self::of(address, 48),
        }
    }

    /// The network of a home: an IPv6 /56. An IPv4 home has one address, which is the client.
    pub(super) fn home(address: IpAddr) -> Option<Self> {
        let is_v6 = address.to_canonical().is_ipv6();
        is_v6.then(|| Self::of(address, 56))
    }

    /// The length of the prefix.
    pub(super) const fn bits(self) -> u8 {
        self.bits
    }

    /// The network as a text.
    pub(super) fn text(self) -> String {
        format!("{:x}/{}", self.prefix, self.bits)
    }

    fn of(address: IpAddr, bits: u8) -> Self {
        let prefix = match address.to_canonical() {
            IpAddr::V4(address) => u64::from(address.to_bits() >> (32 - bits)),
            IpAddr::V6(address) => {
                // At most 64 bits are left.
                u64::try_from(address.to_bits() >> (128 - bits)).unwrap_or_default()
            }
        };
        Self { bits, prefix }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_neighbours_share_networks() {
        let (one, same_home, same_site) = (
            ip("2001:db8:0:100::1"),
            ip("2001:db8:0:1ff::1"),
            ip("2001:db8:0:200::1"),
        );
        assert_ne!(NetworkKey::client(one), NetworkKey::client(same_home));
        assert_eq!(NetworkKey::home(one), NetworkKey::home(same_home));
        assert_ne!(NetworkKey::home(one), NetworkKey::home(same_site));
        assert_eq!(
            NetworkKey::neighbourhood(one),
            NetworkKey::neighbourhood(same_site)
        );
        assert_ne!(
            NetworkKey::neighbourhood(one),
            NetworkKey::neighbourhood(ip("2001:db8:1::1"))
        );
        let (v4, neighbour) = (ip("192.0.2.1"), ip("::ffff:192.0.2.2"));
        assert_ne!(NetworkKey::client(v4), NetworkKey::client(neighbour));
        assert_eq!(
            NetworkKey::neighbourhood(v4),
            NetworkKey::neighbourhood(neighbour)
        );
        assert_eq!(NetworkKey::home(v4), None);
    }
}
