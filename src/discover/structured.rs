//! Addresses that the page's structured data name as articles: a hint, never the only source.

use std::collections::HashSet;

use scraper::ElementRef;
use serde_json::Value;

use crate::extract::json_ld::{JsonLd, is_article_type};
use crate::html::{Attribute as _, Dom};

/// The fewest addresses that make a list.
const FEWEST: usize = 3;

/// The keys of the articles that `ItemList`, `Blog` and the like name, in JSON-LD or in the page's own elements.
pub(super) fn listed(dom: &Dom) -> HashSet<String> {
    let mut keys = in_data(dom);
    keys.extend(in_elements(dom));
    keys
}

/// What microdata lists: `<article itemscope itemtype="https://schema.org/BlogPosting">` with an `itemprop="url"` in it (HTML standard, section 5).
fn in_elements(dom: &Dom) -> HashSet<String> {
    let properties = dom.survey.itemprops.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let addresses = properties.filter_map(|element| dom.base.join(told(element).filter(|_| belongs_to_article(element))?.trim()));
    few_are_none(addresses.filter(|url| url.is_web() && *url != dom.url).map(|url| url.canonical_key()).collect())
}

/// The address that a property tells: its own, or that of the link in or around a headline.
fn told(element: ElementRef<'_>) -> Option<&str> {
    let named = |known: [&str; 2]| element.attribute("itemprop")?.split_ascii_whitespace().find(|name| known.contains(name));
    if named(["url", "mainEntityOfPage"]).is_some() {
        return ["href", "itemid", "content"].iter().find_map(|name| element.attribute(name));
    }
    named(["headline", "name"])?;
    let around = element.ancestors().filter_map(ElementRef::wrap).take_while(|above| above.attribute("itemscope").is_none());
    let links = std::iter::once(element).chain(element.descendent_elements()).chain(around).filter(|link| link.value().name() == "a");
    links.filter_map(|link| link.attribute("href")).next()
}

/// Whether the item that a property is told of is an article or an entry of a list, by the last part of its type's address.
fn belongs_to_article(element: ElementRef<'_>) -> bool {
    let item = element.ancestors().filter_map(ElementRef::wrap).find(|above| above.attribute("itemscope").is_some());
    let types = item.and_then(|item| item.attribute("itemtype")).unwrap_or("");
    types.split_ascii_whitespace().filter_map(|kind| kind.rsplit(['/', '#']).next()).any(|kind| kind == "ListItem" || is_article_type(kind))
}

fn few_are_none(keys: HashSet<String>) -> HashSet<String> {
    if keys.len() >= FEWEST { keys } else { HashSet::new() }
}

fn in_data(dom: &Dom) -> HashSet<String> {
    if dom.survey.json_ld.is_empty() {
        return HashSet::new();
    }
    let data = JsonLd::read(dom);
    let elements = data.of_type("ListItem").chain(data.articles());
    let addresses = elements.filter_map(|node| node.get("url").or_else(|| node.get("mainEntityOfPage"))).filter_map(address);
    few_are_none(addresses.filter_map(|address| dom.base.join(&address)).map(|url| url.canonical_key()).collect())
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(node) => node.get("@id").or_else(|| node.get("url")).and_then(address),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::url::Url;

    #[test]
    fn microdata_names_the_articles_of_a_list() {
        let card = |number: u8, kind: &str, headline: String| {
            format!(
                "<div itemscope itemtype='https://schema.org/{kind}'><span itemprop=author itemscope itemtype='https://schema.org/Person'>\
                 <a itemprop=url href=/people/{number}>P</a></span>{headline}</div>"
            )
        };
        let inside: fn(u8) -> String = |number: u8| format!("<h2 itemprop=headline><a href=/n/{number}>T</a></h2>");
        let around: fn(u8) -> String = |number: u8| format!("<a href=/n/{number}><b itemprop=name>T</b></a>");
        let beside: fn(u8) -> String = |number: u8| format!("<h2>T</h2><a itemprop='url' href=/n/{number}>more</a>");
        let listed = |kind: &str, count: u8| {
            let page: String =
                (1..=count).map(|number| card(number, kind, [inside, around, beside][usize::from(number % 3)](number))).collect();
            let mut keys: Vec<String> =
                super::listed(&crate::html::parse(&page, &Url::parse("https://a.example/news").unwrap())).into_iter().collect();
            keys.sort();
            keys
        };
        let expected: Vec<String> =
            (1..=3).map(|number| Url::parse(&format!("https://a.example/n/{number}")).unwrap().canonical_key()).collect();
        assert_eq!(listed("BlogPosting", 3), expected);
        assert!(listed("BlogPosting", 2).is_empty());
        assert!(listed("Product", 3).is_empty());
    }
}
