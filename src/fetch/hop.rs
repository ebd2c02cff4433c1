//! One request and its answer, within the host's pace.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::access::{Access, Auth, authority};
use super::client::HeaderMap;
use super::cookie::Jar;
use super::error::Error;
use super::{Fetcher, body, coding, conditional, redirect, retry, wall};
use crate::model::Validators;
use crate::url::Url;

/// What one request came to.
pub(super) enum Answer {
    /// The page is as it was.
    NotModified,
    /// It is elsewhere: the `Location` as written.
    Redirect(Option<String>),
    /// It is here.
    Body(Box<Body>),
}

/// A page before its text is decoded.
pub(super) struct Body {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) media_type: String,
    pub(super) bytes: Vec<u8>,
    pub(super) wire: u64,
    pub(super) validators: Validators,
    pub(super) fresh_for: Option<u64>,
    pub(super) link_headers: Vec<String>,
    /// What the answer lets other sites' scripts do with it.
    pub(super) sharing: Vec<(String, String)>,
}

/// All of one request but its address.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) access: &'a Access,
    pub(super) validators: Option<&'a Validators>,
    pub(super) jar: &'a Jar,
    pub(super) max_bytes: u64,
    /// What a script in a rendered page asks with; none for ordinary pages.
    pub(super) script: Option<&'a Script>,
}

/// What a script in a page adds to its own request.
#[derive(Debug, Clone, Default)]
pub(super) struct Script {
    pub(super) headers: Vec<(String, String)>,
    /// Ask for the header only.
    pub(super) head: bool,
}

/// What pages are asked for; feeds and sitemaps come as XML or JSON.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/xml;q=0.9, application/feed+json;q=0.9, */*;q=0.5";

impl Fetcher {
    /// Sends one request when its host's turn has come, and reads the answer.
    pub(super) async fn hop(&self, url: &Url, terms: &Terms<'_>) -> Result<Answer, Error> {
        self.spend(url)?;
        let host = self.hosts.of(&authority(url).unwrap_or_default(), &self.options);
        let spacing = self.spacing(&host, terms.access);
        let turn = self.hosts.turn(&host, url, spacing, &self.options, self.left()).await?;
        let closed = |_| Error::Budget { url: url.clone(), why: "the run is ending".to_owned() };
        let everyone = self.gate.acquire().await.map_err(closed)?;
        let outcome = self.ask(url, terms).await;
        let (status, wait) = match &outcome {
            Ok((status, wait, _)) => (Ok(*status), *wait),
            Err(error) => (Err(error), None),
        };
        host.ended(url, status, wait);
        drop((turn, everyone));
        let (status, _, answer) = outcome?;
        let answer = answer?;
        if let Answer::Body(_) = answer
            && !(200..300).contains(&status)
        {
            return Err(Error::Status { url: url.clone(), status });
        }
        Ok(answer)
    }

    async fn ask(&self, url: &Url, terms: &Terms<'_>) -> Result<(u16, Option<Duration>, Result<Answer, Error>), Error> {
        let Terms { access, validators, jar, max_bytes, script } = *terms;
        let began = Instant::now();
        let private = access.private_host.is_some() && access.private_host == authority(url);
        let headers = request_headers(url, terms);
        let head_only = script.is_some_and(|script| script.head);
        let first = self.options.first_byte_timeout;
        let sent = tokio::time::timeout(first, self.client.ask(url, &headers, private, head_only)).await;
        let response = sent.map_err(|_| Error::Timeout { url: url.clone(), phase: "the first byte", limit: first })??;
        let now = Timestamp::now();
        let status = response.status().as_u16();
        let head = response.headers().clone();
        for cookie in head.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()) {
            jar.take(cookie, url, now);
        }
        let wait = text(&head, "retry-after").filter(|_| matches!(status, 429 | 503)).and_then(|value| retry::retry_after(&value, now));
        tracing::info!(at = %url, status, conditional = validators.is_some(), milliseconds = began.elapsed().as_millis(), "answered");
        if status == 304 && validators.is_some() {
            tracing::info!("the page is as it was: nothing to read");
            return Ok((status, wait, Ok(Answer::NotModified)));
        }
        if redirect::is_redirect(status) {
            return Ok((status, wait, Ok(Answer::Redirect(text(&head, "location")))));
        }
        let refused = |by: &str| Err(Error::Wall { url: url.clone(), by: by.to_owned(), status });
        if let Some(by) = wall::by_header(status, &head) {
            return Ok((status, wait, refused(by)));
        }
        let read = match head_only {
            true => body::Read { bytes: Vec::new(), wire: 0 },
            false => body::read(response, url, &self.options, max_bytes, began, &self.large).await?,
        };
        if let Some(by) = wall::by_body(status, &read.bytes) {
            return Ok((status, wait, refused(by)));
        }
        let content_type = text(&head, "content-type").unwrap_or_default();
        let body = Body {
            status,
            media_type: content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase(),
            content_type,
            bytes: read.bytes,
            wire: read.wire,
            validators: conditional::validators(&head),
            fresh_for: conditional::fresh_for(&head, now),
            link_headers: head.get_all("link").iter().filter_map(|value| value.to_str().ok()).map(str::to_owned).collect(),
            sharing: sharing(&head),
        };
        Ok((status, wait, Ok(Answer::Body(Box::new(body)))))
    }
}

fn request_headers(url: &Url, terms: &Terms<'_>) -> Vec<(String, String)> {
    let Terms { access, validators, jar, script, .. } = *terms;
    let mut headers = vec![("accept-encoding".to_owned(), coding::ACCEPTED.to_owned())];
    match script {
        None => headers.push(("accept".to_owned(), ACCEPT.to_owned())),
        Some(script) => headers.extend(script.headers.iter().cloned()),
    }
    if let Some(language) = &access.language {
        headers.push(("accept-language".to_owned(), language.clone()));
    }
    if let Some(validators) = validators {
        headers.extend(conditional::headers(validators).into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    if let Some(cookies) = jar.header(url, Timestamp::now()) {
        headers.push(("cookie".to_owned(), cookies));
    }
    if access.trusts(url) {
        // What the configuration says goes before what a script says.
        headers.retain(|(name, _)| !(name == "authorization" && access.auth.is_some()));
        headers.extend(access.headers.iter().map(|(name, value)| (name.clone(), value.expose().to_owned())));
        headers.extend(access.auth.as_ref().map(|auth| ("authorization".to_owned(), authorization(auth))));
    }
    headers
}

fn authorization(auth: &Auth) -> String {
    match auth {
        Auth::Basic { user, password } => format!("Basic {}", base64(format!("{user}:{}", password.expose()).as_bytes())),
        Auth::Bearer { token } => format!("Bearer {}", token.expose()),
    }
}

/// The headers by which an answer lets other sites' scripts read it (the Fetch standard, section 3.3).
fn sharing(head: &HeaderMap) -> Vec<(String, String)> {
    let named = head.iter().filter(|(name, _)| name.as_str().starts_with("access-control-"));
    named.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))).collect()
}

/// Base64 with padding (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS.get((group >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'A');
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Whether a body is text: by its type, or, where that is missing or vague, by having no NUL near its start (UTF-16 has a BOM).
pub(super) fn is_text(media_type: &str, bytes: &[u8]) -> bool {
    let family = media_type.split('/').next().unwrap_or("");
    if matches!(family, "image" | "audio" | "video" | "font") || matches!(media_type, "application/pdf" | "application/zip") {
        return false;
    }
    let start = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let has_utf16_mark = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let is_typed = family == "text" || media_type.contains("html") || media_type.contains("xml") || media_type.contains("json");
    is_typed || has_utf16_mark || !start.contains(&0)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    // Some servers write raw UTF-8 into `Location`.
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_written_in_base64() {
        let check = |text: &str, expected: &str| assert_eq!(base64(text.as_bytes()), expected);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("user:pass", "dXNlcjpwYXNz");
    }

    #[test]
    fn pictures_and_archives_are_no_pages() {
        assert!(!is_text("image/png", b"x"));
        assert!(!is_text("", b"\0\x01\x02"));
        assert!(is_text("", b"<html>"));
        assert!(is_text("application/rss+xml", b"\0"));
    }
}
