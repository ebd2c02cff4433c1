//! Which proxies may stand between us and a site: their names, which are no site's, and the words for what fails on the way.

use super::options::{Options, Proxy};
use crate::url::Url;

/// Where the environment names proxies.
const VARIABLES: [&str; 6] = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/// The proxies of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies {
    hosts: Vec<String>,
    told: Option<String>,
}

impl Proxies {
    /// Those of the configuration, or of the environment.
    pub(super) fn new(options: &Options) -> Self {
        match &options.proxy {
            Proxy::None => Self::default(),
            Proxy::Url(url) => Self { hosts: vec![url.host().to_owned()], told: Some(format!("through the proxy `{}`", shown(url))) },
            Proxy::Environment => {
                let named = VARIABLES.iter().filter_map(|name| std::env::var(name).ok());
                let hosts: Vec<String> = named.filter_map(|address| host_of(&address)).collect();
                let told = (!hosts.is_empty()).then(|| "a proxy is set in the environment".to_owned());
                Self { hosts, told }
            }
        }
    }

    /// Whether this is the name of a proxy: it may be at a private address, and no site's link leads there.
    pub(super) fn has(&self, host: &str) -> bool {
        self.hosts.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// What went wrong on the way to a site, with what stands on that way.
    pub(super) fn explain(&self, why: String) -> String {
        // The client's words for a SOCKS proxy that does not answer name nothing that a person knows.
        let why = if why.contains("underlying connection") { "the proxy cannot be reached".to_owned() } else { why };
        match &self.told {
            Some(told) => format!("{why} ({told})"),
            None => why,
        }
    }
}

/// An address without its login.
fn shown(url: &Url) -> String {
    let port = url.parts().port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{}://{}{port}", url.parts().scheme(), url.host())
}

/// The host of a proxy as the environment writes it: the scheme may be missing.
fn host_of(address: &str) -> Option<String> {
    let full = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    Url::parse(&full).ok().map(|url| url.host().to_owned()).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_have_names_and_their_logins_are_not_told() {
        let url = Url::parse("http://reader:secret@proxy.lan:3128").unwrap();
        let proxies = Proxies::new(&Options { proxy: Proxy::Url(url), ..Options::default() });
        assert!(proxies.has("PROXY.lan") && !proxies.has("a.example"));
        assert_eq!(proxies.explain("no answer".to_owned()), "no answer (through the proxy `http://proxy.lan:3128`)");
        assert_eq!(host_of("proxy.lan:3128").as_deref(), Some("proxy.lan"));
        assert_eq!(host_of("socks5h://u:p@10.0.0.1:1080").as_deref(), Some("10.0.0.1"));
    }
}
