//! Checks for robots, told by what their makers put into the answer.
//!
//! Only answers that say of themselves that they are such a check are called one: a header that the maker documents for it, or a status
//! of refusal together with the maker's own script. Pages that merely look like a wall are judged later, by `html::surface`.

use super::client::HeaderMap;

/// A header, what its value begins with (lower case), and the maker. These come with challenges only, whatever the status.
const CHALLENGES: [(&str, &str, &str); 3] =
    [("cf-mitigated", "challenge", "Cloudflare"), ("x-vercel-mitigated", "challenge", "Vercel"), ("x-amzn-waf-action", "", "AWS WAF")];

/// Headers of a maker whose guard also lets ordinary pages pass: they mean a wall where the status is one of refusal.
const GUARDS: [(&str, &str, &str); 10] = [
    ("x-datadome", "", "DataDome"),
    ("x-dd-b", "", "DataDome"),
    ("x-px-block", "", "PerimeterX"),
    ("x-px-captcha", "", "PerimeterX"),
    ("server", "akamaighost", "Akamai"),
    ("server", "datadome", "DataDome"),
    ("x-iinfo", "", "Imperva"),
    ("x-sucuri-block", "", "Sucuri"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("x-kpsdk-ct", "", "Kasada"),
];

/// What the makers' own pages load, and the maker.
const MARKS: [(&str, &str); 9] = [
    ("/cdn-cgi/challenge-platform/", "Cloudflare"),
    ("cf-browser-verification", "Cloudflare"),
    ("captcha-delivery.com", "DataDome"),
    ("_Incapsula_Resource", "Imperva"),
    ("perimeterx", "PerimeterX"),
    ("px-captcha", "PerimeterX"),
    ("errors.edgesuite.net", "Akamai"),
    ("/_sec/cp_challenge/", "Akamai"),
    ("awsWafCookieDomainList", "AWS WAF"),
];

/// Where in a page the marks are looked for: such pages are short.
const LOOKED_AT: usize = 64 << 10;

/// Whether a status is one that robots are sent away with.
fn is_refusal(status: u16) -> bool {
    matches!(status, 401 | 403 | 405 | 406 | 429 | 503)
}

/// Whose check the header of an answer names.
pub(super) fn by_header(status: u16, headers: &HeaderMap) -> Option<&'static str> {
    let says = |(name, value, _): &&(&str, &str, &str)| {
        headers.get(*name).is_some_and(|found| String::from_utf8_lossy(found.as_bytes()).trim().to_ascii_lowercase().starts_with(value))
    };
    let challenge = CHALLENGES.iter().find(says);
    challenge.or_else(|| GUARDS.iter().filter(|_| is_refusal(status)).find(says)).map(|(_, _, by)| *by)
}

/// Whose check the page of a refusal is.
pub(super) fn by_body(status: u16, bytes: &[u8]) -> Option<&'static str> {
    if !is_refusal(status) {
        return None;
    }
    let start = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    MARKS.iter().find(|(mark, _)| memchr::memmem::find(start, mark.as_bytes()).is_some()).map(|(_, by)| *by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, header: (&'static str, &str), body: &str, expected: Option<&str>) {
        let headers: HeaderMap = [(header.0.parse().unwrap(), header.1.parse().unwrap())].into_iter().collect();
        let found = by_header(status, &headers).or_else(|| by_body(status, body.as_bytes()));
        assert_eq!(found, expected, "{status} {header:?} {body}");
    }

    #[test]
    fn walls_have_makers() {
        check(200, ("cf-mitigated", "challenge"), "", Some("Cloudflare"));
        check(202, ("x-amzn-waf-action", "challenge"), "", Some("AWS WAF"));
        check(403, ("X-DataDome", "protected"), "", Some("DataDome"));
        check(403, ("server", "AkamaiGHost"), "", Some("Akamai"));
        check(403, ("server", "nginx"), "<script src=https://geo.captcha-delivery.com/c.js>", Some("DataDome"));
    }

    #[test]
    fn pages_behind_a_guard_that_let_us_in_are_no_walls() {
        check(200, ("x-datadome", "protected"), "<p>News", None);
        check(200, ("x-iinfo", "1-2"), "<p>News", None);
        check(200, ("server", "nginx"), "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js>", None);
        check(404, ("server", "AkamaiGHost"), "", None);
        check(403, ("server", "nginx"), "<p>Members only", None);
    }
}
