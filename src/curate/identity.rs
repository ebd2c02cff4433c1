//! Which page is which item: the keys under which an article is known, and the minting of ids.
//!
//! An item keeps its id for ever; every spelling of its address that was ever seen leads to it. Two different articles
//! must never share one, so weak evidence (a canonical address, a redirect, an article number in the path) counts only for texts that are akin.

use uuid::Uuid;

use crate::model::{ItemId, SourceId};
use crate::url::Url;

/// The namespace of feedwright's ids (RFC 9562, version 5): `uuid5(NAMESPACE_URL, "https://feedwright.example/items")`.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f1d_43f6_4c0d_5e0a_9d0f_52be_7f0c_6a11);

/// The fewest digits of an article number: shorter ones are pages, years, days.
const SHORTEST_NUMBER: usize = 5;

/// Query parameters that carry a visitor's session, not the article.
const SESSION_NAMES: [&str; 6] = ["phpsessid", "jsessionid", "sessionid", "sid", "session_id", "aspsessionid"];

/// The key of an address: the same for all its harmless spellings (scheme, `www.`, tracking, AMP, session).
pub fn key(url: &Url) -> String {
    let key = url.canonical_key();
    let (path, query) = key.split_once('?').map_or((key.as_str(), ""), |(path, query)| (path, query));
    let path = path.strip_prefix("amp.").or_else(|| path.strip_prefix("m.")).unwrap_or(path);
    let path = path.split(';').next().unwrap_or(path);
    let path = path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")).unwrap_or(path);
    let path = path.replace(".amp.html", ".html").replace("/amp/", "/");
    let path = path.strip_suffix("/index.html").unwrap_or(&path);
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_noise(pair)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

fn is_noise(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    SESSION_NAMES.contains(&name.as_str()) || (name == "amp" && (value.is_empty() || value == "1")) || pair == "outputType=amp"
}

/// The weak key of an address: the host and the one long number of its last path segment, else of its whole path, if it has one that is no date.
pub fn number_key(url: &Url) -> Option<String> {
    let last = url.path().rsplit('/').find(|segment| !segment.is_empty())?;
    let number = one_number(last).or_else(|| one_number(url.path()))?;
    let host = url.host().strip_prefix("www.").unwrap_or(url.host());
    let host = host.strip_prefix("amp.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    Some(format!("{host}#{number}"))
}

fn one_number(path: &str) -> Option<&str> {
    let mut numbers = path
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| digits.len() >= SHORTEST_NUMBER && !looks_like_day(digits));
    let number = numbers.next()?;
    numbers.next().is_none().then_some(number)
}

/// Whether two addresses of one host bear different article numbers: then they are different articles, whatever else they share.
pub fn numbers_differ(one: &Url, other: &Url) -> bool {
    matches!((number_key(one), number_key(other)), (Some(one), Some(other)) if one != other)
}

fn looks_like_day(digits: &str) -> bool {
    digits.len() == 8 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Every key under which a page may be known already, the strongest first.
pub fn keys(link: &Url, landed: &Url, hops: &[Url], canonical: Option<&Url>) -> Vec<String> {
    let mut keys = vec![key(link)];
    let canonical = canonical.filter(|canonical| canonical.same_site(landed) && !canonical.path().trim_matches('/').is_empty());
    for url in [landed].into_iter().chain(hops).chain(canonical) {
        // A redirect to the front page says that the article is gone, not that it is the front page.
        let key = key(url);
        if !url.path().trim_matches('/').is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The address to publish: the canonical one, unless it lacks the article's own number, as when a broken template writes one on every page.
pub fn permanent(landed: &Url, canonical: Option<&Url>) -> Url {
    let is_fair = |canonical: &&Url| number_key(landed).is_none() || number_key(landed) == number_key(canonical);
    canonical.filter(is_fair).cloned().unwrap_or_else(|| landed.without_tracking())
}

/// Mints the id of a new item. It depends on the source and on the first key only, so that a crash before it was stored mints it again alike.
pub fn mint(source: &SourceId, first_key: &str) -> ItemId {
    ItemId(format!("urn:uuid:{}", Uuid::new_v5(&NAMESPACE, format!("{source}\n{first_key}").as_bytes())))
}

/// The id of a feed.
pub fn feed_id(name: &str) -> String {
    format!("urn:uuid:{}", Uuid::new_v5(&NAMESPACE, format!("feed\n{name}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(one: &str, other: &str) {
        assert_eq!(key(&Url::parse(one).unwrap()), key(&Url::parse(other).unwrap()));
    }

    #[test]
    fn spellings_of_one_article_share_a_key() {
        check_same("http://a.example/x/", "https://www.a.example/x?utm_source=rss");
        check_same("https://a.example/x/amp/", "https://a.example/x");
        check_same("https://amp.a.example/x", "https://a.example/x");
        check_same("https://a.example/x.amp.html", "https://a.example/x.html");
        check_same("https://a.example/x;jsessionid=1A2B", "https://a.example/x");
        check_same("https://a.example/x?PHPSESSID=1", "https://a.example/x?amp=1");
        check_same("https://a.example/x/index.html", "https://a.example/x/");
    }

    #[test]
    fn different_articles_do_not() {
        let differ = |one: &str, other: &str| assert_ne!(key(&Url::parse(one).unwrap()), key(&Url::parse(other).unwrap()));
        differ("https://a.example/?p=1", "https://a.example/?p=2");
        differ("https://a.example/x", "https://b.example/x");
        differ("https://a.example/x", "https://a.example/X");
    }

    #[test]
    fn article_numbers_are_found_and_dates_are_not() {
        let check = |url: &str, expected: Option<&str>| assert_eq!(number_key(&Url::parse(url).unwrap()).as_deref(), expected);
        check("https://a.example/news/old-slug-1234567.html", Some("a.example#1234567"));
        check("https://a.example/news/20261124.html", None);
        check("https://a.example/2026/11/slug", None);
        check("https://a.example/12345-67890", None);
        check("https://a.example/articles/1234567/new-slug", Some("a.example#1234567"));
    }

    #[test]
    fn a_redirect_to_the_front_page_is_no_identity() {
        let url = |text: &str| Url::parse(text).unwrap();
        assert_eq!(keys(&url("https://a.example/x"), &url("https://a.example/"), &[], None), ["a.example/x"]);
        let canonical = url("https://a.example/y");
        assert_eq!(keys(&url("https://a.example/x"), &url("https://a.example/x"), &[], Some(&canonical)), ["a.example/x", "a.example/y"]);
    }
}
