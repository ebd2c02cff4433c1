//! What strangers' bytes meet in this module, for `crate::fuzz`.

use jiff::Timestamp;

use super::client::{HeaderMap, NameOf, ValueOf};
use super::coding::Unpacker;
use super::cookie::Jar;
use super::robots::Rules;
use super::{charset, conditional, redirect, retry, wall};
use crate::url::Url;

/// A robots.txt: read without harm, kept and read back the same, and quick to judge by.
pub(crate) fn robots(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rules = Rules::parse(&text, "feedwright");
    let kept: Rules = serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
    assert_eq!(kept, rules, "what the store keeps is what was read");
    for path in [
        "/",
        "/robots.txt",
        "/news/2026/11/a-long-story.html?page=2&sort=new",
        "/caf%C3%A9/%2F/~x",
        "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let url = Url::parse(&format!("https://courier.example{path}")).unwrap();
        let verdict = rules.disallow(&url);
        assert!(path != "/robots.txt" || verdict.is_none());
    }
}

/// A body and its type: becomes text of bounded size, whatever it is.
pub(crate) fn charset(bytes: &[u8]) {
    // The first line is the header.
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (header, body) = bytes.split_at(end);
    let header = String::from_utf8_lossy(header);
    let decoded = charset::decode(body.to_vec(), &header, "news.example");
    assert!(decoded.text.len() <= 4 * body.len() + 16, "text grew from {} to {}", body.len(), decoded.text.len());
    let plain = charset::decode(body.to_vec(), "", "news.example");
    let again = charset::decode(plain.text.clone().into_bytes(), "text/html; charset=utf-8", "news.example");
    // Of several marks at the start, one is taken off; and where every other byte is NUL, no label is believed.
    let is_marked = plain.text.starts_with('\u{feff}') || plain.text.contains('\0');
    assert!(
        plain.encoding != "UTF-8" || is_marked || plain.repaired || again.text == plain.text || again.repaired,
        "UTF-8 stays what it is"
    );
}

/// A packed body: unpacked or refused, and never past its cap.
pub(crate) fn codings(bytes: &[u8]) {
    const MAX: u64 = 100_000;
    for codings in ["gzip", "deflate", "br", "zstd", "gzip, br", "zstd, deflate"] {
        let Ok(mut unpacker) = Unpacker::new(codings, MAX, 200) else { continue };
        let pushed = bytes.chunks(7).try_for_each(|chunk| unpacker.push(chunk));
        if pushed.is_ok()
            && let Ok(text) = unpacker.finish()
        {
            assert!(text.len() as u64 <= MAX);
        }
    }
}

/// The header of an answer, a line each.
pub(crate) fn headers(bytes: &[u8]) {
    let (now, url) = (Timestamp::UNIX_EPOCH, Url::parse("https://courier.example/news/").unwrap());
    let mut headers = HeaderMap::new();
    let jar = Jar::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default());
        let text = String::from_utf8_lossy(value);
        jar.take(&text, &url, now);
        assert!(retry::retry_after(&text, now).is_none_or(|wait| wait.as_secs() <= 86_400));
        let mut trail = redirect::Trail::new(&url, 3);
        if let Ok(next) = trail.follow(&url, Some(&text), &super::Access::default()) {
            assert!(next.is_web() && next.parts().username().is_empty() && next.parts().fragment().is_none());
        }
        if let (Ok(name), Ok(value)) = (NameOf::from_bytes(&name.to_ascii_lowercase()), ValueOf::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    let _ = wall::by_header(403, &headers);
    let validators = conditional::validators(&headers);
    assert!(conditional::headers(&validators).iter().all(|(_, value)| value.len() <= 1024));
    let _ = conditional::fresh_for(&headers, now);
    assert!(jar.header(&url, now).is_none_or(|header| !header.contains(['\n', '\r'])));
}
