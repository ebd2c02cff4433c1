//! The `[fetch]` table of the configuration: manners and limits that hold for every source.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as friendly;
use serde::{Deserialize, Deserializer};

use super::guard::Network;
use crate::url::Url;

/// How to fetch. Durations are written like `30s`, `2m`, `500ms`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Options {
    /// The name that servers see; robots.txt is searched for its first word.
    pub user_agent: String,
    /// An address or page where a site's owner can reach whoever runs this; appended to the name.
    pub contact: Option<String>,
    /// Longest wait for a connection, name look-up and TLS included.
    #[serde(with = "friendly")]
    pub connect_timeout: Duration,
    /// Longest wait for the answer's header.
    #[serde(with = "friendly")]
    pub first_byte_timeout: Duration,
    /// Longest pause within a body.
    #[serde(with = "friendly")]
    pub idle_timeout: Duration,
    /// Longest time for one request, from connecting to the last byte.
    #[serde(with = "friendly")]
    pub total_timeout: Duration,
    /// Largest body, unpacked, in bytes.
    pub max_bytes: u64,
    /// Largest ratio of unpacked to packed bytes.
    pub max_ratio: u32,
    /// Most redirects that are followed.
    pub max_hops: usize,
    /// Most requests at the same time, over all hosts.
    pub concurrency: usize,
    /// Most requests at the same time to one host: 1 or 2.
    pub host_concurrency: usize,
    /// Shortest pause between requests to one host.
    #[serde(with = "friendly")]
    pub spacing: Duration,
    /// Shortest pause between requests to hosts of one registrable domain.
    #[serde(with = "friendly")]
    pub site_spacing: Duration,
    /// How often a request that failed for a passing reason is tried again.
    pub retries: u32,
    /// Longest single wait that a request sits out; a host that asks for more is left for a later run.
    #[serde(with = "friendly")]
    pub patience: Duration,
    /// Whether robots.txt is obeyed where the source does not say.
    pub robots: bool,
    /// Through whom requests go: `environment`, `none`, or an `http`, `https`, `socks5` or `socks5h` address.
    pub proxy: Proxy,
    /// A PEM file with certificate authorities to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Private networks that any source may be led to, such as `10.1.0.0/16`. Empty for good reason.
    pub reachable: Vec<Network>,
    /// Most requests in one run.
    pub max_requests: u64,
    /// Longest time that one run goes on making requests.
    #[serde(with = "friendly")]
    pub max_time: Duration,
    /// The Chromium that renders the pages of sources with `render`; searched for where not set.
    pub chromium: Option<PathBuf>,
    /// Whether Chromium keeps its sandbox. Not set: always, but for root in a container, where it cannot.
    pub chromium_sandbox: Option<bool>,
    /// Longest time that scripts get to build one page.
    #[serde(with = "friendly")]
    pub render_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: concat!("feedwright/", env!("CARGO_PKG_VERSION")).to_owned(),
            contact: None,
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(20),
            idle_timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(60),
            max_bytes: 10 << 20,
            max_ratio: 200,
            max_hops: 10,
            concurrency: 32,
            host_concurrency: 1,
            spacing: Duration::from_secs(1),
            site_spacing: Duration::from_millis(500),
            retries: 2,
            patience: Duration::from_secs(60),
            robots: true,
            proxy: Proxy::Environment,
            ca_file: None,
            reachable: Vec::new(),
            max_requests: 20_000,
            max_time: Duration::from_secs(3600),
            chromium: None,
            chromium_sandbox: None,
            render_timeout: Duration::from_secs(45),
        }
    }
}

impl Options {
    /// The `User-Agent` header: the name, and the contact if there is one.
    pub fn agent(&self) -> String {
        match &self.contact {
            Some(contact) => format!("{} (+{contact})", self.user_agent),
            None => self.user_agent.clone(),
        }
    }

    /// The product token that robots.txt is searched for: `feedwright` of `feedwright/1.0`.
    pub fn token(&self) -> &str {
        self.user_agent.split(['/', ' ']).next().unwrap_or("feedwright")
    }
}

/// Through whom requests go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Proxy {
    /// As `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// Straight to the site.
    None,
    /// Always through this one.
    Url(Url),
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("environment"),
            Self::None => f.write_str("none"),
            Self::Url(url) => write!(f, "{url}"),
        }
    }
}

impl<'de> Deserialize<'de> for Proxy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "environment" => Ok(Self::Environment),
            "none" => Ok(Self::None),
            _ => match Url::parse(&text) {
                Ok(url) if matches!(url.parts().scheme(), "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h") => {
                    Ok(Self::Url(url))
                }
                _ => Err(serde::de::Error::custom(
                    "expected `environment`, `none`, or the address of an http, https, socks5 or socks5h proxy",
                )),
            },
        }
    }
}
