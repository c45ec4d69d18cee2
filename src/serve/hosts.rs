//! Which names a request may call this server by.
//!
//! A page from elsewhere can be made to ask a server on the reader's own machine, by a name that leads here (DNS
//! rebinding). It asks by that name; so a name that is not ours is refused. An address in numbers cannot be made to
//! lead elsewhere.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The names that are ours.
#[derive(Debug, Clone)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// `localhost` and what lies below it, and those that are named.
    pub(super) fn new(named: impl IntoIterator<Item = String>) -> Self {
        Self(named.into_iter().map(|name| plain(&name)).collect())
    }

    /// True when a `Host` header names this server.
    pub(super) fn allow(&self, header: &str) -> bool {
        let Some(name) = without_port(header.trim()) else { return false };
        let name = plain(name);
        let name = name.trim_end_matches('.');
        is_address(name)
            || name == "localhost"
            || name.ends_with(".localhost")
            || self.0.iter().any(|known| known == name)
    }
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn is_address(name: &str) -> bool {
    let inside = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    match inside {
        Some(inside) => inside.parse::<Ipv6Addr>().is_ok(),
        None => name.parse::<Ipv4Addr>().is_ok(),
    }
}

/// The host of `host:port`; `None` when it is neither.
fn without_port(header: &str) -> Option<&str> {
    let end = match header.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => header.find(':').unwrap_or(header.len()),
    };
    let (host, port) = header.split_at(end);
    let port = port.strip_prefix(':').unwrap_or(port);
    let valid = !host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    valid.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_answered() {
        let hosts = Hosts::new(["Wiki.example".to_owned()]);
        for ours in [
            "localhost",
            "LOCALHOST:4020",
            "localhost.:4020",
            "portal.localhost:4020",
            "127.0.0.1:4020",
            "127.0.0.1",
            "[::1]:4020",
            "[::1]",
            "192.168.1.7:80",
            "wiki.example:4020",
        ] {
            assert!(hosts.allow(ours), "{ours}");
        }
        for foreign in [
            "",
            ":4020",
            "evil.example",
            "evil.example:4020",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evillocalhost",
            "127.0.0.1:4020@evil.example",
            "::1",
            "[::1",
            "[evil]:1",
            "localhost:80:90",
            "localhost:x",
        ] {
            assert!(!hosts.allow(foreign), "{foreign}");
        }
    }
}
