//! Items by the configuration: `item` elements with a `link` in each, or `link` alone. What a rule leaves open stays automatic.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::Rules;
use super::anchor::Anchor;
use super::item::{self, Item, Surroundings};
use super::words::line_of;
use crate::extract::date;
use crate::html::{Css, Dom, picture};
use crate::model::{Discovery, Link, Note};

/// Fills in the items that the rules name.
pub(super) fn find(dom: &Dom, anchors: &[Anchor<'_>], rules: &Rules, around: &Surroundings<'_>, discovery: &mut Discovery) {
    let (key, css) = match (&rules.item, &rules.link) {
        (Some(item), _) => ("item", item),
        (None, Some(link)) => ("link", link),
        (None, None) => return,
    };
    let containers: Vec<ElementRef<'_>> = dom.html.select(css.selector()).collect();
    if containers.is_empty() {
        discovery.notes.push(missed(key, css));
    }
    let by_node: HashMap<NodeId, &Anchor<'_>> = anchors.iter().map(|anchor| (anchor.element.id(), anchor)).collect();
    let (mut seen, mut without_link) = (HashSet::new(), 0);
    let mut items = Vec::new();
    for container in containers {
        let holder = match rules.link.as_ref().filter(|_| rules.item.is_some()) {
            Some(css) => container.select(css.selector()).next(),
            None => Some(container),
        };
        let links: Vec<&Anchor<'_>> =
            holder.iter().flat_map(|holder| holder.descendants()).filter_map(|node| by_node.get(&node.id()).copied()).collect();
        // A rule may name what stands inside the link.
        let above = || holder?.ancestors().find_map(|node| by_node.get(&node.id()).copied());
        let Some(first) = links.iter().copied().find(|anchor| anchor.in_heading).or(links.first().copied()).or_else(above) else {
            without_link += 1;
            continue;
        };
        if seen.insert(first.id) {
            let mut same: Vec<&Anchor<'_>> = links.into_iter().filter(|anchor| anchor.id == first.id).collect();
            if same.is_empty() {
                same.push(first);
            }
            items.push(Item { links: same, container });
        }
    }
    if without_link > 0 {
        discovery.notes.push(Note::new("item-without-link", format!("{without_link} elements of `listing.{key}` hold no link")));
    }
    let described = item::describe(&items, around, "listing rules");
    let containers = items.iter().map(|item| item.container);
    discovery.links = described.into_iter().zip(containers).map(|(link, container)| refine(link, container, rules, around)).collect();
    for (key, css) in [("title", &rules.title), ("date", &rules.date), ("summary", &rules.summary), ("image", &rules.image)] {
        let misses = |css: &&Css| !items.is_empty() && items.iter().all(|item| item.container.select(css.selector()).next().is_none());
        discovery.notes.extend(css.as_ref().filter(misses).map(|css| missed(key, css)));
    }
    discovery.confidence = if discovery.links.is_empty() { 0.0 } else { 1.0 };
}

fn missed(key: &str, css: &Css) -> Note {
    Note::new("selector-missed", format!("`listing.{key}` (`{}`) matches nothing on the page", css.as_str()))
}

/// The fields that the rules name.
fn refine(mut link: Link, container: ElementRef<'_>, rules: &Rules, around: &Surroundings<'_>) -> Link {
    let element = |css: &Option<Css>| css.as_ref().and_then(|css| container.select(css.selector()).next());
    let text = |css: &Option<Css>| element(css).map(line_of).filter(|text| !text.is_empty());
    link.title = text(&rules.title).or(link.title);
    link.teaser = text(&rules.summary).or(link.teaser);
    link.author = text(&rules.author).or(link.author);
    let read = |element: ElementRef<'_>| date::parse(element.attr("datetime").unwrap_or(&line_of(element)), around.language, around.zone);
    link.date = element(&rules.date).and_then(read).or(link.date);
    let pictured = |element: ElementRef<'_>| {
        let pictures = element.descendent_elements().filter(|inner| inner.value().name() == "img");
        pictures.into_iter().find_map(|img| picture::address(img.value(), &around.dom.base))
    };
    link.image = element(&rules.image).and_then(pictured).or(link.image);
    link
}
