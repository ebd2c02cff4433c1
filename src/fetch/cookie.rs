//! A small cookie jar after RFC 6265, kept for one source or for one chain of redirects.
//!
//! Only what a reader without scripts needs: host-only and domain cookies, paths, `Secure`, expiry. A cookie for a public suffix is
//! not kept. Cookies never leave the hosts that they were set for.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::url::Url;

/// More cookies than this from one source only cost memory (RFC 6265 asks for at least 50 a domain).
const MAX_COOKIES: usize = 200;
/// RFC 6265 asks for at least 4096 bytes a cookie.
const MAX_COOKIE_BYTES: usize = 4096;
/// Servers refuse longer headers; the oldest cookies that still fit are sent.
const MAX_HEADER_BYTES: usize = 8192;

/// One cookie, as the store may keep it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cookie {
    name: String,
    value: String,
    domain: String,
    host_only: bool,
    path: String,
    secure: bool,
    expires: Option<Timestamp>,
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cookie({}=*** for {}{})", self.name, self.domain, self.path)
    }
}

/// Cookies of one source; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Jar(Arc<Mutex<Vec<Cookie>>>);

impl Jar {
    /// A jar with the cookies of an earlier run.
    pub fn with(cookies: Vec<Cookie>) -> Self {
        Self(Arc::new(Mutex::new(cookies)))
    }

    /// What is in the jar and has an expiry date: session cookies end with the run.
    pub fn lasting(&self, now: Timestamp) -> Vec<Cookie> {
        self.lock().iter().filter(|cookie| cookie.expires.is_some_and(|end| end > now)).cloned().collect()
    }

    /// The `Cookie` header for a request, if there is any cookie for it.
    pub(super) fn header(&self, url: &Url, now: Timestamp) -> Option<String> {
        let mut header = String::new();
        let mut jar = self.lock();
        jar.retain(|cookie| cookie.expires.is_none_or(|end| end > now));
        for cookie in jar.iter().filter(|cookie| cookie.goes_to(url)) {
            if header.len() + cookie.name.len() + cookie.value.len() + 3 > MAX_HEADER_BYTES {
                break;
            }
            if !header.is_empty() {
                header.push_str("; ");
            }
            header.push_str(&format!("{}={}", cookie.name, cookie.value));
        }
        (!header.is_empty()).then_some(header)
    }

    /// Keeps what a `Set-Cookie` header of an answer from `url` says.
    pub(super) fn take(&self, header: &str, url: &Url, now: Timestamp) {
        let Some(cookie) = Cookie::parse(header, url, now) else { return };
        let mut jar = self.lock();
        jar.retain(|old| !(old.name == cookie.name && old.domain == cookie.domain && old.path == cookie.path));
        if cookie.expires.is_none_or(|end| end > now) && jar.len() < MAX_COOKIES {
            jar.push(cookie);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Cookie>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cookie {
    fn parse(header: &str, url: &Url, now: Timestamp) -> Option<Self> {
        let mut parts = header.split(';');
        let (name, value) = parts.next()?.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let legal = |text: &str| text.bytes().all(|byte| byte >= b' ' && byte != 127);
        if name.is_empty() || name.len() + value.len() > MAX_COOKIE_BYTES || !legal(name) || !legal(value) {
            return None;
        }
        let mut cookie = Self {
            name: name.to_owned(),
            value: value.to_owned(),
            domain: url.host().to_owned(),
            host_only: true,
            path: default_path(url.path()),
            secure: false,
            expires: None,
        };
        let mut max_age = None;
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "domain" => cookie.narrow_to(value.trim_start_matches('.'))?,
                "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
                "secure" => cookie.secure = true,
                "max-age" => max_age = value.parse::<i64>().ok(),
                "expires" => cookie.expires = parse_date(value),
                _ => {}
            }
        }
        if let Some(seconds) = max_age {
            cookie.expires = Some(now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX));
        }
        (!cookie.secure || url.parts().scheme() == "https").then_some(cookie)
    }

    /// Widens the cookie to a domain that its host lies in. `None` if the host has no say there.
    fn narrow_to(&mut self, domain: &str) -> Option<()> {
        let domain = domain.to_ascii_lowercase();
        if domain.is_empty() || domain == self.domain {
            return Some(());
        }
        let inside = lies_in(&self.domain, &domain) && self.domain.parse::<std::net::IpAddr>().is_err();
        // A suffix under which strangers register names belongs to none of them.
        let owned = psl::domain_str(&domain).is_some();
        (self.domain, self.host_only) = (inside && owned).then_some((domain, false))?;
        Some(())
    }

    fn goes_to(&self, url: &Url) -> bool {
        let host = url.host();
        let host_fits = host == self.domain || (!self.host_only && lies_in(host, &self.domain));
        let path = url.path();
        let path_fits =
            path.strip_prefix(self.path.as_str()).is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'));
        host_fits && path_fits && (!self.secure || url.parts().scheme() == "https")
    }
}

fn lies_in(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

fn default_path(path: &str) -> String {
    match path.rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(end) => path.get(..end).unwrap_or("/").to_owned(),
    }
}

/// Cookie dates come in many spellings; one that cannot be read makes a session cookie, as in browsers.
fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.replace('-', " ");
    httpdate::parse_http_date(&text).ok().and_then(|time| Timestamp::try_from(time).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Url {
        Url::parse(url).unwrap()
    }

    #[track_caller]
    fn check(set_at: &str, header: &str, asked: &str, expected: Option<&str>) {
        let jar = Jar::default();
        let now = Timestamp::UNIX_EPOCH;
        jar.take(header, &at(set_at), now);
        assert_eq!(jar.header(&at(asked), now).as_deref(), expected, "{header} from {set_at} to {asked}");
    }

    #[test]
    fn cookies_stay_with_their_host() {
        check("http://a.example.org/", "k=v", "http://a.example.org/x", Some("k=v"));
        check("http://a.example.org/", "k=v", "http://b.example.org/", None);
        check("http://a.example.org/", "k=v", "http://c.a.example.org/", None);
        check("http://a.example.org/", "k=v; Domain=example.org", "http://b.example.org/", Some("k=v"));
        check("http://a.example.org/", "k=v; Domain=example.com", "http://example.com/", None);
        check("http://a.example.co.uk/", "k=v; Domain=co.uk", "http://b.co.uk/", None);
        check("http://127.0.0.1/", "k=v; Domain=0.0.1", "http://127.0.0.1/", None);
        check("http://evilexample.org/", "k=v; Domain=example.org", "http://example.org/", None);
    }

    #[test]
    fn paths_security_and_age_are_heeded() {
        check("http://a.example/x/y", "k=v", "http://a.example/x/z", Some("k=v"));
        check("http://a.example/x/y", "k=v", "http://a.example/xz", None);
        check("https://a.example/", "k=v; Secure", "http://a.example/", None);
        check("http://a.example/", "k=v; Secure", "https://a.example/", None);
        check("http://a.example/", "k=v; Max-Age=0", "http://a.example/", None);
        check("http://a.example/", "k=v; Expires=Wed, 01-Jan-2020 00:00:00 GMT", "http://a.example/", Some("k=v"));
        check("http://a.example/", "no value", "http://a.example/", None);
    }

    #[test]
    fn a_jar_is_never_printed() {
        let jar = Jar::default();
        jar.take("session=hunter2", &at("http://a.example/"), Timestamp::UNIX_EPOCH);
        assert!(!format!("{jar:?}").contains("hunter2"));
    }
}
