//! The one door to the network: an HTTP client that dials only addresses which the guard has seen.
//!
//! Redirects, retries, cookies and unpacking are not its business; see `mod`, `redirect`, `cookie` and `coding`.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

pub(super) use reqwest::Response;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
pub(super) use reqwest::header::HeaderMap;
#[cfg(test)]
pub(super) use reqwest::header::{HeaderName as NameOf, HeaderValue as ValueOf};
use reqwest::{ClientBuilder, redirect};

use super::error::Error;
use super::guard::{self, Network};
use super::options::{Options, Proxy};
use super::proxy::Proxies;
use super::trust::{self, Authority};
use crate::url::Url;

/// Two clients: one that refuses private addresses, and one for the hosts that the configuration itself names. Each is built when it is first
/// asked: the first one reads all certificate authorities of the machine, and a run with nothing due needs none.
pub(super) struct Client {
    options: Options,
    lookup: Lookup,
    own: Vec<Authority>,
    guarded: OnceLock<Built>,
    free: OnceLock<Built>,
    reachable: Arc<[Network]>,
    proxies: Arc<Proxies>,
}

/// A client, or why there is none.
type Built = Result<reqwest::Client, String>;

impl Client {
    pub(super) fn new(options: &Options, lookup: &Lookup) -> Result<Self, Error> {
        // A second call finds it installed already, which is what is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let reachable: Arc<[Network]> = options.reachable.clone().into();
        let proxies = Arc::new(Proxies::new(options));
        // What the configuration has wrong is told at once.
        let own = options.ca_file.as_deref().map_or_else(|| Ok(Vec::new()), trust::authorities)?;
        let guarded = Guarded { lookup: Arc::clone(lookup), guard: None, proxies: Arc::clone(&proxies) };
        let _ = configure(options, &guarded)?;
        let built = OnceLock::new;
        Ok(Self { options: options.clone(), lookup: Arc::clone(lookup), own, guarded: built(), free: built(), reachable, proxies })
    }

    fn client(&self, private: bool) -> Result<&reqwest::Client, Error> {
        let place = if private { &self.free } else { &self.guarded };
        let built = place.get_or_init(|| {
            let guard = (!private).then(|| Arc::clone(&self.reachable));
            let resolver = Guarded { lookup: Arc::clone(&self.lookup), guard, proxies: Arc::clone(&self.proxies) };
            build(&self.options, &resolver, &self.own)
        });
        built.as_ref().map_err(|why| Error::Setup { why: why.clone() })
    }

    /// Sends one GET, or a HEAD. `private`: the configuration names this very host, so that its address may be private.
    pub(super) async fn ask(&self, url: &Url, headers: &[(String, String)], private: bool, head: bool) -> Result<Response, Error> {
        if !private {
            self.judge(url)?;
        }
        let client = self.client(private)?;
        let address = url.parts().clone();
        let mut request = if head { client.head(address) } else { client.get(address) };
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let told = |error: Error| match error {
            Error::Connect { host, why } => Error::Connect { host, why: self.proxies.explain(why) },
            Error::Dns { host, why } => Error::Dns { host, why: self.proxies.explain(why) },
            other => other,
        };
        request.send().await.map_err(|error| told(explain(&error, url, "waiting for the answer")))
    }

    /// A literal address skips the resolver, so it is judged here.
    fn judge(&self, url: &Url) -> Result<(), Error> {
        let refuse = |address: String, why: &str| Err(Error::Address { url: url.clone(), address, why: why.to_owned() });
        let literal: Option<IpAddr> = match url.parts().host() {
            Some(url::Host::Ipv4(address)) => Some(address.into()),
            Some(url::Host::Ipv6(address)) => Some(address.into()),
            _ => None,
        };
        if let Some(address) = literal {
            return guard::refusal(address, &self.reachable).map_or(Ok(()), |why| refuse(address.to_string(), why));
        }
        if self.proxies.has(url.host()) {
            return refuse(url.host().to_owned(), "the name of the proxy");
        }
        guard::refuse_name(url.host()).map_or(Ok(()), |why| refuse(url.host().to_owned(), why))
    }
}

fn build(options: &Options, resolver: &Guarded, own: &[Authority]) -> Built {
    let tls = trust::config(own)?;
    let builder = configure(options, resolver).map_err(|error| error.to_string())?;
    builder.tls_backend_preconfigured(tls).build().map_err(|error| chain(&error))
}

fn configure(options: &Options, resolver: &Guarded) -> Result<ClientBuilder, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(options.agent())
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(options.connect_timeout)
        .http1_title_case_headers()
        .pool_max_idle_per_host(options.host_concurrency);
    builder = match &options.proxy {
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => {
            let proxy = reqwest::Proxy::all(url.as_str()).map_err(|error| Error::Setup { why: format!("proxy `{url}`: {error}") })?;
            builder.proxy(proxy)
        }
    };
    Ok(builder.dns_resolver(resolver.clone()))
}

/// Looks a name up. A value, so that tests need no network.
pub(super) type Lookup = Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>> + Send + Sync>;

/// The system's own look-up.
pub(super) fn system_lookup() -> Lookup {
    Arc::new(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()) }))
}

/// A name with more addresses than this is up to no good, or has enough with so many.
const MOST_ADDRESSES: usize = 16;

/// Looks names up and lets only public addresses through: what is checked is what is dialled. Without a guard, all pass.
#[derive(Clone)]
struct Guarded {
    lookup: Lookup,
    guard: Option<Arc<[Network]>>,
    /// Named by the configuration or the environment, so that they may be at private addresses.
    proxies: Arc<Proxies>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone().filter(|_| !self.proxies.has(name.as_str()));
        let found = (self.lookup)(name.as_str().to_owned());
        Box::pin(async move {
            let mut found = found.await?;
            found.truncate(MOST_ADDRESSES);
            let Some(reachable) = guard else { return Ok(Box::new(found.into_iter()) as Addrs) };
            let mut refused = None;
            let mut public = Vec::new();
            for address in found {
                match guard::refusal(address.ip(), &reachable) {
                    Some(why) => refused = Some(Refused { address: address.ip(), why }),
                    None => public.push(address),
                }
            }
            match refused {
                Some(refused) if public.is_empty() => Err(Box::new(refused) as Box<dyn StdError + Send + Sync>),
                _ => Ok(Box::new(public.into_iter()) as Addrs),
            }
        })
    }
}

/// The guard's refusal, on its way through the client's own error.
#[derive(Debug, Clone, Copy)]
struct Refused {
    address: IpAddr,
    why: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.address, self.why)
    }
}

impl StdError for Refused {}

/// The client's error in our own words.
pub(super) fn explain(error: &reqwest::Error, url: &Url, phase: &'static str) -> Error {
    let host = url.host().to_owned();
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return Error::Address { url: url.clone(), address: refused.address.to_string(), why: refused.why.to_owned() };
        }
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return Error::Tls { host, why: tls_words(tls) };
        }
        let system = inner.downcast_ref::<io::Error>();
        // Chunks that are none: the client says so with the kinds that the standard library has for bad input.
        if let Some(error) = system.filter(|error| is_bad_input(error)) {
            return Error::Malformed { url: url.clone(), why: error.to_string() };
        }
        // An io::Error keeps what it wraps to itself, and may wrap another one.
        cause = match system.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    let why = chain(error);
    if error.is_timeout() && error.is_connect() {
        return Error::Connect { host, why: "no answer in time".to_owned() };
    }
    if why.contains("dns error") {
        return Error::Dns { host, why: last(error) };
    }
    if error.is_connect() {
        return Error::Connect { host, why: last(error) };
    }
    if why.contains("too large") || why.contains("TooLarge") {
        return Error::Malformed { url: url.clone(), why: "its header is too large".to_owned() };
    }
    if why.contains("invalid") || why.contains("parse") {
        return Error::Malformed { url: url.clone(), why: last(error) };
    }
    Error::Broken { host, phase, why: last(error) }
}

/// TLS errors come with these kinds as well, so only what wraps no other error counts.
fn is_bad_input(error: &io::Error) -> bool {
    let is_leaf = error.get_ref().is_some_and(|inner| inner.source().is_none() && !inner.is::<rustls::Error>() && !inner.is::<io::Error>());
    is_leaf && matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

fn tls_words(error: &rustls::Error) -> String {
    use rustls::CertificateError as Bad;
    match error {
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => "its certificate has expired".to_owned(),
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is this machine's clock right?".to_owned()
            }
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => "its certificate is for another name".to_owned(),
            Bad::UnknownIssuer => "its certificate is signed by an unknown authority, or by itself".to_owned(),
            Bad::Revoked => "its certificate was revoked".to_owned(),
            other => format!("its certificate is not accepted ({other})"),
        },
        rustls::Error::InvalidMessage(_) => "the server does not speak TLS on this port".to_owned(),
        rustls::Error::AlertReceived(alert) => format!("the server refused the handshake ({alert:?})"),
        rustls::Error::PeerIncompatible(why) => format!("the server speaks no TLS that is safe today ({why:?})"),
        other => other.to_string(),
    }
}

fn chain(error: &dyn StdError) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push_str(": ");
        words.push_str(&inner.to_string());
        cause = inner.source();
    }
    words
}

fn last(error: &dyn StdError) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words = inner.to_string();
        cause = inner.source();
    }
    words
}
