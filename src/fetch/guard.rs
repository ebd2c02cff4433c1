//! The address guard: which addresses a stranger's link may lead to.
//!
//! Only globally reachable unicast addresses pass (the IANA special-purpose registries, RFC 6890 and its updates), looked at through
//! every disguise that carries an IPv4 address inside an IPv6 one. The guard itself only judges; `client` asks it for each literal
//! and for each address that a name resolves to, and dials exactly what was judged.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// A network in CIDR notation; a bare address is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => shared_bits(own.to_bits().into(), other.to_bits().into(), 32) >= self.prefix.into(),
            (IpAddr::V6(own), IpAddr::V6(other)) => shared_bits(own.to_bits(), other.to_bits(), 128) >= self.prefix.into(),
            _ => false,
        }
    }
}

fn shared_bits(one: u128, other: u128, width: u32) -> u32 {
    (one ^ other).leading_zeros().saturating_sub(128 - width)
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no network: expected an address such as `10.1.0.0/16` or `fd00::/8`");
        let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = if prefix.is_empty() { width } else { prefix.parse().map_err(|_| wrong())? };
        if prefix > width { Err(wrong()) } else { Ok(Self { address, prefix }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Why an address must not be dialled: `a loopback address`. `None` if it may be.
pub(super) fn refusal(address: IpAddr, reachable: &[Network]) -> Option<&'static str> {
    if reachable.iter().any(|network| network.contains(address)) {
        return None;
    }
    match address {
        IpAddr::V4(address) => refuse_v4(address),
        IpAddr::V6(address) => refuse_v6(address, reachable),
    }
}

/// Why a host name must not even be looked up.
pub(super) fn refuse_name(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let local = name == "localhost" || name.ends_with(".localhost") || name == "localhost.localdomain";
    local.then_some("a name of this machine")
}

fn refuse_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, d] = address.octets();
    Some(match (a, b, c, d) {
        (0, ..) => "an address of this network",
        (127, ..) => "a loopback address",
        (10, ..) | (172, 16..=31, ..) | (192, 168, ..) => "a private address",
        // The cloud vendors' services that hand out credentials; the last one looks like an ordinary public address.
        (169, 254, 169, 254) | (100, 100, 100, 200) | (168, 63, 129, 16) => "a cloud metadata address",
        (169, 254, ..) => "a link-local address",
        (100, 64..=127, ..) => "a carrier-grade NAT address",
        (192, 0, 0, _) => "a protocol assignment",
        (192, 0, 2, _) | (198, 51, 100, _) | (203, 0, 113, _) => "an address for documentation",
        (192, 88, 99, _) => "a 6to4 relay address",
        (198, 18..=19, ..) => "an address for benchmarks",
        (224..=239, ..) => "a multicast address",
        (240..=255, ..) => "a reserved address",
        _ => return None,
    })
}

fn refuse_v6(address: Ipv6Addr, reachable: &[Network]) -> Option<&'static str> {
    let segments = address.segments();
    if let Some(inside) = embedded_v4(address) {
        return refusal(IpAddr::V4(inside), reachable);
    }
    Some(match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => "the unspecified address",
        [0, 0, 0, 0, 0, 0, 0, 1] => "a loopback address",
        [0x64, 0xff9b, ..] => "an address of a local translator",
        [0x2001, 0x0, ..] => "a Teredo address",
        [0x2001, 0x1..=0x1ff, ..] => "a protocol assignment",
        [0x2001, 0xdb8, ..] | [0x3fff, 0x0..=0xfff, ..] => "an address for documentation",
        [0xfc00..=0xfdff, ..] => "a unique-local address",
        [0xfe80..=0xfebf, ..] => "a link-local address",
        [0xfec0..=0xfeff, ..] => "a site-local address",
        [0xff00..=0xffff, ..] => "a multicast address",
        [0x2000..=0x3fff, ..] => return None,
        _ => "a reserved address",
    })
}

/// The IPv4 address that an IPv6 address is a disguise for: mapped, compatible, translated, NAT64, 6to4, ISATAP.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let pair = |high: u16, low: u16| Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => Some(pair(high, low)),
        [0, 0, 0, 0, 0xffff, 0, high, low] => Some(pair(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(pair(high, low)),
        [0x2002, high, low, ..] => Some(pair(high, low)),
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(pair(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(refusal(address.parse().unwrap(), &[]), expected, "{address}");
    }

    #[test]
    fn public_addresses_pass() {
        for address in ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"] {
            check(address, None);
        }
    }

    #[test]
    fn machines_and_networks_of_ones_own_do_not() {
        check("127.0.0.1", Some("a loopback address"));
        check("127.255.0.3", Some("a loopback address"));
        check("0.0.0.0", Some("an address of this network"));
        check("10.0.0.1", Some("a private address"));
        check("172.31.255.255", Some("a private address"));
        check("192.168.1.1", Some("a private address"));
        check("100.64.0.1", Some("a carrier-grade NAT address"));
        check("169.254.0.1", Some("a link-local address"));
        check("255.255.255.255", Some("a reserved address"));
        check("224.0.0.1", Some("a multicast address"));
        check("::", Some("the unspecified address"));
        check("::1", Some("a loopback address"));
        check("fe80::1", Some("a link-local address"));
        check("fd00:ec2::254", Some("a unique-local address"));
        check("fec0::1", Some("a site-local address"));
        check("ff02::1", Some("a multicast address"));
        check("4000::1", Some("a reserved address"));
    }

    #[test]
    fn metadata_services_do_not() {
        for address in ["169.254.169.254", "100.100.100.200", "168.63.129.16", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"] {
            check(address, Some("a cloud metadata address"));
        }
    }

    #[test]
    fn no_disguise_helps() {
        for address in ["::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2a00::5efe:7f00:1"] {
            check(address, Some("a loopback address"));
        }
        check("64:ff9b:1::1", Some("an address of a local translator"));
        check("2001::1", Some("a Teredo address"));
    }

    #[test]
    fn names_of_this_machine_are_not_looked_up() {
        for name in ["localhost", "LOCALHOST", "localhost.", "a.b.localhost", "localhost.localdomain"] {
            assert!(refuse_name(name).is_some(), "{name}");
        }
        assert_eq!(refuse_name("localhost.example.org"), None);
    }

    #[test]
    fn a_network_of_ones_own_can_be_opened() {
        let open: Vec<Network> = vec!["10.1.0.0/16".parse().unwrap(), "fd00::/8".parse().unwrap()];
        assert_eq!(refusal("10.1.2.3".parse().unwrap(), &open), None);
        assert_eq!(refusal("::ffff:10.1.2.3".parse().unwrap(), &open), None);
        assert_eq!(refusal("fd12::1".parse().unwrap(), &open), None);
        assert!(refusal("10.2.2.3".parse().unwrap(), &open).is_some());
        assert!("10.0.0.0/33".parse::<Network>().is_err());
        assert!("everything".parse::<Network>().is_err());
    }
}
