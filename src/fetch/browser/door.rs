//! What a page that is being built may ask for, and how it gets it: through the fetcher, hop by hop, or not at all.
//!
//! Documents of the page itself, scripts, and what scripts ask for with GET or HEAD are asked for. Style sheets and pictures are answered with
//! empty ones, because only their arrival matters to scripts and each would cost the site a request. All else is refused.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::super::cookie::Jar;
use super::super::error::Error;
use super::super::hop::{Answer, Script, Terms, base64};
use super::super::{Access, Fetcher};
use super::protocol::{Connection, Trouble};
use crate::model::Page;
use crate::url::Url;

/// So many requests of one page are passed on: large applications load some fifty scripts, and what loads more is no page to read.
pub(super) const MOST_REQUESTS: usize = 100;
/// All that the scripts of one page load, unpacked, is at most so many pages' worth.
const PAGES_WORTH: u64 = 2;
/// So many bytes of scripts are kept for the other pages of the run.
const SCRIPTS_KEPT: usize = 32 << 20;
/// The smallest picture there is.
const PICTURE: &str = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
/// Headers that are the fetcher's to send, or that tell a site more than it is told for any page.
const OWN_HEADERS: [&str; 12] = [
    "host",
    "connection",
    "user-agent",
    "cookie",
    "accept-encoding",
    "accept-language",
    "content-length",
    "referer",
    "range",
    "te",
    "upgrade-insecure-requests",
    "if-none-match",
];

/// Lets the requests of one page through.
pub(super) struct Door<'a> {
    fetcher: &'a Fetcher,
    access: &'a Access,
    jar: &'a Jar,
    page: &'a Page,
    given: AtomicBool,
    asked: AtomicUsize,
    bytes: AtomicU64,
}

/// A request that the browser holds until it is told what to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Paused {
    id: String,
    url: String,
    method: String,
    kind: String,
    is_main_frame: bool,
    headers: Vec<(String, String)>,
}

/// What is done about a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// It is the page that was fetched already.
    Given,
    /// It never leaves the browser.
    Inside,
    /// It is answered here, with this type and this body in base64.
    Empty(&'static str, &'static str),
    /// A script of another site asks whether it may ask: the real answer decides.
    Preflight,
    /// The site is asked.
    Ask,
    /// It is not made, because it is this.
    Refuse(&'static str),
}

/// What came for a script.
#[derive(Debug)]
struct Resource {
    status: u16,
    headers: Vec<(String, String)>,
    bytes: Vec<u8>,
}

/// The scripts of a run: sites load the same ones on every page.
#[derive(Default)]
pub(super) struct Scripts(Mutex<(usize, BTreeMap<Key, Arc<Resource>>)>);

/// Whose permission it was got with, for whom, and where it is.
type Key = (Option<String>, String, String);

impl Paused {
    /// Reads the event.
    pub(super) fn read(params: &Value, main_frame: &str) -> Self {
        let text = |path: &str| params.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let headers = params.pointer("/request/headers").and_then(Value::as_object).into_iter().flatten();
        let headers = headers.filter_map(|(name, value)| Some((name.to_ascii_lowercase(), value.as_str()?.to_owned())));
        let is_sent = |name: &str| !OWN_HEADERS.contains(&name) && !name.starts_with("sec-") && !name.starts_with("proxy-");
        Self {
            id: text("/requestId"),
            url: text("/request/url"),
            method: text("/request/method"),
            kind: text("/resourceType"),
            is_main_frame: text("/frameId") == main_frame,
            headers: headers.filter(|(name, _)| is_sent(name)).collect(),
        }
    }

    /// What is done about it; `given`: the page itself has been handed over.
    pub(super) fn judge(&self, given: bool) -> Judgement {
        let scheme = self.url.split(':').next().unwrap_or("");
        match (scheme, self.kind.as_str(), self.method.as_str()) {
            ("data" | "blob" | "about", ..) => Judgement::Inside,
            ("http" | "https", "Document", "GET") if self.is_main_frame && !given => Judgement::Given,
            ("http" | "https", "Document", "GET") if self.is_main_frame => Judgement::Ask,
            ("http" | "https", "Document", _) => Judgement::Refuse("a frame or a form"),
            ("http" | "https", "Stylesheet", _) => Judgement::Empty("text/css", ""),
            ("http" | "https", "Image", _) => Judgement::Empty("image/gif", PICTURE),
            ("http" | "https", "Script", "GET") | ("http" | "https", "XHR" | "Fetch", "GET" | "HEAD") => Judgement::Ask,
            ("http" | "https", "Preflight" | "XHR" | "Fetch", "OPTIONS") => Judgement::Preflight,
            ("http" | "https", "Script" | "XHR" | "Fetch", _) => Judgement::Refuse("a method other than GET and HEAD"),
            ("http" | "https", ..) => Judgement::Refuse("nothing that a text needs"),
            _ => Judgement::Refuse("no web address"),
        }
    }
}

impl<'a> Door<'a> {
    pub(super) fn new(fetcher: &'a Fetcher, access: &'a Access, jar: &'a Jar, page: &'a Page) -> Self {
        Self { fetcher, access, jar, page, given: AtomicBool::new(false), asked: AtomicUsize::new(0), bytes: AtomicU64::new(0) }
    }

    /// What is done about a request.
    pub(super) fn judge(&self, paused: &Paused) -> Judgement {
        let judgement = paused.judge(self.has_given());
        match judgement {
            Judgement::Given => self.given.store(true, Ordering::Relaxed),
            Judgement::Ask if self.asked.fetch_add(1, Ordering::Relaxed) >= MOST_REQUESTS => {
                return Judgement::Refuse("beyond what one page may ask for");
            }
            _ => {}
        }
        judgement
    }

    /// Whether the page itself has been handed over.
    pub(super) fn has_given(&self) -> bool {
        self.given.load(Ordering::Relaxed)
    }

    /// How many requests were passed on, and how many bytes came of them.
    pub(super) fn spent(&self) -> (usize, u64) {
        (self.asked.load(Ordering::Relaxed).min(MOST_REQUESTS), self.bytes.load(Ordering::Relaxed))
    }

    /// Does what was judged.
    pub(super) async fn answer(&self, to: &Connection, session: &str, paused: &Paused, judgement: Judgement) -> Result<(), Trouble> {
        let page_type = || vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())];
        match judgement {
            Judgement::Given => fulfil(to, session, paused, 200, &page_type(), base64(self.page.text.as_bytes())).await,
            Judgement::Inside => to.call(Some(session), "Fetch.continueRequest", json!({ "requestId": paused.id })).await.map(|_| ()),
            Judgement::Empty(media_type, body) => {
                let headers = [("content-type", media_type), ("access-control-allow-origin", "*")];
                let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
                fulfil(to, session, paused, 200, &headers, body.to_owned()).await
            }
            Judgement::Preflight => fulfil(to, session, paused, 204, &self.preflight(paused), String::new()).await,
            Judgement::Refuse(why) => {
                tracing::debug!(
                    url = paused.url.chars().take(200).collect::<String>(),
                    kind = paused.kind,
                    why,
                    "a page's request was refused"
                );
                refuse(to, session, paused).await
            }
            Judgement::Ask => match self.ask(paused).await {
                Ok(came) => fulfil(to, session, paused, came.status, &came.headers, base64(&came.bytes)).await,
                Err(Error::Status { status, .. }) if paused.kind != "Document" => {
                    fulfil(to, session, paused, status, &[], String::new()).await
                }
                Err(error) => {
                    tracing::info!(code = error.code(), "a page's request was refused: {error}");
                    refuse(to, session, paused).await
                }
            },
        }
    }

    /// Asks the site: robots.txt, guard, pace and budgets as for any page; a redirect goes back to the browser, which asks anew.
    async fn ask(&self, paused: &Paused) -> Result<Arc<Resource>, Error> {
        let wrong = || Error::Browser { url: self.page.url.clone(), why: "its script asks for what is no address".to_owned() };
        let url = super::super::without_fragment(&Url::parse(&paused.url).map_err(|_| wrong())?);
        self.fetcher.allowed(&url, self.access).await?;
        let key = (self.access.private_host.clone(), origin(&self.page.url), url.as_str().to_owned());
        let is_shared = paused.kind == "Script" && !self.access.has_credentials();
        let scripts = &self.fetcher.browser.scripts;
        if let Some(kept) = is_shared.then(|| scripts.get(&key)).flatten() {
            tracing::info!(%url, "the script is known: nothing is asked");
            return Ok(kept);
        }
        let most = self.fetcher.options.max_bytes;
        if self.bytes.load(Ordering::Relaxed) > most.saturating_mul(PAGES_WORTH) {
            return Err(Error::TooLarge { url, what: "what its scripts load", limit: most.saturating_mul(PAGES_WORTH) });
        }
        let script = Script { headers: self.headers(paused, &url), head: paused.method == "HEAD" };
        let terms = Terms { access: self.access, validators: None, jar: self.jar, max_bytes: most, script: Some(&script) };
        let resource = match self.fetcher.hop(&url, &terms).await? {
            Answer::Redirect(location) => Resource { status: 302, headers: redirect(&url, location), bytes: Vec::new() },
            Answer::NotModified => Resource { status: 304, headers: Vec::new(), bytes: Vec::new() },
            Answer::Body(body) => {
                self.bytes.fetch_add(body.bytes.len() as u64, Ordering::Relaxed);
                let mut headers = body.sharing;
                headers.push(("content-type".to_owned(), body.content_type));
                Resource { status: body.status, headers, bytes: body.bytes }
            }
        };
        let resource = Arc::new(resource);
        if is_shared && resource.status == 200 {
            scripts.keep(key, &resource);
        }
        Ok(resource)
    }

    fn headers(&self, paused: &Paused, url: &Url) -> Vec<(String, String)> {
        let mut headers = paused.headers.clone();
        let own = origin(&self.page.url);
        let crosses = matches!(paused.kind.as_str(), "XHR" | "Fetch") && origin(url) != own;
        if crosses && !headers.iter().any(|(name, _)| name == "origin") {
            headers.push(("origin".to_owned(), own));
        }
        if !headers.iter().any(|(name, _)| name == "accept") {
            headers.push(("accept".to_owned(), "*/*".to_owned()));
        }
        headers
    }

    /// Nobody is asked: the browser then makes the real request, whose answer says whether the script may see it.
    fn preflight(&self, paused: &Paused) -> Vec<(String, String)> {
        let wanted = paused.headers.iter().find(|(name, _)| name == "access-control-request-headers").map(|(_, value)| value.as_str());
        let pairs = [
            ("access-control-allow-origin", origin(&self.page.url)),
            ("access-control-allow-methods", "GET, HEAD".to_owned()),
            ("access-control-allow-headers", wanted.unwrap_or("*").to_owned()),
            ("access-control-allow-credentials", "true".to_owned()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Scripts {
    fn get(&self, key: &Key) -> Option<Arc<Resource>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.get(key).cloned()
    }

    fn keep(&self, key: Key, resource: &Arc<Resource>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 + resource.bytes.len() <= SCRIPTS_KEPT && kept.1.insert(key, Arc::clone(resource)).is_none() {
            kept.0 += resource.bytes.len();
        }
    }
}

fn redirect(from: &Url, location: Option<String>) -> Vec<(String, String)> {
    let target = location.and_then(|location| from.join(&location)).filter(Url::is_web);
    target.map(|target| ("location".to_owned(), super::super::without_fragment(&target).as_str().to_owned())).into_iter().collect()
}

fn origin(url: &Url) -> String {
    url.parts().origin().ascii_serialization()
}

async fn refuse(to: &Connection, session: &str, paused: &Paused) -> Result<(), Trouble> {
    // A page that may not move on stays as it is, and is not replaced by an error page of the browser.
    let reason = if paused.kind == "Document" { "Aborted" } else { "BlockedByClient" };
    to.call(Some(session), "Fetch.failRequest", json!({ "requestId": paused.id, "errorReason": reason })).await.map(|_| ())
}

async fn fulfil(
    to: &Connection,
    session: &str,
    paused: &Paused,
    status: u16,
    headers: &[(String, String)],
    body: String,
) -> Result<(), Trouble> {
    let headers: Vec<Value> = headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let params = json!({ "requestId": paused.id, "responseCode": status, "responseHeaders": headers, "body": body });
    to.call(Some(session), "Fetch.fulfillRequest", params).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &str, method: &str, url: &str, expected: &Judgement) {
        let event = json!({ "requestId": "1", "frameId": "main", "resourceType": kind, "request": { "url": url, "method": method } });
        assert_eq!(&Paused::read(&event, "main").judge(true), expected, "{kind} {method} {url}");
    }

    #[test]
    fn only_what_a_text_needs_is_asked_for() {
        check("Document", "GET", "https://a.example/", &Judgement::Ask);
        check("Script", "GET", "https://a.example/x.js", &Judgement::Ask);
        check("XHR", "GET", "https://a.example/x.json", &Judgement::Ask);
        check("Fetch", "HEAD", "https://a.example/x.json", &Judgement::Ask);
        check("Fetch", "POST", "https://a.example/x.json", &Judgement::Refuse("a method other than GET and HEAD"));
        check("Document", "POST", "https://a.example/", &Judgement::Refuse("a frame or a form"));
        check("Stylesheet", "GET", "https://a.example/x.css", &Judgement::Empty("text/css", ""));
        check("Image", "GET", "https://a.example/x.png", &Judgement::Empty("image/gif", PICTURE));
        for kind in ["Media", "Font", "Ping", "WebSocket", "EventSource", "Prefetch", "Manifest", "Other", ""] {
            check(kind, "GET", "https://a.example/x", &Judgement::Refuse("nothing that a text needs"));
        }
        check("Script", "GET", "file:///etc/passwd", &Judgement::Refuse("no web address"));
        check("Document", "GET", "chrome://settings", &Judgement::Refuse("no web address"));
        check("Image", "GET", "data:image/gif;base64,AA", &Judgement::Inside);
    }

    #[test]
    fn frames_are_refused_and_the_page_itself_is_given_once() {
        let event = json!({ "frameId": "inner", "resourceType": "Document", "request": { "url": "https://a.example/", "method": "GET" } });
        assert_eq!(Paused::read(&event, "main").judge(false), Judgement::Refuse("a frame or a form"));
        assert_eq!(Paused::read(&event, "inner").judge(false), Judgement::Given);
    }

    #[test]
    fn headers_that_are_not_the_scripts_to_send_are_left_out() {
        let headers =
            json!({ "X-Key": "1", "Cookie": "a=b", "User-Agent": "x", "Sec-Fetch-Mode": "cors", "Referer": "https://a.example/" });
        let event = json!({ "request": { "url": "https://a.example/", "headers": headers } });
        assert_eq!(Paused::read(&event, "main").headers, [("x-key".to_owned(), "1".to_owned())]);
    }
}
