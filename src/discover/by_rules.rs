//! Items by the configuration: `item` elements with a `link` in each, or `link` alone. What a rule leaves open stays automatic.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::Rules;
use super::anchor::Anchor;
use super::item::{self, Item, Surroundings};
use super::words::line_of;
use crate::extract::date;
use crate::html::{Attribute as _, Css, Dom, picture};
use crate::model::{Discovery, Link, Note};

/// Fills in the items that the rules name.
pub(super) fn find(dom: &Dom, anchors: &[Anchor<'_>], rules: &Rules, around: &Surroundings<'_>, discovery: &mut Discovery) {
    let (key, css) = match (&rules.item, &rules.link) {
        (Some(item), _) => ("item", item),
        (None, Some(link)) => ("link", link),
        (None, None) => return,
    };
    let (items, matched) = items(dom, anchors, rules);
    if matched == 0 {
        discovery.notes.push(missed(key, css));
    } else if items.is_empty() {
        discovery.notes.push(match &rules.link {
            Some(link) if rules.item.is_some() => missed("link", link),
            _ => Note::new("item-without-link", format!("no element of `listing.{key}` (`{}`) holds a link", css.as_str())),
        });
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

/// The items that the rules name, and how many elements the first of the rules matches.
pub(super) fn items<'s, 'a>(dom: &'a Dom, anchors: &'s [Anchor<'a>], rules: &Rules) -> (Vec<Item<'s, 'a>>, usize) {
    let Some(css) = rules.item.as_ref().or(rules.link.as_ref()) else { return (Vec::new(), 0) };
    let inner = rules.link.as_ref().filter(|_| rules.item.is_some());
    let by_node: HashMap<NodeId, &'s Anchor<'a>> = anchors.iter().map(|anchor| (anchor.element.id(), anchor)).collect();
    let (mut seen, mut items, mut matched) = (HashSet::new(), Vec::new(), 0);
    for container in dom.html.select(css.selector()) {
        matched += 1;
        let holder = match inner {
            Some(css) => container.select(css.selector()).next(),
            None => Some(container),
        };
        let Some(holder) = holder else { continue };
        let links: Vec<&'s Anchor<'a>> = holder.descendants().filter_map(|node| by_node.get(&node.id()).copied()).collect();
        // A rule may name what stands inside the link.
        let above = || holder.ancestors().find_map(|node| by_node.get(&node.id()).copied());
        let first = links.iter().copied().find(|anchor| anchor.in_heading).or(links.first().copied());
        let Some(first) = first.or_else(above).filter(|first| seen.insert(first.id)) else { continue };
        let mut same: Vec<&'s Anchor<'a>> = links.into_iter().filter(|anchor| anchor.id == first.id).collect();
        if same.is_empty() {
            same.push(first);
        }
        items.push(Item { links: same, container, elsewhere: None });
    }
    (items, matched)
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
    let read =
        |element: ElementRef<'_>| date::parse(element.attribute("datetime").unwrap_or(&line_of(element)), around.language, around.zone);
    link.date = element(&rules.date).and_then(read).or(link.date);
    let pictured = |element: ElementRef<'_>| {
        let pictures = element.descendent_elements().filter(|inner| inner.value().name() == "img");
        pictures.into_iter().find_map(|img| picture::address(img.value(), &around.dom.base))
    };
    link.image = element(&rules.image).and_then(pictured).or(link.image);
    link
}
