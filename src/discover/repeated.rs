//! Items as repeated structure, and items by configured rules.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::anchor::{self, Anchor, Group};
use super::item::{self, Surroundings};
use super::{Context, Rules, pagination, score, structured};
use crate::extract::date;
use crate::html::{Dom, text_of};
use crate::model::{Discovery, DroppedLink, LinkGroup, Note, Origin};

/// From this probability on a group is taken.
const TAKEN: f64 = 0.5;
/// The best group is taken from here on, if none reaches the other threshold.
const BEST: f64 = 0.15;
/// A group inside the items of a better one (venues, formats, links of full posts) is dropped from this share on.
const INSIDE: f64 = 0.6;
/// How many groups, samples and dropped links are kept for `try`.
const GROUPS_KEPT: usize = 20;
const SAMPLES: usize = 3;

/// Finds the items and the next page.
pub(super) fn find(dom: &Dom, anchors: &[Anchor<'_>], rules: &Rules, context: &Context, discovery: &mut Discovery) {
    let language = dom.survey.lang.clone().unwrap_or_default();
    let around = Surroundings { dom, language: &language, zone: &context.zone };
    let by_rule = rules.item.is_some() || rules.link.is_some();
    if by_rule {
        by_rules(dom, anchors, rules, &around, discovery);
    } else {
        by_structure(dom, anchors, &around, context, discovery);
    }
    let found: Vec<String> = discovery.links.iter().map(|link| link.url.canonical_key()).collect();
    let items: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    discovery.next = match &rules.next {
        Some(css) => dom.html.select(css.selector()).next().and_then(|element| dom.base.join(element.attr("href")?)),
        None => pagination::next(dom, anchors, &items),
    };
}

fn by_structure(dom: &Dom, anchors: &[Anchor<'_>], around: &Surroundings<'_>, context: &Context, discovery: &mut Discovery) {
    let groups = anchor::group(anchors);
    let mut scores = score::score(dom, anchors, &groups);
    let told = structured::listed(dom);
    for (group, score) in groups.iter().zip(&mut scores) {
        let hits = group.containers.keys().filter(|key| told.contains(*key)).count();
        if hits * 2 > group.containers.len() && hits >= 3 {
            *score = score.max(0.9);
        }
    }
    let taken = choose(dom, anchors, &groups, &scores);
    discovery.confidence = taken.iter().filter_map(|&index| scores.get(index)).copied().fold(0.0, f64::max);
    // An item's links, in the page's order, and the container of the best group it is in.
    let mut items: BTreeMap<usize, (Vec<&Anchor<'_>>, NodeId)> = BTreeMap::new();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for group in taken.iter().filter_map(|&index| groups.get(index)) {
        for (&index, anchor) in group.members.iter().filter_map(|index| Some((index, anchors.get(*index)?))) {
            let Some(&container) = group.containers.get(&anchor.key) else { continue };
            let at = *place.entry(&anchor.key).or_insert(index);
            items.entry(at).or_insert_with(|| (Vec::new(), container)).0.push(anchor);
        }
    }
    for (links, container) in items.into_values() {
        let Some(container) = dom.html.tree.get(container).and_then(ElementRef::wrap) else { continue };
        let position = discovery.links.len();
        discovery.links.extend(item::describe(&links, container, around, position, &Origin::new("repeated structure")));
    }
    discovery.links.retain(|link| link.title.is_some());
    if context.explain {
        explain(anchors, &groups, &scores, &taken, discovery);
    }
}

/// The groups to take, best first.
fn choose(dom: &Dom, anchors: &[Anchor<'_>], groups: &[Group], scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let score = |index: usize| scores.get(index).copied().unwrap_or(0.0);
    order.sort_by(|&one, &other| score(other).total_cmp(&score(one)).then(one.cmp(&other)));
    let mut likely: Vec<usize> = order.iter().copied().filter(|&index| score(index) >= TAKEN).collect();
    if likely.is_empty() {
        likely.extend(order.first().copied().filter(|&index| score(index) >= BEST));
    }
    let mut taken: Vec<usize> = Vec::new();
    let mut owned: BTreeMap<NodeId, &str> = BTreeMap::new();
    for index in likely {
        let Some(group) = groups.get(index) else { continue };
        if is_inside(dom, anchors, group, &owned) {
            continue;
        }
        owned.extend(group.containers.iter().map(|(key, id)| (*id, key.as_str())));
        taken.push(index);
    }
    taken
}

fn is_inside(_dom: &Dom, anchors: &[Anchor<'_>], group: &Group, owned: &BTreeMap<NodeId, &str>) -> bool {
    let members = group.members.iter().filter_map(|&index| anchors.get(index));
    let inside = members.filter(|anchor| {
        anchor.element.ancestors().chain([*anchor.element]).any(|node| owned.get(&node.id()).is_some_and(|owner| *owner != anchor.key))
    });
    inside.count() as f64 >= group.members.len().max(1) as f64 * INSIDE
}

fn explain(anchors: &[Anchor<'_>], groups: &[Group], scores: &[f64], taken: &[usize], discovery: &mut Discovery) {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by(|&one, &other| scores.get(other).unwrap_or(&0.0).total_cmp(scores.get(one).unwrap_or(&0.0)).then(one.cmp(&other)));
    for index in order.iter().copied() {
        let (Some(group), Some(&score)) = (groups.get(index), scores.get(index)) else { continue };
        let members = || group.members.iter().filter_map(|&index| anchors.get(index));
        if discovery.groups.len() < GROUPS_KEPT {
            let samples = members().map(|anchor| anchor.text.clone()).filter(|text| !text.is_empty()).take(SAMPLES).collect();
            discovery.groups.push(LinkGroup {
                signature: group.signature.clone(),
                links: group.containers.len(),
                score,
                taken: taken.contains(&index),
                samples,
            });
        }
        if !taken.contains(&index) {
            discovery
                .dropped
                .extend(members().map(|anchor| DroppedLink { url: anchor.url.to_string(), reason: reason(anchor).to_owned() }));
        }
    }
}

fn reason(anchor: &Anchor<'_>) -> &'static str {
    match anchor.place {
        place if place.nav => "navigation",
        place if place.footer => "footer",
        place if place.header => "page-header",
        place if place.aside => "aside",
        place if place.furniture => "furniture",
        _ if score::is_topic(anchor) => "topic-page",
        _ => "unlike-items",
    }
}

/// Items by the configuration: `item` elements with a `link` in each, or `link` alone.
fn by_rules(dom: &Dom, anchors: &[Anchor<'_>], rules: &Rules, around: &Surroundings<'_>, discovery: &mut Discovery) {
    let missed = |key: &str, css: &str| Note::new("selector-missed", format!("`listing.{key}` (`{css}`) matches nothing on the page"));
    let containers: Vec<ElementRef<'_>> = match (&rules.item, &rules.link) {
        (Some(css), _) => dom.html.select(css.selector()).collect(),
        (None, Some(css)) => dom.html.select(css.selector()).collect(),
        (None, None) => Vec::new(),
    };
    if containers.is_empty() {
        let (key, css) = rules.item.as_ref().map_or(("link", rules.link.as_ref()), |item| ("item", Some(item)));
        discovery.notes.push(missed(key, css.map_or("", |css| css.as_str())));
    }
    let mut seen = BTreeSet::new();
    for container in containers {
        let inner = rules.link.as_ref().filter(|_| rules.item.is_some());
        let holder = match inner {
            Some(css) => container.select(css.selector()).next(),
            None => Some(container),
        };
        let Some(holder) = holder else { continue };
        let inside =
            |anchor: &&Anchor<'_>| anchor.element.id() == holder.id() || anchor.element.ancestors().any(|node| node.id() == holder.id());
        let links: Vec<&Anchor<'_>> = anchors.iter().filter(inside).collect();
        let Some(first) = links.iter().find(|anchor| anchor.in_heading).or(links.first()).copied() else { continue };
        if !seen.insert(first.key.clone()) {
            continue;
        }
        let same: Vec<&Anchor<'_>> = links.iter().copied().filter(|anchor| anchor.key == first.key).collect();
        let Some(mut link) = item::describe(&same, container, around, discovery.links.len(), &Origin::new("listing rules")) else {
            continue;
        };
        let text = |css: &Option<crate::html::Css>| {
            css.as_ref().and_then(|css| container.select(css.selector()).next()).map(text_of).filter(|text| !text.is_empty())
        };
        link.title = text(&rules.title).or(link.title);
        link.teaser = text(&rules.summary).or(link.teaser);
        link.author = text(&rules.author).or(link.author);
        let dated = rules.date.as_ref().and_then(|css| container.select(css.selector()).next());
        let told =
            dated.and_then(|element| date::parse(element.attr("datetime").unwrap_or(&text_of(element)), around.language, around.zone));
        link.date = told.or(link.date);
        discovery.links.push(link);
    }
    discovery.confidence = if discovery.links.is_empty() { 0.0 } else { 1.0 };
}
