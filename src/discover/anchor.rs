//! The links of a page, each with what surrounds it, grouped by the structure that they share.

use std::collections::{BTreeMap, HashMap};

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use crate::html::{Dom, text_of};
use crate::url::Url;

/// How many elements above a link make its structure, and of how many of those the classes count.
const LEVELS: usize = 5;
const LEVELS_WITH_CLASSES: usize = 3;
/// More links than this are a directory; the rest is left out.
const MOST_ANCHORS: usize = 5_000;

/// One link.
pub(super) struct Anchor<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) url: Url,
    /// The same for all spellings of the address.
    pub(super) key: String,
    pub(super) text: String,
    pub(super) in_heading: bool,
    pub(super) place: Place,
}

/// Where on the page a link stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) nav: bool,
    pub(super) header: bool,
    pub(super) footer: bool,
    pub(super) aside: bool,
    pub(super) main: bool,
    pub(super) article: bool,
    pub(super) list_item: bool,
    pub(super) table: bool,
    pub(super) furniture: bool,
}

/// Links of one structure.
pub(super) struct Group {
    pub(super) signature: String,
    /// Indices of its links, in the page's order.
    pub(super) members: Vec<usize>,
    /// For each address, the highest element that holds no other address of this group.
    pub(super) containers: BTreeMap<String, NodeId>,
}

/// All links that lead to another page.
pub(super) fn collect(dom: &Dom) -> Vec<Anchor<'_>> {
    let own = dom.url.canonical_key();
    let base_key = dom.base.canonical_key();
    let mut anchors = Vec::new();
    for node in dom.html.tree.nodes() {
        let Some(element) = ElementRef::wrap(node).filter(|element| element.value().name() == "a") else { continue };
        let Some(href) = element.attr("href").map(str::trim).filter(|href| !href.is_empty() && !href.starts_with('#')) else { continue };
        let Some(url) = dom.base.join(&href.replace(['\n', '\r', '\t'], "")).filter(Url::is_web) else { continue };
        let key = url.canonical_key();
        if key == own || key == base_key || anchors.len() >= MOST_ANCHORS {
            continue;
        }
        let (place, around) = surroundings(node);
        let inside = || element.descendent_elements().skip(1).any(|child| is_heading(child.value().name()));
        anchors.push(Anchor { element, key, text: text_of(element), in_heading: around || inside(), place, url: url.without_tracking() });
    }
    anchors
}

/// The links grouped by structure, in the order of their first link.
pub(super) fn group(anchors: &[Anchor<'_>]) -> Vec<Group> {
    let mut order: Vec<String> = Vec::new();
    let mut members: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, anchor) in anchors.iter().enumerate() {
        let signature = signature(anchor.element);
        let list = members.entry(signature.clone()).or_default();
        if list.is_empty() {
            order.push(signature);
        }
        list.push(index);
    }
    order
        .into_iter()
        .map(|signature| {
            let members = members.remove(&signature).unwrap_or_default();
            let containers = containers(anchors, &members);
            Group { signature, members, containers }
        })
        .collect()
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn surroundings(node: NodeRef<'_, Node>) -> (Place, bool) {
    let mut place = Place::default();
    let mut in_heading = false;
    for (level, ancestor) in node.ancestors().enumerate() {
        let Some(element) = ancestor.value().as_element() else { continue };
        match element.name() {
            "nav" | "menu" => place.nav = true,
            // The header of an article is part of the article.
            "header" => place.header |= !place.article,
            "footer" => place.footer |= !place.article,
            "aside" => place.aside = true,
            "main" => place.main = true,
            "article" => {
                place.article = true;
                (place.header, place.footer) = (false, false);
            }
            "li" => place.list_item = true,
            "td" | "th" => place.table = true,
            name => in_heading |= is_heading(name) && level < 4,
        }
        match element.attr("role") {
            Some("navigation" | "menu" | "menubar") => place.nav = true,
            Some("contentinfo") => place.footer = true,
            Some("complementary") => place.aside = true,
            Some("main") => place.main = true,
            _ => {}
        }
        if !matches!(element.name(), "body" | "html") {
            place.furniture |= [element.attr("class"), element.attr("id")].into_iter().flatten().any(is_page_furniture);
        }
    }
    (place, in_heading)
}

/// Boxes of a listing page that repeat its entries or lead elsewhere.
fn is_page_furniture(names: &str) -> bool {
    const WORDS: [&str; 18] = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "sidebar",
        "widget",
        "share",
        "social",
        "pagination",
        "pager",
        "tagcloud",
        "comments",
        "blogroll",
        "cookie",
        "toolbar",
    ];
    names
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The structure of a link: its own and its ancestors' tags and general classes.
fn signature(element: ElementRef<'_>) -> String {
    let mut parts = vec![describe(element, true)];
    for (level, ancestor) in element.ancestors().filter_map(ElementRef::wrap).take(LEVELS).enumerate() {
        parts.push(describe(ancestor, level < LEVELS_WITH_CLASSES));
    }
    parts.reverse();
    parts.join(" > ")
}

fn describe(element: ElementRef<'_>, with_classes: bool) -> String {
    let mut text = element.value().name().to_owned();
    if with_classes {
        let mut classes: Vec<&str> = element.value().classes().filter(|class| is_general(class)).collect();
        classes.sort_unstable();
        classes.dedup();
        for class in classes.into_iter().take(3) {
            text.push('.');
            text.push_str(class);
        }
    }
    text
}

/// Classes of single items (`post-1234`, `tag-water`, `first`) and generated ones (`css-1x9zq`) say nothing of the structure.
pub(super) fn is_general(class: &str) -> bool {
    const SINGLE: [&str; 14] = [
        "odd",
        "even",
        "first",
        "last",
        "active",
        "current",
        "selected",
        "sticky",
        "hentry",
        "featured",
        "new",
        "alt",
        "has-post-thumbnail",
        "visited",
    ];
    const PREFIXES: [&str; 10] = ["post-", "tag-", "category-", "status-", "format-", "type-", "author-", "item-", "node-", "views-row-"];
    let lower = class.to_ascii_lowercase();
    let digits = class.chars().filter(char::is_ascii_digit).count();
    let mixes = digits > 0 && class.len() >= 5 && class.chars().any(|c| c.is_ascii_alphabetic());
    !SINGLE.contains(&lower.as_str()) && !PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) && !mixes && digits < 3
}

fn containers(anchors: &[Anchor<'_>], members: &[usize]) -> BTreeMap<String, NodeId> {
    // For each ancestor: the one address below it, or none if there are several.
    let mut below: HashMap<NodeId, Option<&str>> = HashMap::new();
    for anchor in members.iter().filter_map(|&index| anchors.get(index)) {
        for ancestor in anchor.element.ancestors() {
            match below.get(&ancestor.id()) {
                None => {
                    below.insert(ancestor.id(), Some(&anchor.key));
                }
                Some(Some(key)) if *key != anchor.key => {
                    below.insert(ancestor.id(), None);
                }
                // From here up all is known already.
                Some(None) => break,
                Some(Some(_)) => {}
            }
        }
    }
    let mut containers = BTreeMap::new();
    for anchor in members.iter().filter_map(|&index| anchors.get(index)) {
        let alone = anchor.element.ancestors().take_while(|ancestor| below.get(&ancestor.id()).copied().flatten().is_some());
        let highest = alone
            .filter(|ancestor| ancestor.value().as_element().is_some_and(|element| !matches!(element.name(), "body" | "html" | "main")))
            .last();
        containers.entry(anchor.key.clone()).or_insert_with(|| highest.map_or(anchor.element.id(), |node| node.id()));
    }
    containers
}
