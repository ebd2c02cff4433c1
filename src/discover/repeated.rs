//! Items as repeated structure: the likely groups' links, each with its own part of the page.

use std::collections::{HashMap, HashSet};

use scraper::ElementRef;

use super::Context;
use super::anchor::Anchor;
use super::features::is_topic;
use super::item::{self, Item, Surroundings};
use super::likeness;
use super::score::{self, Weights};
use super::structure::{self, Group, Territory};
use super::words::says_furniture;
use crate::html::{Attribute as _, Dom};
use crate::model::{Discovery, DroppedLink, LinkGroup};

/// From this probability on a group is taken.
const TAKEN: f64 = 0.5;
/// The best group is taken from here on, if none reaches the other threshold.
const BEST: f64 = 0.15;
/// Groups of so large a part of the best probability are as good.
const NEAR: f64 = 0.4;
/// From here on a group that is like a taken one but for its classes is taken too.
const KIN: f64 = 0.02;
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
    let taken = without_rivals(anchors, &groups, choose(anchors, &groups, &scores));
    let taken = with_kin(anchors, &groups, &scores, taken);
    Weighed { groups, scores, taken }
}

/// The groups to take, best first.
fn choose(anchors: &[Anchor<'_>], groups: &[Group], scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let likely: Vec<usize> = order.iter().filter(|(_, score)| *score >= TAKEN).map(|(index, _)| *index).collect();
    if !likely.is_empty() {
        return likely;
    }
    // Nothing is sure. Of the best few, those whose texts say something go before pictures and "more".
    let tip = order.first().map_or(1.0, |(_, score)| score * NEAR).max(BEST);
    let near = order.iter().take_while(|(_, score)| *score >= tip).filter_map(|(index, _)| Some((*index, groups.get(*index)?)));
    let is_menu = |group: &Group| group.anchors(anchors).all(|anchor| anchor.place.nav || anchor.place.footer);
    let near: Vec<(usize, &Group)> = near.filter(|(_, group)| !is_menu(group)).collect();
    let says = near.iter().find(|(_, group)| !likeness::is_poor(anchors, group));
    says.or(near.first()).map(|(index, _)| *index).into_iter().collect()
}

/// Leaves out what comes along with the items of a better group: their comments, formats, ages, authors, sources.
fn without_rivals(anchors: &[Anchor<'_>], groups: &[Group], taken: Vec<usize>) -> Vec<usize> {
    let is_poor = |index: &usize| groups.get(*index).is_some_and(|group| likeness::is_poor(anchors, group));
    // What says something comes first, however likely the rest is.
    let (mut poor, rich): (Vec<usize>, Vec<usize>) = taken.into_iter().partition(is_poor);
    // Of a row's formats the first is the main one.
    poor.sort_by_key(|&index| groups.get(index).and_then(|group| group.members.first().copied()));
    let mut kept: Vec<usize> = Vec::new();
    for index in rich.iter().chain(&poor).copied() {
        let Some(group) = groups.get(index) else { continue };
        let mut better = kept.iter().filter_map(|&other| groups.get(other));
        let is_poor = poor.contains(&index);
        let is_rival = better.any(|other| {
            let alternates = likeness::is_interleaved(group, other);
            alternates && (is_poor || likeness::is_lesser(anchors, group, other)) || is_poor && !likeness::is_poor(anchors, other)
        });
        if !is_rival {
            kept.push(index);
        }
    }
    kept
}

/// Adds groups of the same elements, under other classes, with the same kind of addresses as one that is taken: the featured, the sticky, the last.
fn with_kin(anchors: &[Anchor<'_>], groups: &[Group], scores: &[f64], mut taken: Vec<usize>) -> Vec<usize> {
    let kind = |index: usize| {
        let group = groups.get(index)?;
        let first = group.anchors(anchors).next()?;
        let has_place = !(first.place.nav || first.place.footer || first.place.aside || first.in_prose);
        let (shape, _) = likeness::common_shape(anchors, group)?;
        has_place.then(|| (likeness::tags(&group.signature), first.in_heading, shape))
    };
    let wanted: Vec<_> = taken.iter().filter_map(|&index| kind(index)).filter(|(_, headed, _)| *headed).collect();
    let is_kin = |index: usize| kind(index).is_some_and(|kind| wanted.contains(&kind));
    let more: Vec<usize> = (0..groups.len())
        .filter(|index| !taken.contains(index) && scores.get(*index).is_some_and(|score| *score >= KIN) && is_kin(*index))
        .collect();
    taken.extend(more);
    taken
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
    let is_aside = |anchor: &Anchor<'_>| anchor.place.nav || anchor.place.header || anchor.place.footer || anchor.place.aside;
    let tests: [&dyn Fn(&Anchor<'_>) -> bool; 3] =
        [&|anchor| anchor.in_heading && !is_aside(anchor), &|anchor| !is_aside(anchor), &|_| true];
    for fits in tests {
        for group in weighed.taken.iter().filter_map(|&index| weighed.groups.get(index)) {
            for &index in &group.members {
                if let Some(anchor) = anchors.get(index).filter(|anchor| fits(anchor)) {
                    homes.entry(anchor.id).or_insert(index);
                }
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
    let ids: HashSet<usize> = chosen.iter().map(|anchor| anchor.id).collect();
    let mut places: HashMap<usize, Vec<&Anchor<'a>>> = HashMap::new();
    for anchor in anchors.iter().filter(|anchor| ids.contains(&anchor.id)) {
        places.entry(anchor.id).or_default().push(anchor);
    }
    let territory = Territory::of(anchors.iter().filter(|anchor| ids.contains(&anchor.id)));
    let element = |id: ego_tree::NodeId| dom.html.tree.get(id).and_then(ElementRef::wrap);
    let mut items = Vec::with_capacity(chosen.len());
    for home in chosen {
        let own = territory.container(home);
        let Some(container) = element(own) else { continue };
        let (mut links, mut elsewhere) = (vec![], None);
        for anchor in places.get(&home.id).into_iter().flatten().copied() {
            let place = territory.container(anchor);
            if place == own {
                links.push(anchor);
            } else {
                elsewhere = elsewhere.or_else(|| element(place));
            }
        }
        items.push(Item { links, container, elsewhere });
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
    let own = anchor.element.attribute("class").unwrap_or("");
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
