//! robots.txt by RFC 9309: groups, longest match, `*` and `$`; `Crawl-delay` as many sites write it.
//!
//! Pure: text in, rules out, and a judgement for an address. Who asks for the file, and how long an answer holds, is in `manners`.

use serde::{Deserialize, Serialize};

use crate::url::Url;

/// What is read of a robots.txt; RFC 9309 asks for at least 500 KiB.
pub(super) const MAX_BYTES: u64 = 500 << 10;
/// Longest `Crawl-delay` that is taken at its word, in seconds; larger ones are mistakes (milliseconds, mostly).
const MAX_DELAY_SECONDS: f64 = 300.0;

/// The rules of one robots.txt that speak to this robot.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Seconds between requests, if asked for.
    pub crawl_delay: Option<f64>,
    /// The sitemaps that it names.
    pub sitemaps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rule {
    allow: bool,
    path: String,
}

/// How many sitemaps are remembered; large sites list thousands.
const MAX_SITEMAPS: usize = 50;

impl Rules {
    /// Reads the groups for `token`, or those for `*` if there are none.
    pub fn parse(text: &str, token: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').split(['\n', '\r']).filter_map(split_line);
        let (mut own, mut general) = (Group::default(), Group::default());
        let mut sitemaps = Vec::new();
        let (mut to_us, mut to_all, mut naming) = (false, false, false);
        for (key, value) in lines {
            if key == "user-agent" {
                if !naming {
                    (to_us, to_all) = (false, false);
                }
                naming = true;
                let name = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or("");
                to_us |= name.eq_ignore_ascii_case(token) && !name.is_empty();
                to_all |= value.starts_with('*');
                own.named |= to_us;
                continue;
            }
            if key == "sitemap" {
                if sitemaps.len() < MAX_SITEMAPS {
                    sitemaps.push(value.to_owned());
                }
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            naming = false;
            if to_us {
                own.take(&key, value);
            }
            if to_all {
                general.take(&key, value);
            }
        }
        let group = if own.named { own } else { general };
        Self { rules: group.rules, crawl_delay: group.crawl_delay, sitemaps }
    }

    /// The rule that keeps robots away from `url`, as written, if any does.
    pub fn disallow(&self, url: &Url) -> Option<String> {
        let parts = url.parts();
        if parts.path() == "/robots.txt" {
            return None;
        }
        let asked = normalize(&match parts.query() {
            Some(query) => format!("{}?{query}", parts.path()),
            None => parts.path().to_owned(),
        });
        let matching = self.rules.iter().filter(|rule| matches(&rule.path, &asked));
        // The longest wins; of two equally long ones, the one that allows.
        let verdict = matching.max_by_key(|rule| (rule.path.len(), rule.allow))?;
        (!verdict.allow).then(|| format!("Disallow: {}", verdict.path))
    }
}

#[derive(Default)]
struct Group {
    named: bool,
    rules: Vec<Rule>,
    crawl_delay: Option<f64>,
}

impl Group {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let delay = value.parse::<f64>().ok().filter(|delay| delay.is_finite() && *delay >= 0.0);
                self.crawl_delay = delay.map(|delay| delay.min(MAX_DELAY_SECONDS)).or(self.crawl_delay);
            }
            // An empty `Disallow` allows everything, which is also what no rule does.
            _ if value.is_empty() => {}
            _ => self.rules.push(Rule { allow: key == "allow", path: normalize(value) }),
        }
    }
}

fn split_line(line: &str) -> Option<(String, &str)> {
    let line = line.split('#').next().unwrap_or("");
    let (key, value) = line.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// One spelling for paths: what need not be escaped is not, what must be is, with upper-case digits (RFC 9309, section 2.2.2).
fn normalize(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        index += 1;
        let escaped = (byte == b'%').then(|| hex(bytes.get(index), bytes.get(index + 1))).flatten();
        if escaped.is_some() {
            index += 2;
        }
        match escaped.unwrap_or(byte) {
            plain if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => out.push(char::from(plain)),
            special if escaped.is_none() && special.is_ascii_graphic() => out.push(char::from(special)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn hex(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// Whether a pattern with `*` and a final `$` matches from the start of `path`.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    // Taking each piece at its first place leaves the most room for those after it.
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(found) = rest.find(piece) else { return false };
        rest = rest.get(found + piece.len()..).unwrap_or("");
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(robots: &str, path: &str, allowed: bool) {
        let url = Url::parse(&format!("http://site.example{path}")).unwrap();
        assert_eq!(Rules::parse(robots, "feedwright").disallow(&url).is_none(), allowed, "{robots:?} for {path}");
    }

    #[test]
    fn own_group_before_the_general_one() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-agent: FeedWright/1.0\nDisallow: /private\n";
        check(robots, "/news", true);
        check(robots, "/private/x", false);
        check("User-agent: feedwright-image\nDisallow: /\n", "/news", true);
        check("User-agent: feedwright\nDisallow:\nUser-agent: *\nDisallow: /", "/news", true);
        check("User-agent: feedwright\n\nUser-agent: *\nDisallow: /", "/news", false);
    }

    #[test]
    fn groups_of_one_robot_are_joined() {
        let robots = "User-agent: feedwright\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\nUser-agent: feedwright\nDisallow: /c";
        check(robots, "/a", false);
        check(robots, "/b", true);
        check(robots, "/c", false);
        check("User-agent: other\nUser-agent: feedwright\nDisallow: /x", "/x", false);
        check("Disallow: /orphan\nUser-agent: other\nDisallow: /", "/orphan", true);
        check("User-agent: feedwright\nSitemap: http://a/\nUser-agent: other\nDisallow: /x", "/x", false);
    }

    #[test]
    fn the_longest_match_wins() {
        let robots = "User-agent: *\nDisallow: /news/\nAllow: /news/open\nDisallow: /news/open/not";
        check(robots, "/news/x", false);
        check(robots, "/news/open/x", true);
        check(robots, "/news/open/not/x", false);
        check("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true);
        check("User-agent: *\nAllow: /$\nDisallow: /", "/", true);
        check("User-agent: *\nAllow: /$\nDisallow: /", "/x", false);
    }

    #[test]
    fn stars_and_dollars() {
        check("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false);
        check("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true);
        check("User-agent: *\nDisallow: /*.pdf", "/a/b.pdf?x", false);
        check("User-agent: *\nDisallow: /*?", "/a?b", false);
        check("User-agent: *\nDisallow: /*?", "/a", true);
        check("User-agent: *\nDisallow: /a*b*c", "/axxbyyc", false);
        check("User-agent: *\nDisallow: /a*b*c$", "/abcbc", false);
        check("User-agent: *\nDisallow: /a*bc$", "/abcd", true);
        check("User-agent: *\nDisallow: *", "/", false);
        check("User-agent: *\nDisallow: $", "/x", true);
    }

    #[test]
    fn escapes_are_one_spelling() {
        check("User-agent: *\nDisallow: /caf\u{e9}", "/caf%C3%A9", false);
        check("User-agent: *\nDisallow: /caf%c3%a9", "/caf\u{e9}", false);
        check("User-agent: *\nDisallow: /%7Euser", "/~user", false);
        check("User-agent: *\nDisallow: /a%2Fb", "/a/b", true);
    }

    #[test]
    fn sloppy_files_are_read() {
        check("\u{feff}user-AGENT : * # all\r\nDISALLOW:/x # no\r\n", "/x", false);
        check("User-agent: *\rDisallow: /x\r", "/x", false);
        check("<html><body>not found</body></html>", "/x", true);
        check("", "/x", true);
        check("User-agent: *\nDisallow: /", "/robots.txt", true);
        check(&("User-agent: *\nDisallow: /".to_owned() + &"*a".repeat(10_000)), &("/".to_owned() + &"a".repeat(5_000)), true);
    }

    #[test]
    fn crawl_delay_and_sitemaps() {
        let rules = Rules::parse("Sitemap: https://site.example/s.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x", "feedwright");
        assert_eq!((rules.crawl_delay, rules.sitemaps.len()), (Some(2.5), 1));
        assert_eq!(Rules::parse("User-agent: *\nCrawl-delay: NaN", "feedwright").crawl_delay, None);
        assert_eq!(Rules::parse("User-agent: *\nCrawl-delay: 1e99", "feedwright").crawl_delay, Some(MAX_DELAY_SECONDS));
    }
}
