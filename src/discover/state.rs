//! Lists of articles in the data that a page carries for its own scripts: JSON-LD, `__NEXT_DATA__` and the like. Used where the page itself shows
//! no list, because a script would build it.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::words::is_generic;
use crate::extract::date;
use crate::extract::json_ld::JsonLd;
use crate::html::{Dom, collapse, page_data};
use crate::model::{Link, Origin};

/// Fewer entries are no list.
const FEWEST: usize = 3;
/// Deeper data are looked at no further, and not more nodes than this.
const DEEPEST: usize = 24;
const MOST_NODES: usize = 200_000;
/// A shorter title names a section.
const SHORTEST_TITLE: usize = 12;
const TITLES: [&str; 4] = ["headline", "title", "name", "heading"];
const ADDRESSES: [&str; 8] = ["url", "link", "href", "canonicalUrl", "canonical_url", "permalink", "webUrl", "path"];
const DATES: [&str; 9] =
    ["datePublished", "publishedAt", "published_at", "publishDate", "pubDate", "published", "date", "firstPublished", "createdAt"];

/// The longest list of articles in the page's data.
pub(super) fn links(dom: &Dom) -> Vec<Link> {
    let listed = structured(dom);
    if listed.len() >= FEWEST {
        return listed;
    }
    let mut best = Vec::new();
    for value in page_data(dom) {
        let found = longest(&value, dom);
        if found.len() > best.len() {
            best = found;
        }
    }
    best
}

/// What JSON-LD lists.
fn structured(dom: &Dom) -> Vec<Link> {
    if dom.survey.json_ld.is_empty() {
        return Vec::new();
    }
    let data = JsonLd::read(dom);
    let nodes = data.of_type("ListItem").map(|node| node.get("item").and_then(Value::as_object).unwrap_or(node)).chain(data.articles());
    unique(nodes.filter_map(|node| link(node, dom, "JSON-LD")))
}

/// The longest array of objects that look like articles. No recursion: the data are a stranger's.
fn longest(value: &Value, dom: &Dom) -> Vec<Link> {
    let (mut best, mut seen): (Vec<Link>, usize) = (Vec::new(), 0);
    let mut open = vec![(value, 0_usize)];
    while let Some((value, depth)) = open.pop() {
        seen += 1;
        if depth > DEEPEST || seen > MOST_NODES {
            continue;
        }
        match value {
            Value::Array(values) => {
                let objects =
                    values.iter().filter_map(Value::as_object).map(|node| node.get("node").and_then(Value::as_object).unwrap_or(node));
                let found = unique(objects.filter_map(|node| link(node, dom, "data of the page")));
                if found.len() >= FEWEST && found.len() > best.len() {
                    best = found;
                }
                open.extend(values.iter().map(|value| (value, depth + 1)));
            }
            Value::Object(node) => open.extend(node.values().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    best
}

fn link(node: &Map<String, Value>, dom: &Dom, origin: &str) -> Option<Link> {
    let text = |names: &[&str]| names.iter().find_map(|name| node.get(*name)?.as_str()).map(collapse).filter(|text| !text.is_empty());
    let address = ADDRESSES.iter().find_map(|name| address(node.get(*name)?)).or_else(|| address(node.get("mainEntityOfPage")?))?;
    let url = dom.base.join(&address).filter(|url| url.is_web() && url.same_site(&dom.url))?;
    let title = text(&TITLES).filter(|title| super::words::weight(title) >= SHORTEST_TITLE && !is_generic(title))?;
    Some(Link {
        url: url.without_tracking(),
        title: Some(title),
        teaser: text(&["description", "excerpt", "summary", "dek"]).filter(|text| !text.contains('<')),
        date: text(&DATES).and_then(|when| date::parse(&when, "", &TimeZone::UTC)),
        image: None,
        author: None,
        origin: Origin::new(origin),
        position: 0,
    })
}

fn address(value: &Value) -> Option<String> {
    match value {
        // A slug alone is no address: where it hangs is not known.
        Value::String(text) => Some(text.clone()).filter(|text| text.starts_with('/') || text.contains("://")),
        Value::Object(node) => node.get("@id").or_else(|| node.get("url")).or_else(|| node.get("href")).and_then(address),
        _ => None,
    }
}

fn unique(links: impl Iterator<Item = Link>) -> Vec<Link> {
    let mut seen = std::collections::HashSet::new();
    let mut kept = Vec::new();
    for link in links {
        if seen.insert(link.url.canonical_key()) {
            kept.push(Link { position: kept.len(), ..link });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[track_caller]
    fn check(script: &str, expected: &[&str]) {
        let dom = crate::html::parse(&format!("<body><div id=root></div>{script}"), &Url::parse("https://a.example/news").unwrap());
        let paths: Vec<String> = links(&dom).iter().map(|link| link.url.path().to_owned()).collect();
        assert_eq!(paths, expected);
    }

    #[test]
    fn lists_in_the_data_of_a_page_are_found() {
        let posts: Vec<String> =
            (1..=3).map(|n| format!(r#"{{"title":"The ferry number {n} sails","url":"/n/{n}","publishedAt":"2026-05-0{n}"}}"#)).collect();
        let menu =
            r#"[{"title":"News","url":"/a"},{"title":"Sport","url":"/b"},{"title":"Weather","url":"/c"},{"title":"Jobs","url":"/d"}]"#;
        let state = format!(r#"{{"props":{{"menu":{menu},"posts":[{}]}}}}"#, posts.join(","));
        check(&format!("<script id='__NEXT_DATA__' type='application/json'>{state}</script>"), &["/n/1", "/n/2", "/n/3"]);
        let items: Vec<String> =
            (1..=3).map(|n| format!(r#"{{"@type":"ListItem","url":"/n/{n}","name":"The ferry number {n} sails"}}"#)).collect();
        let list = format!(r#"{{"@type":"ItemList","itemListElement":[{}]}}"#, items.join(","));
        check(&format!("<script type='application/ld+json'>{list}</script>"), &["/n/1", "/n/2", "/n/3"]);
        check("<script type='application/json'>[{}]</script>", &[]);
    }
}
