//! Pages that scripts build: a Chromium on this machine runs the scripts, and every request that it makes comes back through the fetcher.
//!
//! The browser is driven over the DevTools protocol on a pair of pipes (`--remote-debugging-pipe`): no port is open to others, and a
//! browser whose pipe closes ends by itself, so it outlives not even a killed run. It has no network of its own (`process`). What a page
//! asks for is judged by `door`, and asked for with the same robots, guard, pace and budgets as any page. One browser serves a run; each page
//! has a context of its own, without cookies, that is thrown away (`tab`). Walls against robots are no business of this module: it never sees
//! a page that is behind one.
//!
//! Not done: frames, shadow trees, service workers, and requests other than GET and HEAD.

mod door;
mod memory;
mod process;
mod protocol;
mod tab;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use self::process::Process;
pub use self::process::find_browser;
use self::protocol::Connection;
use self::tab::{Built, Fault, Tab};
use super::cookie::Jar;
use super::error::Error;
use super::options::Options;
use super::{Access, Fetcher};
use crate::model::{Page, Validators};

/// What takes too long, in an [`Error::Timeout`].
pub(super) const PHASE: &str = "building the page in the browser";
/// So many pages are built at the same time: most of it is waiting for hosts, and each is a process of some 100 MiB.
const PAGES_AT_ONCE: usize = 3;
/// A browser that does not answer within this after its start will not.
const START: Duration = Duration::from_secs(30);
/// What closing a page may take; a browser that cannot close one is given up.
const CLOSING: Duration = Duration::from_secs(5);

/// The browser of a run: started for the first page that needs it.
pub(super) struct Browser {
    running: tokio::sync::Mutex<Option<Arc<Running>>>,
    /// Why there is none; looked for once a run.
    missing: Mutex<Option<Error>>,
    turns: Semaphore,
    scripts: door::Scripts,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            running: tokio::sync::Mutex::default(),
            missing: Mutex::default(),
            turns: Semaphore::new(PAGES_AT_ONCE),
            scripts: door::Scripts::default(),
        }
    }
}

/// A browser that runs. Dropped, it is ended with all its children.
struct Running {
    connection: Connection,
    process: Process,
}

impl Browser {
    async fn running(&self, options: &Options) -> Result<Arc<Running>, Error> {
        let mut running = self.running.lock().await;
        if let Some(browser) = running.as_ref().filter(|browser| browser.connection.is_open()) {
            return Ok(Arc::clone(browser));
        }
        *running = None;
        if let Some(error) = self.missing.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Err(error);
        }
        match start(options).await {
            Ok(started) => {
                let started = Arc::new(started);
                *running = Some(Arc::clone(&started));
                Ok(started)
            }
            Err(error) => {
                *self.missing.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
                Err(error)
            }
        }
    }
}

async fn start(options: &Options) -> Result<Running, Error> {
    let (process, input, output) = Process::start(options)?;
    let connection = Connection::new(input, output);
    let version = tokio::time::timeout(START, connection.call(None, "Browser.getVersion", serde_json::json!({}))).await;
    match version {
        Ok(Ok(version)) => {
            let product = version.get("product").and_then(|product| product.as_str()).unwrap_or("?");
            tracing::info!(product, "a browser was started");
            Ok(Running { connection, process })
        }
        Ok(Err(_)) => Err(Error::NoBrowser { why: format!("{} ended at once: {}", process.name(), process.last_words()) }),
        Err(_) => Err(Error::NoBrowser { why: format!("{} did not answer within {START:?}", process.name()) }),
    }
}

/// Whether a page is one that scripts could build: feeds and sitemaps are read as they are.
pub(super) fn renders(page: &Page) -> bool {
    page.media_type.is_empty() || page.media_type.contains("html")
}

impl Fetcher {
    /// Lets a browser run the scripts of a page, and gives the page that they built.
    pub(super) async fn render(&self, page: Page, access: &Access, jar: &Jar) -> Result<Page, Error> {
        let url = page.url.clone();
        let closed = |_| Error::Budget { url: url.clone(), why: "the run is ending".to_owned() };
        let _turn = self.browser.turns.acquire().await.map_err(closed)?;
        let limit = self.options.render_timeout.min(self.left());
        let mut built = self.build(&page, access, jar, limit).await?;
        if built == Err(Fault::Gone) {
            // Another page may have brought the browser down.
            tracing::info!("the browser ended: trying again with a new one");
            built = self.build(&page, access, jar, limit).await?;
        }
        let built = built.map_err(|fault| fault.told(&page.url, limit))?;
        tracing::info!(requests = built.requests, bytes = built.bytes, settled = built.settled, "the page was built by its scripts");
        Ok(Page {
            url: built.url,
            text: built.html,
            bytes: page.bytes + built.bytes,
            // These speak of the page before its scripts ran.
            validators: Validators::default(),
            fresh_for: None,
            ..page
        })
    }

    async fn build(&self, page: &Page, access: &Access, jar: &Jar, limit: Duration) -> Result<Result<Built, Fault>, Error> {
        let running = self.browser.running(&self.options).await?;
        let mut condemned = Condemned { browser: &self.browser, running: Some(Arc::clone(&running)) };
        let (built, closed) = Tab::new(self, access, jar, page, &running.connection).build(limit).await;
        if closed {
            condemned.running = None;
        } else {
            tracing::info!(last = running.process.last_words(), "the browser is given up");
        }
        Ok(built)
    }
}

/// A browser in which a page could not be closed gets no more pages, and ends with those that it still has. Holds also for a task
/// that is stopped half-way.
struct Condemned<'a> {
    browser: &'a Browser,
    running: Option<Arc<Running>>,
}

impl Drop for Condemned<'_> {
    fn drop(&mut self) {
        let Some(condemned) = self.running.take() else { return };
        condemned.connection.condemn();
        if let Ok(mut running) = self.browser.running.try_lock()
            && running.as_ref().is_some_and(|running| Arc::ptr_eq(running, &condemned))
        {
            *running = None;
        }
    }
}
