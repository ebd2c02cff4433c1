//! What one source may do beyond an ordinary visitor: log in, send headers of its own, read a private address.
//!
//! Secrets arrive here already resolved; nothing in this module prints them.

use std::fmt;
use std::time::Duration;

use super::cookie::Jar;
use crate::url::Url;

/// A secret text: shown as `***` wherever it is printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself: for a header, never for people.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A login.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Auth {
    /// RFC 7617.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// RFC 6750.
    Bearer {
        /// The token.
        token: Secret,
    },
}

/// How one source reaches its pages.
#[derive(Default, Debug, Clone)]
pub struct Access {
    /// The source's configured address. Logins, cookies of the config and headers of its own go to this host only.
    pub home: Option<Url>,
    /// The `host:port` that may be at a private address, because the source's own configured address is there.
    pub private_host: Option<String>,
    /// Headers of the source's own.
    pub headers: Vec<(String, Secret)>,
    /// A login.
    pub auth: Option<Auth>,
    /// A cookie jar that outlives one request. Without one, cookies live for one chain of redirects.
    pub jar: Option<Jar>,
    /// Whether robots.txt is obeyed; `None`: as the options say.
    pub robots: Option<bool>,
    /// A longer or shorter pause for this source's hosts.
    pub spacing: Option<Duration>,
    /// `Accept-Language`.
    pub language: Option<String>,
    /// Whether a browser builds the page before it is read.
    pub render: bool,
}

impl Access {
    /// The access of a source with this configured address.
    ///
    /// A literal private address, a `localhost` name and a name without a public suffix are taken at their word: they can only mean a
    /// machine of one's own. A public name that leads to a private address needs `private`, or a site that is merely followed could
    /// point its name at a router and have that read.
    pub fn for_source(home: &Url, private: bool) -> Self {
        let own = private || !is_public_name(home);
        let private_host = own.then(|| authority(home)).flatten();
        Self { home: Some(home.clone()), private_host, ..Self::default() }
    }

    /// Whether credentials of this source may go to `url`: the same host and port, and never from https down to http.
    pub(super) fn trusts(&self, url: &Url) -> bool {
        self.home.as_ref().is_some_and(|home| {
            let (home, url) = (home.parts(), url.parts());
            let same_host = home.host() == url.host();
            let same_port = home.port_or_known_default() == url.port_or_known_default();
            let upgraded = home.scheme() == "http" && url.scheme() == "https" && home.port().is_none() && url.port().is_none();
            same_host && ((home.scheme() == url.scheme() && same_port) || upgraded)
        })
    }

    /// Whether anything here could be stolen.
    pub(super) fn has_credentials(&self) -> bool {
        self.auth.is_some() || !self.headers.is_empty() || self.jar.is_some()
    }
}

/// `host:port`, with the port spelt out. `None` for addresses without a host.
pub(super) fn authority(url: &Url) -> Option<String> {
    let parts = url.parts();
    Some(format!("{}:{}", parts.host_str()?, parts.port_or_known_default()?))
}

/// Whether a stranger could own this name.
fn is_public_name(url: &Url) -> bool {
    match url.parts().host() {
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let own = ["localhost", "local", "lan", "home", "internal", "intranet", "private", "corp", "test", "home.arpa"];
            let reserved = own.iter().any(|zone| name == *zone || name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.')));
            name.contains('.') && !reserved
        }
        _ => false,
    }
}
