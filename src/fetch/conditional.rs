//! Conditional requests and freshness (RFC 9110, section 13; RFC 9111).

use jiff::Timestamp;

use super::client::HeaderMap;
use crate::model::Validators;

/// Longer validators than this are an attack on the store, not a version of a page.
const MAX_VALIDATOR_BYTES: usize = 1024;
/// A server that says "fresh for ever" is believed for at most a month.
const MAX_FRESH_SECONDS: u64 = 30 * 24 * 3600;

/// The headers that make a request conditional. Strong and weak tags go back as they came.
pub(super) fn headers(validators: &Validators) -> Vec<(&'static str, String)> {
    let etag = validators.etag.iter().map(|tag| ("if-none-match", tag.clone()));
    let date = validators.last_modified.iter().map(|date| ("if-modified-since", date.clone()));
    etag.chain(date).collect()
}

/// What the answer says for the next request.
pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators { etag: text(headers, "etag").filter(|tag| tag.contains('"')), last_modified: text(headers, "last-modified"), at: None }
}

/// For how many seconds the answer stays fresh, if it says so.
pub(super) fn fresh_for(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let control = text(headers, "cache-control").unwrap_or_default().to_ascii_lowercase();
    let directives = || control.split(',').map(str::trim);
    if directives().any(|directive| matches!(directive, "no-store" | "no-cache")) {
        return Some(0);
    }
    let age = text(headers, "age").and_then(|age| age.parse::<u64>().ok()).unwrap_or(0);
    let max_age = directives().find_map(|directive| directive.strip_prefix("max-age=")?.trim_matches('"').parse::<u64>().ok());
    let fresh = max_age.map(|seconds| seconds.saturating_sub(age)).or_else(|| {
        let date = |name| text(headers, name).and_then(|date| httpdate::parse_http_date(&date).ok());
        let expires = date("expires")?;
        let sent = date("date").or_else(|| std::time::SystemTime::try_from(now).ok())?;
        Some(expires.duration_since(sent).map_or(0, |left| left.as_secs()))
    })?;
    Some(fresh.min(MAX_FRESH_SECONDS))
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty() && value.len() <= MAX_VALIDATOR_BYTES).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(headers: &[(&'static str, &str)]) -> HeaderMap {
        headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[track_caller]
    fn check(headers: &[(&'static str, &str)], expected: Option<u64>) {
        assert_eq!(fresh_for(&map(headers), Timestamp::from_second(784_111_777).unwrap()), expected);
    }

    #[test]
    fn freshness_is_what_the_server_says() {
        check(&[], None);
        check(&[("cache-control", "public, max-age=600")], Some(600));
        check(&[("cache-control", "max-age=600"), ("age", "200")], Some(400));
        check(&[("cache-control", "no-cache")], Some(0));
        check(&[("cache-control", "max-age=99999999999")], Some(MAX_FRESH_SECONDS));
        check(&[("expires", "Sun, 06 Nov 1994 09:00:00 GMT"), ("date", "Sun, 06 Nov 1994 08:00:00 GMT")], Some(3600));
        check(&[("expires", "Sun, 06 Nov 1994 08:50:37 GMT")], Some(60));
        check(&[("expires", "0")], None);
    }

    #[test]
    fn weak_and_strong_tags_go_back_verbatim() {
        for tag in ["\"abc\"", "W/\"abc\""] {
            let kept = validators(&map(&[("etag", tag)]));
            assert_eq!(headers(&kept), [("if-none-match", tag.to_owned())]);
        }
        assert_eq!(validators(&map(&[("etag", "unquoted")])).etag, None);
    }
}
