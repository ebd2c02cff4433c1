//! Addresses: an absolute HTTP(S) or file URL whose `Display` hides passwords, its canonical form, and same-site tests.
//!
//! Follows the WHATWG URL standard through the `url` crate. Registrable domains come from the public suffix list.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An absolute URL. `Display` and `Debug` show `user:***@` in place of credentials.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(url::Url);

/// Query parameters that only count visits. Each is written by an advertising or newsletter system, never by a site's own pages.
const TRACKING_PREFIXES: [&str; 8] = ["utm_", "mtm_", "pk_", "piwik_", "hsa_", "at_medium", "at_campaign", "ga_"];
const TRACKING_NAMES: [&str; 24] = [
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "wickedid",
    "oly_anon_id",
    "oly_enc_id",
    "cmpid",
    "ocid",
    "ncid",
    "sr_share",
    "__twitter_impression",
];

impl Url {
    /// Parses an absolute URL.
    pub fn parse(text: &str) -> Result<Self, url::ParseError> {
        url::Url::parse(text.trim()).map(Self)
    }

    /// Resolves a reference found in a page at this URL. `None` for what is no link: empty, `javascript:`, `mailto:`, `data:` or broken.
    pub fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        let joined = self.0.join(reference).ok()?;
        matches!(joined.scheme(), "http" | "https" | "file").then_some(Self(joined))
    }

    /// The address, credentials included: for requests and files, never for people.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The parsed parts.
    pub fn parts(&self) -> &url::Url {
        &self.0
    }

    /// The host, lower case; empty for files.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or("")
    }

    /// The path.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// Whether this is `http` or `https`.
    pub fn is_web(&self) -> bool {
        matches!(self.0.scheme(), "http" | "https")
    }

    /// The registrable domain (`example.co.uk`), or the host itself where there is none (addresses, `localhost`).
    pub fn site(&self) -> &str {
        registrable_domain(self.host())
    }

    /// Whether both belong to one registrable domain.
    pub fn same_site(&self, other: &Url) -> bool {
        self.site() == other.site()
    }

    /// The same page under any of its spellings: `https`, no `www.`, no port, no fragment, no tracking parameters, no trailing slash.
    ///
    /// A key for comparison, not an address to fetch.
    pub fn canonical_key(&self) -> String {
        let host = self.host();
        let host = host.strip_prefix("www.").unwrap_or(host);
        let mut key = format!("{host}{}", self.port_suffix());
        key.push_str(self.0.path().trim_end_matches('/'));
        let kept: Vec<String> = self.0.query_pairs().filter(|(name, _)| !is_tracking(name)).map(|(n, v)| format!("{n}={v}")).collect();
        if !kept.is_empty() {
            key.push('?');
            key.push_str(&kept.join("&"));
        }
        key
    }

    /// The address without fragment and tracking parameters: what is published and asked for.
    #[must_use]
    pub fn without_tracking(&self) -> Self {
        let mut clean = self.0.clone();
        clean.set_fragment(None);
        if clean.query_pairs().any(|(name, _)| is_tracking(&name)) {
            let kept: Vec<String> = clean
                .query()
                .unwrap_or("")
                .split('&')
                .filter(|pair| !is_tracking(pair.split('=').next().unwrap_or("")))
                .map(str::to_owned)
                .collect();
            clean.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
        }
        Self(clean)
    }

    fn port_suffix(&self) -> String {
        self.0.port().map_or_else(String::new, |port| format!(":{port}"))
    }
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING_NAMES.contains(&name.as_str()) || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The registrable domain of a host, or the host itself.
pub fn registrable_domain(host: &str) -> &str {
    if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
        return host;
    }
    psl::domain_str(host).unwrap_or(host)
}

impl From<url::Url> for Url {
    fn from(url: url::Url) -> Self {
        Self(url)
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.username().is_empty() && self.0.password().is_none() {
            return f.write_str(self.0.as_str());
        }
        let mut shown = self.0.clone();
        // Both fail only for URLs that cannot have credentials.
        let _ = shown.set_username("***");
        let _ = shown.set_password(None);
        f.write_str(shown.as_str())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|error| serde::de::Error::custom(format!("`{text}` is not an absolute URL: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_key(url: &str, expected: &str) {
        assert_eq!(Url::parse(url).unwrap().canonical_key(), expected);
    }

    #[test]
    fn spellings_of_one_page_share_a_key() {
        check_key("https://www.example.org/a/?utm_source=x&b=1#top", "example.org/a?b=1");
        check_key("http://example.org/a?b=1", "example.org/a?b=1");
        check_key("http://example.org:8080/", "example.org:8080");
    }

    #[test]
    fn credentials_are_never_shown() {
        let url = Url::parse("https://user:secret@example.org/x").unwrap();
        assert!(!format!("{url} {url:?}").contains("secret"));
        assert!(url.as_str().contains("secret"));
    }

    #[test]
    fn sites_follow_the_public_suffix_list() {
        assert_eq!(Url::parse("https://news.example.co.uk/").unwrap().site(), "example.co.uk");
        assert_eq!(Url::parse("http://127.0.0.1:80/").unwrap().site(), "127.0.0.1");
    }
}
