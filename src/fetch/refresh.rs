//! Pages that are nothing but a `<meta http-equiv=refresh>`: the HTML way to redirect.
//!
//! Only short stubs are followed. A page with text of its own that reloads itself, or that sends browsers without scripts elsewhere
//! from within `<noscript>`, is read as it is.

use std::sync::LazyLock;

use regex::Regex;

/// Stubs are short; a longer page has something to say.
const LONGEST_STUB: usize = 16 << 10;
/// So much visible text, in bytes, is "you are being taken to our new address" in any language, and no article.
const MOST_TEXT: usize = 600;
/// A page that waits longer, in seconds, is meant to be read first.
const LONGEST_WAIT: u32 = 10;

/// Where a stub leads, as written.
pub(super) fn target(text: &str) -> Option<String> {
    if text.len() > LONGEST_STUB {
        return None;
    }
    let page = without(text, &["<!--", "<noscript", "<script", "<style", "<template"]);
    let meta = META.find_iter(&page).map(|found| found.as_str()).find(|tag| REFRESH.is_match(tag))?;
    let content = CONTENT.captures(meta)?;
    let content = content.iter().skip(1).flatten().next()?.as_str().replace("&amp;", "&");
    let (wait, rest) = content.split_once([';', ',']).unwrap_or((&content, ""));
    let wait: f64 = wait.trim().parse().ok()?;
    let is_soon = (0.0..=f64::from(LONGEST_WAIT)).contains(&wait);
    let rest = rest.trim();
    let named = rest.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).and_then(|_| rest.get(3..)?.trim_start().strip_prefix('='));
    let address = named.unwrap_or(rest).trim().trim_matches(['"', '\'']).trim();
    let visible: usize = TAG.replace_all(&page, " ").split_whitespace().map(str::len).sum();
    (is_soon && !address.is_empty() && visible <= MOST_TEXT).then(|| address.to_owned())
}

/// The page without these elements and what is in them.
fn without<'t>(text: &'t str, openings: &[&str]) -> std::borrow::Cow<'t, str> {
    let lower = text.to_ascii_lowercase();
    if !openings.iter().any(|opening| lower.contains(opening)) {
        return text.into();
    }
    let (mut out, mut at) = (String::new(), 0);
    while let Some(start) = lower.get(at..).and_then(|rest| rest.find('<')).map(|offset| at + offset) {
        let rest = lower.get(start..).unwrap_or("");
        let Some(opening) = openings.iter().find(|opening| rest.starts_with(**opening)) else {
            out.push_str(text.get(at..=start).unwrap_or(""));
            at = start + 1;
            continue;
        };
        out.push_str(text.get(at..start).unwrap_or(""));
        let closing = opening.strip_prefix('<').filter(|name| *name != "!--").map_or_else(|| "-->".to_owned(), |name| format!("</{name}"));
        at = rest.find(&closing).map_or(text.len(), |end| start + end + closing.len());
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out.into()
}

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
static META: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)<meta\s[^>]{1,4000}>").unwrap());
#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
static REFRESH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?i)http-equiv\s*=\s*["']?\s*refresh\b"#).unwrap());
#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
static CONTENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?i)\scontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"#).unwrap());
#[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test")]
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<[^>]*>").unwrap());

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(target(page).as_deref(), expected, "{page}");
    }

    #[test]
    fn stubs_lead_on() {
        check("<meta http-equiv=\"refresh\" content=\"0; url=/new\">", Some("/new"));
        check("<META HTTP-EQUIV=refresh CONTENT='5;URL=\"https://b.example/?a=1&amp;b=2\"'><p>Moved", Some("https://b.example/?a=1&b=2"));
        check("<meta content='0,/news' http-equiv='Refresh'>", Some("/news"));
        check("<meta http-equiv=refresh content=0;url=x.html>", Some("x.html"));
    }

    #[test]
    fn pages_are_read_as_they_are() {
        check("<meta http-equiv=refresh content=300>", None);
        check("<meta http-equiv=refresh content='300; url=/'>", None);
        check("<meta http-equiv=refresh content='soon; url=/'>", None);
        check("<noscript><meta http-equiv=refresh content='0; url=/no-scripts'></noscript><p>News", None);
        check("<!-- <meta http-equiv=refresh content='0; url=/old'> --><p>News", None);
        check(&format!("<meta http-equiv=refresh content='0; url=/x'><p>{}", "News of the day. ".repeat(100)), None);
        check("<noscript><meta http-equiv=refresh content='0; url=/x'>", None);
        check("<meta name=description content='0; url=/x'>", None);
    }
}
