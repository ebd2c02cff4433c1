//! Addresses that the page's structured data name as articles: a hint, never the only source.

use std::collections::HashSet;

use serde_json::Value;

use crate::extract::json_ld::JsonLd;
use crate::html::Dom;

/// The fewest addresses that make a list.
const FEWEST: usize = 3;

/// The keys of the articles that `ItemList`, `Blog` and the like name.
pub(super) fn listed(dom: &Dom) -> HashSet<String> {
    if dom.survey.json_ld.is_empty() {
        return HashSet::new();
    }
    let data = JsonLd::read(dom);
    let elements = data.of_type("ListItem").chain(data.articles());
    let addresses = elements.filter_map(|node| node.get("url").or_else(|| node.get("mainEntityOfPage"))).filter_map(address);
    let keys: HashSet<String> = addresses.filter_map(|address| dom.base.join(&address)).map(|url| url.canonical_key()).collect();
    if keys.len() >= FEWEST { keys } else { HashSet::new() }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(node) => node.get("@id").or_else(|| node.get("url")).and_then(address),
        _ => None,
    }
}
