//! The feed directory over HTTP: the files, the index, and `/health`. With `ETag`, 304, HEAD and the right types; nothing outside the directory.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use crate::config::Config;
use crate::health::pulse;
use crate::publish::Format;
use crate::store::Store;

#[derive(Clone)]
struct Served {
    directory: PathBuf,
    config: Arc<Config>,
}

/// Serves until `stop` resolves.
pub async fn serve(config: Config, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let directory = config.publish.dir.clone();
    let served = Served { directory, config: Arc::new(config) };
    let app = Router::new().fallback(answer).with_state(served);
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}

async fn answer(State(served): State<Served>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "only GET and HEAD\n").into_response();
    }
    if uri.path() == "/health" {
        let config = Arc::clone(&served.config);
        return match tokio::task::spawn_blocking(move || health(&config)).await {
            Ok(answer) => answer.into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
    }
    match read(&served.directory, uri.path()).await {
        Some((path, bytes)) => file(&path, bytes, &headers),
        None => (StatusCode::NOT_FOUND, "not found\n").into_response(),
    }
}

fn file(path: &Path, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let digest: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_same = asked.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*");
    let common = [(header::ETAG, tag), (header::CACHE_CONTROL, "max-age=300".to_owned())];
    if is_same {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, media_type(path)), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")], bytes).into_response()
}

fn media_type(path: &Path) -> &'static str {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let format = Format::ALL.into_iter().find(|format| name.ends_with(&format!(".{}", format.extension())));
    match format {
        Some(Format::Rss) => "application/rss+xml; charset=utf-8",
        Some(Format::Atom) => "application/atom+xml; charset=utf-8",
        Some(Format::Json) => "application/feed+json; charset=utf-8",
        None if name.ends_with(".html") => "text/html; charset=utf-8",
        None if name.ends_with(".opml") => "text/x-opml; charset=utf-8",
        None => "application/octet-stream",
    }
}

/// The file of a path: below the directory, not hidden, and no link that leads out of it.
async fn read(directory: &Path, path: &str) -> Option<(PathBuf, Vec<u8>)> {
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    let is_plain = Path::new(name).components().all(|part| match part {
        Component::Normal(part) => !part.to_string_lossy().starts_with('.'),
        _ => false,
    });
    if !is_plain || name.contains('%') {
        return None;
    }
    let whole = tokio::fs::canonicalize(directory.join(name)).await.ok()?;
    if !whole.starts_with(tokio::fs::canonicalize(directory).await.ok()?) {
        return None;
    }
    let bytes = tokio::fs::read(&whole).await.ok()?;
    Some((whole, bytes))
}

/// 200 if every source is well, 503 if one is not; each source with its failure.
fn health(config: &Config) -> (StatusCode, [(header::HeaderName, &'static str); 1], String) {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let answer = || -> Result<(bool, serde_json::Value), crate::store::Error> {
        let store = Store::open_to_read(&config.store)?;
        let (standings, now) = (store.standings()?, Timestamp::now());
        let (mut good, mut sources) = (true, serde_json::Map::new());
        for source in config.sources.iter().filter(|source| source.enabled) {
            let record = store.source(&source.name)?;
            good &= record.failure.is_none();
            let code = record.failure.as_ref().map(|(code, _)| code.clone());
            let pulse = pulse(&record.arrivals, now);
            let state = serde_json::json!({
                "last_success": record.last_success, "next_due": record.next_due, "failures": record.failures, "code": code,
                "items": standings.get(source.name.as_str()).map_or(0, |standing| standing.items), "confidence": record.confidence,
                "items_per_day": pulse.as_ref().map(|pulse| pulse.per_day), "quiet": pulse.as_ref().map(|pulse| pulse.is_quiet),
            });
            sources.insert(source.name.to_string(), state);
        }
        Ok((good, serde_json::json!({"good": good, "sources": sources})))
    };
    match answer() {
        Ok((true, body)) => (StatusCode::OK, kind, body.to_string()),
        Ok((false, body)) => (StatusCode::SERVICE_UNAVAILABLE, kind, body.to_string()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, kind, serde_json::json!({"good": false, "error": error.to_string()}).to_string()),
    }
}
