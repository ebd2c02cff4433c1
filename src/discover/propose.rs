//! Explicit CSS rules that find what was found: for `add --explain-rules`, and for rules that a changed page has made useless.
//!
//! A proposal is checked on the page itself before it is made: it must find the very same links.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::Rules;
use super::anchor::Anchor;
use super::item::Item;
use super::structure::is_general;
use crate::html::{Css, Dom};

/// How many elements above an item a selector may name.
const LEVELS: usize = 4;
/// A page of more structures than this is better left to discovery.
const MOST_SHAPES: usize = 4;
/// So much of what was found, and hardly anything else, must the rules find.
const GOOD: f64 = 0.95;

/// Rules that find these items: `item` and `link`, or `link` alone.
pub(super) fn propose(dom: &Dom, anchors: &[Anchor<'_>], items: &[Item<'_, '_>]) -> Option<Rules> {
    let wanted: BTreeSet<usize> = items.iter().filter_map(|item| item.links.first()).map(|anchor| anchor.id).collect();
    let by_item = || {
        let containers: Vec<ElementRef<'_>> = items.iter().map(|item| item.container).collect();
        let item = selector(dom, &containers)?;
        Some(Rules { item: Some(item), link: Some(link_selector(items)?), ..Rules::default() })
    };
    let by_link = || {
        let links: Vec<ElementRef<'_>> = items.iter().filter_map(|item| item.links.first()).map(|anchor| anchor.element).collect();
        Some(Rules { link: Some(selector(dom, &links)?), ..Rules::default() })
    };
    let finds = |rules: &Rules| {
        let found: BTreeSet<usize> =
            super::by_rules::items(dom, anchors, rules).0.iter().filter_map(|item| item.links.first()).map(|link| link.id).collect();
        let both = found.intersection(&wanted).count() as f64;
        both >= found.len() as f64 * GOOD && both >= wanted.len() as f64 * GOOD
    };
    by_item().filter(finds).or_else(|| by_link().filter(finds))
}

/// One selector, or a list of a few, that selects these elements and hardly any other.
fn selector(dom: &Dom, elements: &[ElementRef<'_>]) -> Option<Css> {
    let mut shapes: BTreeMap<String, Vec<ElementRef<'_>>> = BTreeMap::new();
    for element in elements {
        shapes.entry(shape(*element)).or_default().push(*element);
    }
    if shapes.len() > MOST_SHAPES {
        return None;
    }
    let parts: Option<Vec<String>> = shapes.values().map(|alike| one_selector(dom, alike)).collect();
    let mut parts = parts?;
    parts.sort();
    parts.dedup();
    Css::parse(&parts.join(", ")).ok()
}

/// The shortest chain of ancestors that tells these elements, all of one shape, from others.
fn one_selector(dom: &Dom, elements: &[ElementRef<'_>]) -> Option<String> {
    let wanted: HashSet<NodeId> = elements.iter().map(|element| element.id()).collect();
    let mut above: Vec<ElementRef<'_>> = elements.to_vec();
    let mut text = String::new();
    let mut best: Option<(f64, String)> = None;
    for _ in 0..LEVELS {
        let step = step(&above)?;
        text = if text.is_empty() { step } else { format!("{step} > {text}") };
        let css = Css::parse(&text).ok()?;
        let found: Vec<NodeId> = dom.html.select(css.selector()).map(|element| element.id()).collect();
        let hits = found.iter().filter(|id| wanted.contains(id)).count();
        let fit = hits as f64 / (found.len() + wanted.len() - hits).max(1) as f64;
        if best.as_ref().is_none_or(|(before, _)| fit > *before) {
            best = Some((fit, text.clone()));
        }
        if fit >= 1.0 {
            break;
        }
        above = above.iter().filter_map(|element| element.parent().and_then(ElementRef::wrap)).collect();
        if above.len() != elements.len() {
            break;
        }
    }
    best.map(|(_, text)| text)
}

fn shape(element: ElementRef<'_>) -> String {
    let mut out = element.value().name().to_owned();
    for class in element.value().classes().filter(|class| is_plain(class)) {
        out.push('.');
        out.push_str(class);
    }
    out
}

/// The tag and the classes that all of these elements have.
fn step(elements: &[ElementRef<'_>]) -> Option<String> {
    let first = elements.first()?;
    let same_tag = elements.iter().all(|element| element.value().name() == first.value().name());
    let mut out = if same_tag { first.value().name().to_owned() } else { String::new() };
    let shared = first.value().classes().filter(|class| is_plain(class));
    let shared = shared.filter(|class| elements.iter().all(|element| element.value().classes().any(|other| other == *class)));
    for class in shared.take(2) {
        out.push('.');
        out.push_str(class);
    }
    if out.is_empty() {
        out.push('*');
    }
    Some(out)
}

/// Classes that need no escaping and are not of one item or generated.
fn is_plain(class: &str) -> bool {
    is_general(class)
        && class.starts_with(|c: char| c.is_ascii_alphabetic())
        && class.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// What leads from an item to its link: the first link, the one in a heading, or one with a class or a parent of its own.
fn link_selector(items: &[Item<'_, '_>]) -> Option<Css> {
    let mut candidates: Vec<String> = ["a", "h1 a, h2 a, h3 a, h4 a", "h2 a", "h3 a"].map(str::to_owned).to_vec();
    let first = items.iter().find_map(|item| item.links.iter().find(|anchor| anchor.in_heading).or(item.links.first()))?;
    candidates.push(shape(first.element));
    if let Some(parent) = first.element.parent().and_then(ElementRef::wrap) {
        candidates.push(format!("{} > a", shape(parent)));
        candidates.push(format!("{} > {}", shape(parent), shape(first.element)));
    }
    let fits = |css: &Css| {
        let right = items.iter().filter(|item| {
            let found = item.container.select(css.selector()).next();
            found.is_some_and(|found| item.links.iter().any(|anchor| anchor.element.id() == found.id()))
        });
        right.count() as f64 >= items.len() as f64 * GOOD
    };
    candidates.iter().filter_map(|text| Css::parse(text).ok()).find(fits)
}
