//! The path to an article that a page shows: "Home > News > Lakes".

use std::iter;

use scraper::ElementRef;

use crate::html::{Attribute as _, Dom, text_of};

/// Elements of structured data that are asked for a place of a path.
const MOST_MARKED: usize = 200;
/// The list stands so near around its places.
const LEVELS: usize = 3;
/// A path of more places is a menu.
const MOST_PLACES: usize = 8;
/// Boxes that are named after one, and may hold another one.
const MOST_BOXES: usize = 6;
/// What the names of its box hold, with a capital or not before it.
const NAME: &str = "readcrumb";
/// In bytes.
const SHORTEST_NAME: usize = NAME.len();
/// Nodes of a path.
const MOST_NODES: usize = 120;

/// The places of the first path, the nearest to the article first, without the front page: as microdata mark it (schema.org, "BreadcrumbList"), else by the name
/// of its box.
pub(super) fn shown(dom: &Dom) -> Vec<String> {
    let mut places = marked(dom);
    if places.is_empty() {
        places = named(dom);
    }
    places.reverse();
    places
}

fn marked(dom: &Dom) -> Vec<String> {
    let elements = dom.survey.itemprops.iter().take(MOST_MARKED).filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let list_of = |place: &ElementRef<'_>| {
        let is_list = |around: &ElementRef<'_>| around.attribute("itemtype").is_some_and(|kind| kind.ends_with("/BreadcrumbList"));
        place.ancestors().take(LEVELS).filter_map(ElementRef::wrap).find(is_list).map(|list| list.id())
    };
    let places = elements.filter(|element| element.attribute("itemprop") == Some("itemListElement"));
    let mut places = places.filter_map(|place| Some((list_of(&place)?, place))).peekable();
    let first = places.peek().map(|(list, _)| *list);
    let places = places.take_while(|(list, _)| Some(*list) == first).take(MOST_PLACES).map(|(_, place)| place);
    places.filter(|place| !leads_home(dom, *place)).map(text_of).collect()
}

fn named(dom: &Dom) -> Vec<String> {
    let is_path = |element: &ElementRef<'_>| {
        let names = |(name, value): (&str, &str)| matches!(name, "class" | "id") && value.len() > SHORTEST_NAME && value.contains(NAME);
        element.value().attrs().any(names) && !matches!(element.value().name(), "body" | "html" | "main" | "article")
    };
    let elements = dom.html.tree.nodes().filter_map(ElementRef::wrap);
    let places = elements.filter(is_path).take(MOST_BOXES).map(links_in).find(|links| !links.is_empty()).unwrap_or_default();
    if places.len() > MOST_PLACES {
        return Vec::new();
    }
    let is_article =
        |place: &ElementRef<'_>| place.attribute("href").and_then(|href| dom.base.join(href)).is_some_and(|url| url == dom.url);
    places.into_iter().filter(|place| !leads_home(dom, *place) && !is_article(place)).map(text_of).collect()
}

/// The first links of a box.
fn links_in(path: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let inner = path.descendants().take(MOST_NODES).filter_map(ElementRef::wrap);
    inner.filter(|element| element.value().name() == "a").take(MOST_PLACES + 1).collect()
}

/// Whether a place is, or holds, the link to the front page.
fn leads_home(dom: &Dom, place: ElementRef<'_>) -> bool {
    let within = place.descendants().take(LEVELS * 2).map(|node| node.id());
    iter::once(place.id()).chain(within).any(|id| dom.survey.front_links.contains(&id))
}
