//! Answers that are well-formed and still not the page.

use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::Answer;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const LOGIN: &str = "<title>Sign in</title><h1>Sign in</h1><form><input name=user><input type=password name=password></form>";
const CHALLENGE: &str = "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h/b/orchestrate></script>";
const GONE: &str = "<title>Page not found</title><h1>Page not found</h1><p>Sorry, we looked everywhere.";

fn walled(header: &str, value: &str) -> Answer {
    Answer::status(403).with("Content-Type", "text/html").with(header, value).body("<p>Sorry.")
}

/// Articles with something wrong in their bytes; all the same they are read.
fn spoilt(bytes: &[u8]) -> Answer {
    let page = newsroom::article(0, " Here: @@@");
    let place = page.find("@@@").unwrap();
    Answer::ok("text/html; charset=utf-8", [&page.as_bytes()[..place], bytes, &page.as_bytes()[place + 3..]].concat())
}

/// Letters that are none, or are called something else.
fn letters() -> Vec<Case> {
    vec![
        case("invalid UTF-8", Sees::Reads(4, &[]), |stage| stage.article(spoilt(b"\xff\xfe\xc3\x28\xf0\x9f\x92"))),
        case("NULs and control characters", Sees::Reads(4, &[]), |stage| stage.article(spoilt(b"\0\0\x01\x0b\x0c\x1b[31m\x7f"))),
        case("surrogates and non-characters", Sees::Reads(4, &[]), |stage| {
            stage.article(spoilt(b"&#xD800; &#xFFFF; &#x110000; &#0; \xed\xa0\x80 \xef\xbf\xbf"))
        }),
        case("a legacy charset that is labelled UTF-8", Sees::Reads(4, &[]), |stage| {
            stage.article(spoilt(&[0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]))
        }),
        case("UTF-16 that is labelled UTF-8", Sees::Reads(4, &[]), |stage| {
            let wide: Vec<u8> = newsroom::article(0, "").encode_utf16().flat_map(u16::to_le_bytes).collect();
            stage.article(Answer::ok("text/html; charset=utf-8", wide))
        }),
        case("a charset that nobody knows", Sees::Reads(4, &[]), |stage| {
            stage.article(Answer::ok("text/html; charset=klingon-8", newsroom::article(0, "")))
        }),
    ]
}

/// Answers that say with a status or a header what they are.
fn refusals() -> Vec<Case> {
    let mut cases = Vec::new();
    let walls = [
        ("cf-mitigated", "challenge", "Cloudflare"),
        ("x-datadome", "protected", "DataDome"),
        ("server", "AkamaiGHost", "Akamai"),
        ("x-px-block", "1", "PerimeterX"),
        ("x-iinfo", "12-345", "Imperva"),
        ("x-vercel-mitigated", "challenge", "Vercel"),
        ("x-amzn-waf-action", "captcha", "AWS WAF"),
    ];
    for (header, value, by) in walls {
        let words: &'static [&'static str] = Box::leak(Box::new([by, "check for robots"]));
        cases.push(case(format!("a wall of {by}"), Sees::Stops(words), move |stage| stage.front(walled(header, value))));
    }
    for (status, words) in [
        (204, "found no article links"),
        (304, "answered 304"),
        (401, "answered 401 (login required)"),
        (404, "answered 404 (not found)"),
        (410, "answered 410 (gone)"),
        (451, "answered 451"),
        (500, "answered 500 (internal server error)"),
        (999, "answered 999"),
    ] {
        let words: &'static [&'static str] = Box::leak(Box::new([words]));
        cases.push(case(format!("status {status}"), Sees::Stops(words), move |stage| stage.front(Answer::status(status))));
    }
    cases
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("an empty page", Sees::Stops(&["found no article links"]), |stage| stage.front(Answer::html(""))),
        case("a picture", Sees::Stops(&["is no page: expected text, got `image/png`"]), |stage| stage.front(Answer::ok("image/png", PNG))),
        case("a picture that is called a page", Sees::Stops(&["found no article links"]), |stage| {
            stage.front(Answer::ok("text/html", PNG))
        }),
        case("bytes of no type", Sees::Stops(&["is no page"]), |stage| {
            stage.front(Answer::ok("application/octet-stream", vec![0; 100_000]))
        }),
        case("an error page that says 200", Sees::Stops(&["says that the page does not exist"]), |stage| stage.front(Answer::html(GONE))),
        case("an article that is gone and says 200", Sees::Reads(3, &["says that the page does not exist"]), |stage| {
            stage.article(Answer::html(GONE))
        }),
        case("a login page", Sees::Stops(&["asks for a login"]), |stage| stage.front(Answer::html(LOGIN))),
        case("a domain that is for sale", Sees::Stops(&["parked or for sale"]), |stage| {
            stage.front(Answer::html("<title>courier.example</title><p>This domain is for sale."))
        }),
        case("an empty shell for scripts", Sees::Stops(&["empty shell"]), |stage| {
            stage.front(Answer::html("<title>App</title><div id=root></div><script src=/app.js></script>"))
        }),
        case("a challenge with 503", Sees::Stops(&["check for robots (Cloudflare, status 503)"]), |stage| {
            stage.front(Answer::status(503).with("Content-Type", "text/html").body(CHALLENGE))
        }),
        case("a challenge with 200", Sees::Stops(&["check for robots"]), |stage| stage.front(Answer::html(CHALLENGE))),
        case("a challenge with 200 in place of an article", Sees::Reads(3, &["check for robots"]), |stage| {
            stage.article(Answer::html(CHALLENGE))
        }),
    ];
    cases.extend(letters());
    cases.extend(refusals());
    cases
}
