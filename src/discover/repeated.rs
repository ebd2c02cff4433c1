//! Items as repeated structure: the likely groups' links, each with its own part of the page.

use std::collections::{HashMap, HashSet};

use scraper::ElementRef;

use super::Context;
use super::anchor::Anchor;
use super::features::{self, is_topic};
use super::item::{self, Item, Surroundings};
use super::score::{self, Weights};
use super::structure::{self, Group};
use super::words::says_furniture;
use crate::html::Dom;
use crate::model::{Discovery, DroppedLink, LinkGroup};

/// From this probability on a group is taken.
const TAKEN: f64 = 0.5;
/// The best group is taken from here on, if none reaches the other threshold.
const BEST: f64 = 0.15;
/// How many groups, samples and dropped links are kept for `try`.
const GROUPS_KEPT: usize = 20;
const SAMPLES: usize = 3;

/// Groups of links, weighed.
pub(super) struct Weighed {
    pub(super) groups: Vec<Group>,
    pub(super) scores: Vec<f64>,
    /// Indices of the groups that are taken, best first.
    pub(super) taken: Vec<usize>,
}

/// Groups and weighs; `told` are the addresses that the page's data name as articles.
pub(super) fn weigh(dom: &Dom, anchors: &[Anchor<'_>], told: &HashSet<String>, weights: &Weights) -> Weighed {
    let groups = structure::group(anchors);
    let mut scores = score::score(dom, anchors, &groups, weights);
    if !told.is_empty() {
        let named: HashSet<usize> = anchors.iter().filter(|anchor| told.contains(&anchor.key)).map(|anchor| anchor.id).collect();
        for (group, score) in groups.iter().zip(&mut scores) {
            let hits = group.ids().filter(|id| named.contains(id)).count();
            if hits * 2 > group.containers.len() && hits >= 3 {
                *score = score.max(0.9);
            }
        }
    }
    let taken = without_rivals(anchors, &groups, choose(&scores));
    Weighed { groups, scores, taken }
}

/// The groups to take, best first.
fn choose(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let likely: Vec<usize> = order.iter().filter(|(_, score)| *score >= TAKEN).map(|(index, _)| *index).collect();
    if likely.is_empty() {
        order.first().filter(|(_, score)| *score >= BEST).map(|(index, _)| *index).into_iter().collect()
    } else {
        likely
    }
}

/// Leaves out what comes along with each item of a better group and says no more than "more": its comments, formats, age.
fn without_rivals(anchors: &[Anchor<'_>], groups: &[Group], taken: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for index in taken {
        let Some(group) = groups.get(index) else { continue };
        let mut better = kept.iter().filter_map(|&other| groups.get(other));
        if !(features::is_poor(anchors, group) && better.any(|other| features::is_interleaved(group, other))) {
            kept.push(index);
        }
    }
    kept
}

/// Fills in the items of the taken groups.
pub(super) fn find(anchors: &[Anchor<'_>], weighed: &Weighed, around: &Surroundings<'_>, context: &Context, discovery: &mut Discovery) {
    discovery.confidence = weighed.taken.iter().filter_map(|&index| weighed.scores.get(index)).copied().fold(0.0, f64::max);
    let items = gather(anchors, &homes(anchors, weighed), around.dom);
    discovery.links = item::describe(&items, around, "repeated structure");
    discovery.links.retain(|link| link.title.is_some());
    if context.explain {
        explain(anchors, weighed, discovery);
    }
}

/// Each taken address' best place on the page, in the page's order: in a heading rather than not, in a better group rather than a worse one.
pub(super) fn homes(anchors: &[Anchor<'_>], weighed: &Weighed) -> Vec<usize> {
    let mut homes: HashMap<usize, usize> = HashMap::new();
    for headed in [true, false] {
        for group in weighed.taken.iter().filter_map(|&index| weighed.groups.get(index)) {
            for &index in &group.members {
                let Some(anchor) = anchors.get(index).filter(|anchor| anchor.in_heading == headed) else { continue };
                homes.entry(anchor.id).or_insert(index);
            }
        }
    }
    let mut homes: Vec<usize> = homes.into_values().collect();
    homes.sort_unstable();
    homes
}

/// The items of these links: each with all links to its address in its own part of the page.
pub(super) fn gather<'s, 'a>(anchors: &'s [Anchor<'a>], homes: &[usize], dom: &'a Dom) -> Vec<Item<'s, 'a>> {
    let chosen: Vec<&Anchor<'a>> = homes.iter().filter_map(|&index| anchors.get(index)).collect();
    let containers = structure::containers(chosen.iter().copied());
    let by_node: HashMap<ego_tree::NodeId, &Anchor<'a>> = anchors.iter().map(|anchor| (anchor.element.id(), anchor)).collect();
    let mut items = Vec::with_capacity(chosen.len());
    for (home, (id, container)) in chosen.into_iter().zip(containers) {
        let Some(container) = dom.html.tree.get(container).and_then(ElementRef::wrap) else { continue };
        let inside = container.descendants().filter_map(|node| by_node.get(&node.id()).copied());
        let mut links: Vec<&Anchor<'a>> = inside.filter(|anchor| anchor.id == id).collect();
        if links.is_empty() {
            links.push(home);
        }
        items.push(Item { links, container });
    }
    items
}

fn explain(anchors: &[Anchor<'_>], weighed: &Weighed, discovery: &mut Discovery) {
    let mut order: Vec<(usize, f64)> = weighed.scores.iter().copied().enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let items: HashSet<String> = discovery.links.iter().map(|link| link.url.canonical_key()).collect();
    for (index, score) in order {
        let Some(group) = weighed.groups.get(index) else { continue };
        let taken = weighed.taken.contains(&index);
        if discovery.groups.len() < GROUPS_KEPT {
            let samples = group.anchors(anchors).map(|anchor| anchor.text.clone()).filter(|text| !text.is_empty()).take(SAMPLES).collect();
            discovery.groups.push(LinkGroup { signature: group.signature.clone(), links: group.containers.len(), score, taken, samples });
        }
        if !taken {
            let dropped = group.anchors(anchors).filter(|anchor| !items.contains(&anchor.key));
            let why = |anchor: &Anchor<'_>| DroppedLink { url: anchor.url.to_string(), reason: reason(anchor).to_owned() };
            discovery.dropped.extend(dropped.map(why));
        }
    }
}

/// Why a link is no item.
fn reason(anchor: &Anchor<'_>) -> &'static str {
    let own = anchor.element.attr("class").unwrap_or("");
    match anchor.place {
        place if place.nav => "navigation",
        place if place.footer => "footer",
        place if place.header => "page-header",
        place if place.aside => "aside",
        place if place.head_cell => "column-head",
        place if place.furniture || says_furniture(own) => "furniture",
        _ if is_topic(anchor) => "topic-page",
        _ if anchor.in_prose => "in-running-text",
        _ => "unlike-items",
    }
}
