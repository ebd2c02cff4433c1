//! Getting pages from the network: polite to every site, unharmed by any.
//!
//! [`Fetcher::fetch`] follows redirects by hand; on every hop it asks robots.txt, the address guard and the host's own pace, in
//! that order. `browser` lets a Chromium build a page, whose every request comes back here. What hosts asked of us is kept as [`HostState`]s, for the store to keep between runs. Follows RFC 9110 (HTTP),
//! RFC 9111 (freshness), RFC 9309 (robots.txt) and RFC 6265 (cookies).

mod access;
mod body;
mod browser;
mod charset;
mod client;
mod coding;
mod conditional;
mod cookie;
mod error;
pub mod file;
#[cfg(test)]
pub(crate) mod fuzz;
mod guard;
mod hop;
mod host;
mod manners;
mod options;
mod proxy;
mod redirect;
mod refresh;
mod retry;
mod robots;
mod shared;
mod trust;
mod wall;

pub use access::{Access, Auth, Secret};
pub use browser::find_browser;
pub use cookie::{Cookie, Jar};
pub use error::Error;
pub use guard::Network;
pub use host::HostState;
pub use options::{Options, Proxy};

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tracing::Instrument;

use crate::model::{Page, Validators};
use crate::url::Url;

use self::browser::Browser;
use self::client::Client;
use self::hop::Terms;
use self::host::Hosts;
use self::redirect::Trail;
use self::shared::Shared;

/// What failed after a longer time than this is left for the next run: a server that let us wait once will do so again.
const RETRY_WITHIN: Duration = Duration::from_secs(15);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address.
    pub url: &'a Url,
    /// What the source may do.
    pub access: &'a Access,
    /// What makes the request conditional.
    pub validators: Option<&'a Validators>,
}

/// What came.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// A page.
    Page(Box<Page>),
    /// The page is as it was (304).
    NotModified,
}

/// Fetches pages for one run, or for many.
pub struct Fetcher {
    options: Options,
    client: Client,
    hosts: Hosts,
    gate: Arc<Semaphore>,
    large: Semaphore,
    began: Instant,
    requests: AtomicU64,
    shared: Shared,
    browser: Browser,
}

impl Fetcher {
    /// A fetcher that knows what hosts asked of earlier runs.
    pub fn new(options: Options, hosts: Vec<HostState>) -> Result<Self, Error> {
        Self::with_lookup(options, hosts, client::system_lookup())
    }

    fn with_lookup(options: Options, hosts: Vec<HostState>, lookup: client::Lookup) -> Result<Self, Error> {
        let client = Client::new(&options, &lookup)?;
        let gate = Arc::new(Semaphore::new(options.concurrency.max(1)));
        let hosts = Hosts::new(hosts, &options, Timestamp::now());
        Ok(Self {
            options,
            client,
            hosts,
            gate,
            large: Semaphore::new(body::LARGE_AT_ONCE),
            began: Instant::now(),
            requests: AtomicU64::new(0),
            shared: Shared::default(),
            browser: Browser::default(),
        })
    }

    /// Fetches one page, redirects and retries included. The same request made twice at the same time is made once.
    pub async fn fetch(&self, request: Request<'_>) -> Result<Fetched, Error> {
        if !request.url.is_web() {
            return Err(Error::Scheme { url: request.url.clone() });
        }
        let span = tracing::info_span!("fetch", url = %request.url);
        let alone = self.fetch_alone(request);
        let fetched = async {
            match shared::Key::of(&request) {
                Some(key) => self.shared.once(key, alone).await,
                None => alone.await,
            }
        };
        fetched.instrument(span).await
    }

    async fn fetch_alone(&self, request: Request<'_>) -> Result<Fetched, Error> {
        let (mut attempt, began) = (0, Instant::now());
        loop {
            let outcome = self.follow(request).await;
            let may_retry = attempt < self.options.retries && began.elapsed() < RETRY_WITHIN;
            match outcome {
                Err(error) if may_retry && error.is_transient() && error.retry_at().is_none() && !is_budget(&error) => {
                    attempt += 1;
                    let pause = retry::pause(attempt);
                    tracing::info!(attempt, milliseconds = pause.as_millis(), "trying again after a pause: {error}");
                    tokio::time::sleep(pause).await;
                }
                Err(error) => {
                    tracing::info!(code = error.code(), "not fetched: {error}");
                    return Err(error);
                }
                fetched => return fetched,
            }
        }
    }

    /// What changed of the hosts since this was last asked, for the next run.
    pub fn changed_hosts(&self) -> Vec<HostState> {
        self.hosts.changed()
    }

    /// The run before this one was killed and could not tell what it asked: every host gets its pause, counted from now.
    pub fn assume_asked(&mut self) {
        self.hosts.assume_asked(Timestamp::now());
    }

    async fn follow(&self, request: Request<'_>) -> Result<Fetched, Error> {
        let jar = request.access.jar.clone().unwrap_or_default();
        let mut trail = Trail::new(request.url, self.options.max_hops);
        let mut url = without_fragment(request.url);
        loop {
            self.allowed(&url, request.access).await?;
            let sent_by = |validators: &&Validators| validators.at.as_ref().map_or(trail.hops.is_empty(), |at| *at == url);
            // A page that scripts fill may be the same and yet show something else.
            let validators = request.validators.filter(sent_by).filter(|_| !request.access.render);
            let terms = Terms { access: request.access, validators, jar: &jar, max_bytes: self.options.max_bytes, script: None };
            let answer = self.hop(&url, &terms).await?;
            match answer {
                hop::Answer::NotModified => return Ok(Fetched::NotModified),
                hop::Answer::Redirect(location) => url = trail.follow(&url, location.as_deref(), request.access)?,
                hop::Answer::Body(body) => {
                    let page = self.page(*body, url.clone(), request.url, trail.hops.clone())?;
                    match refresh::target(&page.text).filter(|target| url.join(target).is_some_and(|next| without_fragment(&next) != url)) {
                        Some(target) => {
                            tracing::info!(at = %url, "the page is a stub that leads on");
                            url = trail.follow(&url, Some(&target), request.access)?;
                        }
                        None if request.access.render && browser::renders(&page) => {
                            return Ok(Fetched::Page(Box::new(self.render(page, request.access, &jar).await?)));
                        }
                        None => return Ok(Fetched::Page(Box::new(page))),
                    }
                }
            }
        }
    }

    fn page(&self, body: hop::Body, url: Url, asked: &Url, hops: Vec<Url>) -> Result<Page, Error> {
        if !hop::is_text(&body.media_type, &body.bytes) {
            return Err(Error::NotText { url, media_type: body.media_type });
        }
        let decoded = charset::decode(body.bytes, &body.content_type, url.host());
        let is_none = body.validators == Validators::default();
        let validators = Validators { at: (!is_none).then(|| url.clone()), ..body.validators };
        tracing::info!(encoding = decoded.encoding, repaired = decoded.repaired, bytes = body.wire, "page read");
        Ok(Page {
            url,
            asked: asked.clone(),
            status: body.status,
            media_type: body.media_type,
            text: decoded.text,
            validators,
            fetched_at: Timestamp::now(),
            hops,
            fresh_for: body.fresh_for,
            bytes: body.wire,
            link_headers: body.link_headers,
        })
    }

    /// How much of the run's time is left.
    fn left(&self) -> Duration {
        self.options.max_time.saturating_sub(self.began.elapsed())
    }

    fn spend(&self, url: &Url) -> Result<(), Error> {
        let fail = |why: &str| Err(Error::Budget { url: url.clone(), why: why.to_owned() });
        if self.left().is_zero() {
            return fail("the time of this run (`max-time`) is used up");
        }
        if self.requests.fetch_add(1, Ordering::Relaxed) >= self.options.max_requests {
            return fail("the requests of this run (`max-requests`) are used up");
        }
        Ok(())
    }
}

fn is_budget(error: &Error) -> bool {
    matches!(error, Error::Budget { .. })
}

fn without_fragment(url: &Url) -> Url {
    let mut parts = url.parts().clone();
    redirect::strip(&mut parts);
    Url::from(parts)
}

#[cfg(test)]
mod tests;
