//! The links of a page, each with where it stands.

use std::collections::HashMap;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::likeness::shape;
use super::words::{line_of, says_furniture, says_item};
use crate::html::{Attribute as _, Dom, collapse, is_block_element, is_heading};
use crate::url::Url;

/// More links than this are a directory; the rest is left out.
const MOST_ANCHORS: usize = 5_000;
/// A heading is the link's own up to this many elements above it.
const HEADING_LEVELS: u8 = 4;
/// So many characters on both sides of a link, or so many before it, make it a part of a sentence.
const BESIDE: usize = 8;
const BEFORE: usize = 60;

/// One link.
pub(super) struct Anchor<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) url: Url,
    /// The same for all spellings of the address.
    pub(super) key: String,
    /// The number of the key among the page's keys, from 0.
    pub(super) id: usize,
    /// The number of its address' pattern among the page's, from 0.
    pub(super) shape: usize,
    pub(super) text: String,
    /// What it is labelled, where it has no text.
    pub(super) label: Option<String>,
    pub(super) in_heading: bool,
    /// Whether it stands in the middle of running text.
    pub(super) in_prose: bool,
    pub(super) place: Place,
    /// Its place among the page's nodes, from 0 to 1.
    pub(super) position: f64,
}

impl Anchor<'_> {
    /// Its text, or what it is labelled.
    pub(super) fn said(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.text)
    }
}

/// Where on the page an element stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) nav: bool,
    pub(super) header: bool,
    pub(super) footer: bool,
    pub(super) aside: bool,
    pub(super) main: bool,
    pub(super) article: bool,
    pub(super) list_item: bool,
    pub(super) table: bool,
    pub(super) head_cell: bool,
    pub(super) furniture: bool,
    pub(super) item_word: bool,
    /// How many elements up the nearest heading is.
    pub(super) heading: u8,
}

const NOWHERE: Place = Place {
    nav: false,
    header: false,
    footer: false,
    aside: false,
    main: false,
    article: false,
    list_item: false,
    table: false,
    head_cell: false,
    furniture: false,
    item_word: false,
    heading: u8::MAX,
};

/// All links that lead to another page.
pub(super) fn collect(dom: &Dom) -> Vec<Anchor<'_>> {
    let own = dom.url.canonical_key();
    let base = dom.base.canonical_key();
    let mut places = HashMap::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut shapes: HashMap<String, usize> = HashMap::new();
    let mut anchors = Vec::new();
    let mut nodes = 0_usize;
    for node in dom.html.tree.nodes() {
        nodes += 1;
        let Some(element) = ElementRef::wrap(node).filter(|element| element.value().name() == "a") else { continue };
        let Some(href) = element.attribute("href").map(str::trim).filter(|href| !href.is_empty() && !href.starts_with('#')) else {
            continue;
        };
        let joined =
            if href.contains(['\n', '\r', '\t']) { dom.base.join(&href.replace(['\n', '\r', '\t'], "")) } else { dom.base.join(href) };
        let Some(url) = joined.filter(Url::is_web) else { continue };
        let key = url.canonical_key();
        if key == own || key == base || is_front_page(&url, dom) || anchors.len() >= MOST_ANCHORS {
            continue;
        }
        let place = place(node, &mut places);
        let next_shape = shapes.len();
        let shape = *shapes.entry(shape(&url)).or_insert(next_shape);
        let next_id = ids.len();
        let id = *ids.entry(key.clone()).or_insert(next_id);
        let text = line_of(element);
        let label =
            if text.is_empty() { element.attribute("aria-label").or_else(|| element.attribute("title")).map(collapse) } else { None };
        anchors.push(Anchor {
            element,
            key,
            id,
            shape,
            text,
            label,
            in_heading: place.heading < HEADING_LEVELS || has_heading(element),
            in_prose: is_in_prose(node),
            place,
            position: nodes as f64,
            url: url.without_tracking(),
        });
    }
    for anchor in &mut anchors {
        anchor.position /= nodes as f64;
    }
    anchors
}

/// The front page of the page's own site is in every menu and no item.
fn is_front_page(url: &Url, dom: &Dom) -> bool {
    let is_root = matches!(url.path(), "" | "/" | "/index.html" | "/index.htm" | "/index.php") && url.parts().query().is_none();
    let is_index = |name: &str| {
        url.path().strip_suffix(name).is_some_and(|folder| dom.url.path().trim_end_matches('/') == folder.trim_end_matches('/'))
    };
    url.host() == dom.url.host() && (is_root || url.parts().query().is_none() && (is_index("/index.html") || is_index("/index.php")))
}

fn has_heading(element: ElementRef<'_>) -> bool {
    element.descendent_elements().skip(1).any(|below| is_heading(below.value().name()))
}

/// Whether a link is a part of a sentence: words stand around it in the same block.
fn is_in_prose(node: NodeRef<'_, Node>) -> bool {
    let (mut before, mut after) = (0, 0);
    let mut inner = node;
    loop {
        before += inner.prev_siblings().take(3).map(inline_length).sum::<usize>();
        after += inner.next_siblings().take(3).map(inline_length).sum::<usize>();
        let Some(parent) = inner.parent() else { break };
        if parent.value().as_element().is_none_or(|element| is_block_element(element.name())) {
            break;
        }
        inner = parent;
    }
    before >= BESIDE && after >= BESIDE || before >= BEFORE
}

/// The characters of a text, or of an inline element's own text.
fn inline_length(node: NodeRef<'_, Node>) -> usize {
    match node.value() {
        Node::Text(text) => text.trim().len(),
        Node::Element(element) if !is_block_element(element.name()) && element.name() != "a" => {
            node.children().filter_map(|child| child.value().as_text()).map(|text| text.trim().len()).sum()
        }
        _ => 0,
    }
}

/// The place of an element: that of what it stands in, and what its own tag and names say. Each element is looked at once.
fn place(node: NodeRef<'_, Node>, known: &mut HashMap<NodeId, Place>) -> Place {
    let mut unknown = Vec::new();
    let mut place = NOWHERE;
    for ancestor in node.ancestors() {
        if let Some(found) = known.get(&ancestor.id()) {
            place = *found;
            break;
        }
        unknown.push(ancestor);
    }
    for ancestor in unknown.into_iter().rev() {
        if let Some(element) = ancestor.value().as_element() {
            step_into(&mut place, element);
        }
        known.insert(ancestor.id(), place);
    }
    place
}

fn step_into(place: &mut Place, element: &Element) {
    place.heading = if is_heading(element.name()) { 0 } else { place.heading.saturating_add(1) };
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
        "td" => place.table = true,
        "th" | "thead" => place.head_cell = true,
        "body" | "html" => return,
        _ => {}
    }
    // One look at the attributes: asking for each by name costs more.
    for (name, value) in element.attrs() {
        match (name, value) {
            ("role", "navigation" | "menu" | "menubar") => place.nav = true,
            ("role", "contentinfo") => place.footer = true,
            ("role", "complementary") => place.aside = true,
            ("role", "main") => place.main = true,
            ("role", "heading") => place.heading = 0,
            ("class" | "id", names) => {
                place.furniture |= says_furniture(names);
                place.item_word |= says_item(names);
            }
            _ => {}
        }
    }
}
