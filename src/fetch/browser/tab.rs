//! One page in the browser, from an empty context to the tree that its scripts built, and its end.
//!
//! A page is done when it has loaded and nothing has happened for a moment; one that is never quiet is read as it stands when its time is up.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::super::cookie::Jar;
use super::super::error::Error;
use super::super::{Access, Fetcher};
use super::door::{Door, Judgement, Paused};
use super::protocol::{Connection, Trouble};
use super::{CLOSING, PHASE};
use crate::model::Page;
use crate::url::Url;

/// So long nothing happens when a page is done: scripts that wait longer between two requests are rare.
const QUIET: Duration = Duration::from_millis(750);
/// Opening an empty page, and reading a built one, take milliseconds.
const STEP: Duration = Duration::from_secs(10);
/// More elements than this are no page to read.
const MOST_ELEMENTS: usize = 200_000;

/// What scripts built.
#[derive(Debug, PartialEq)]
pub(super) struct Built {
    pub(super) html: String,
    /// Where the page says that it is now.
    pub(super) url: Url,
    pub(super) requests: usize,
    pub(super) bytes: u64,
    pub(super) settled: bool,
}

/// Why a page was not built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Its time was up before there was anything to read.
    Slow,
    /// The browser ended.
    Gone,
    /// It is larger than a page may be.
    Large(u64),
    /// In words.
    Failed(String),
}

impl Fault {
    pub(super) fn told(self, url: &Url, limit: Duration) -> Error {
        let url = url.clone();
        match self {
            Self::Slow => Error::Timeout { url, phase: PHASE, limit },
            Self::Gone => Error::Browser { url, why: "the browser ended".to_owned() },
            Self::Large(limit) => Error::TooLarge { url, what: "the page that its scripts built", limit },
            Self::Failed(why) => Error::Browser { url, why },
        }
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Ended => Self::Gone,
            Trouble::Refused(why) => Self::Failed(why.chars().filter(|c| !c.is_control()).take(200).collect()),
        }
    }
}

/// One page in the browser.
pub(super) struct Tab<'a> {
    connection: &'a Connection,
    page: &'a Page,
    door: Door<'a>,
    max_bytes: u64,
}

/// What goes on at the same time for one page.
type Ongoing<'t> = Vec<Pin<Box<dyn Future<Output = Done> + Send + 't>>>;

/// What came to an end.
enum Done {
    Answered,
    Navigated(Result<Value, Trouble>),
}

/// How far a page is.
struct Progress {
    /// Its main document is there, with what it waits for.
    loaded: bool,
    /// Its mark-up is read.
    ready: bool,
    last: Instant,
}

impl<'a> Tab<'a> {
    pub(super) fn new(fetcher: &'a Fetcher, access: &'a Access, jar: &'a Jar, page: &'a Page, connection: &'a Connection) -> Self {
        let max_bytes = fetcher.options.max_bytes;
        Self { connection, page, door: Door::new(fetcher, access, jar, page), max_bytes }
    }

    /// Builds the page within `limit`, and says whether it could be closed afterwards.
    pub(super) async fn build(&self, limit: Duration) -> (Result<Built, Fault>, bool) {
        let end = Instant::now() + limit;
        let context = match timeout(STEP, self.call(None, "Target.createBrowserContext", json!({ "disposeOnDetach": true }))).await {
            Ok(Ok(context)) => text(&context, "/browserContextId"),
            Ok(Err(trouble)) => return (Err(trouble.into()), false),
            Err(_) => return (Err(Fault::Gone), false),
        };
        let built = self.build_in(&context, end).await;
        let closing = self.call(None, "Target.disposeBrowserContext", json!({ "browserContextId": context }));
        let closed = timeout(CLOSING, closing).await;
        (built, matches!(closed, Ok(Ok(_))))
    }

    async fn build_in(&self, context: &str, end: Instant) -> Result<Built, Fault> {
        let opened = timeout(STEP, self.open(context)).await.map_err(|_| Fault::Slow)?;
        let (session, frame, mut events) = opened?;
        let built = async {
            let settled = self.run(&session, &frame, &mut events, end).await?;
            let (html, url) = timeout(STEP, self.read(&session, &frame)).await.map_err(|_| Fault::Slow)??;
            let (requests, bytes) = self.door.spent();
            Ok(Built { html, url, requests, bytes, settled })
        };
        let built = built.await;
        self.connection.forget(&session);
        built
    }

    async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Trouble> {
        self.connection.call(session, method, params).await
    }

    /// An empty page whose requests all stop at the door: its session, its main frame, its events.
    async fn open(&self, context: &str) -> Result<(String, String, mpsc::Receiver<Value>), Fault> {
        self.call(None, "Browser.setDownloadBehavior", json!({ "behavior": "deny", "browserContextId": context })).await?;
        let target = self.call(None, "Target.createTarget", json!({ "url": "about:blank", "browserContextId": context })).await?;
        let attach = json!({ "targetId": text(&target, "/targetId"), "flatten": true });
        let session = text(&self.call(None, "Target.attachToTarget", attach).await?, "/sessionId");
        let events = self.connection.listen(&session);
        let on = Some(session.as_str());
        self.call(on, "Fetch.enable", json!({ "patterns": [{ "urlPattern": "*", "requestStage": "Request" }] })).await?;
        self.call(on, "Inspector.enable", json!({})).await?;
        self.call(on, "Page.enable", json!({})).await?;
        let tree = self.call(on, "Page.getFrameTree", json!({})).await?;
        Ok((session, text(&tree, "/frameTree/frame/id"), events))
    }

    /// Lets the scripts run; whether the page came to rest.
    async fn run(&self, session: &str, frame: &str, events: &mut mpsc::Receiver<Value>, end: Instant) -> Result<bool, Fault> {
        let navigate = self.call(Some(session), "Page.navigate", json!({ "url": self.page.url.as_str() }));
        let mut ongoing: Ongoing<'_> = vec![Box::pin(async { Done::Navigated(navigate.await) })];
        let mut progress = Progress { loaded: false, ready: false, last: Instant::now() };
        loop {
            let may_rest = progress.loaded && ongoing.is_empty();
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => self.hear(session, frame, &event, &mut ongoing, &mut progress)?,
                    None if self.connection.is_open() => return Err(Fault::Failed("it asks for too much at once".to_owned())),
                    None => return Err(Fault::Gone),
                },
                done = next(&mut ongoing), if !ongoing.is_empty() => {
                    progress.last = Instant::now();
                    if let Done::Navigated(answer) = done {
                        let answer = answer?;
                        if let Some(error) = answer.get("errorText").and_then(Value::as_str).filter(|error| !error.contains("ERR_ABORTED")) {
                            return Err(Fault::Failed(format!("the browser does not open it ({error})")));
                        }
                    }
                }
                () = sleep_until(progress.last + QUIET), if may_rest => return Ok(true),
                () = sleep_until(end) => return if progress.ready { Ok(false) } else { Err(Fault::Slow) },
            }
        }
    }

    fn hear<'t>(
        &'t self,
        session: &'t str,
        frame: &str,
        event: &Value,
        ongoing: &mut Ongoing<'t>,
        progress: &mut Progress,
    ) -> Result<(), Fault> {
        let params = event.get("params").unwrap_or(&Value::Null);
        match event.get("method").and_then(Value::as_str).unwrap_or("") {
            "Fetch.requestPaused" => {
                let paused = Paused::read(params, frame);
                let judgement = self.door.judge(&paused);
                if matches!(judgement, Judgement::Ask | Judgement::Given) {
                    progress.last = Instant::now();
                }
                ongoing.push(Box::pin(async move {
                    // A request that its page gave up meanwhile cannot be answered, and need not be.
                    let _ = self.door.answer(self.connection, session, &paused, judgement).await;
                    Done::Answered
                }));
            }
            // A script led on to another page, and it is there.
            "Page.frameNavigated" if text(params, "/frame/id") == frame => (progress.loaded, progress.ready) = (false, false),
            "Page.domContentEventFired" => progress.ready = true,
            // A page that may not move on is never said to be loaded.
            "Page.frameStoppedLoading" if text(params, "/frameId") == frame && self.door.has_given() => {
                (progress.loaded, progress.ready, progress.last) = (true, true, Instant::now());
            }
            "Page.loadEventFired" => {
                (progress.loaded, progress.ready, progress.last) = (true, true, Instant::now());
            }
            "Page.javascriptDialogOpening" => ongoing.push(Box::pin(async move {
                let _ = self.call(Some(session), "Page.handleJavaScriptDialog", json!({ "accept": false })).await;
                Done::Answered
            })),
            "Inspector.targetCrashed" => return Err(Fault::Failed("its page crashed, or took too much memory".to_owned())),
            _ => {}
        }
        Ok(())
    }

    /// The tree as mark-up, read from a world of its own where the page's scripts have changed nothing.
    async fn read(&self, session: &str, frame: &str) -> Result<(String, Url), Fault> {
        let world = self.call(Some(session), "Page.createIsolatedWorld", json!({ "frameId": frame, "worldName": "feedwright" })).await?;
        let script = format!(
            "(() => {{ const elements = document.getElementsByTagName('*').length; \
             if (elements > {MOST_ELEMENTS}) return {{ elements }}; \
             const html = '<!doctype html>' + document.documentElement.outerHTML; \
             return html.length > {} ? {{ length: html.length }} : {{ html, url: location.href }}; }})()",
            self.max_bytes
        );
        let params = json!({ "contextId": world.get("executionContextId"), "expression": script, "returnByValue": true });
        let answer = self.call(Some(session), "Runtime.evaluate", params).await?;
        let value = answer.pointer("/result/value").unwrap_or(&Value::Null);
        if value.get("length").is_some() {
            return Err(Fault::Large(self.max_bytes));
        }
        if value.get("elements").is_some() {
            return Err(Fault::Failed(format!("its scripts built more than {MOST_ELEMENTS} elements")));
        }
        let Some(html) = value.get("html").and_then(Value::as_str) else {
            return Err(Fault::Failed("what its scripts built cannot be read".to_owned()));
        };
        // The browser's own error pages have addresses of their own.
        let url = Url::parse(&text(value, "/url")).ok().filter(Url::is_web);
        let url = url.ok_or_else(|| Fault::Failed("its scripts led to what is no page".to_owned()))?;
        Ok((html.to_owned(), super::super::without_fragment(&url)))
    }
}

/// Waits until one of them is done, and takes it out.
async fn next(ongoing: &mut Ongoing<'_>) -> Done {
    poll_fn(|context| {
        for place in 0..ongoing.len() {
            if let Some(Poll::Ready(done)) = ongoing.get_mut(place).map(|one| one.as_mut().poll(context)) {
                drop(ongoing.swap_remove(place));
                return Poll::Ready(done);
            }
        }
        Poll::Pending
    })
    .await
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}
