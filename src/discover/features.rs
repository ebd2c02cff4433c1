//! What sets the items of a page apart from its menus, as numbers from 0 to 1 for each group of links.
//!
//! Two rounds: the first looks at each group alone, the second at how it stands to the groups that the first found likely.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Node;

use super::anchor::Anchor;
use super::likeness::{common_shape, is_interleaved, is_lesser, same_mask};
use super::structure::Group;
use super::words::{is_generic, is_long, is_only_date, is_topic_segment, looks_dated, weight};
use crate::html::{Attribute as _, Dom, is_time};

/// Headlines become addresses of at least so many words.
const SLUG_WORDS: usize = 3;
/// Texts longer than this weigh no more.
pub(super) const LONGEST: usize = 120;
/// More links, and more text, in one container weigh no more.
const CROWD: usize = 8;
const MUCH_TEXT: usize = 600;

/// The features of the first round, in the order of [`first`].
pub(super) const FIRST: [&str; 45] = [
    "bias",
    "heading",
    "table",
    "head-cell",
    "document",
    "long",
    "length",
    "generic",
    "slug",
    "number",
    "date-path",
    "child",
    "self-path",
    "external",
    "nav",
    "header",
    "footer",
    "aside",
    "main",
    "article",
    "list-item",
    "prose",
    "empty",
    "heading-long",
    "external-slug",
    "furniture-word",
    "topic-word",
    "item-word",
    "carries-address",
    "unique",
    "shape",
    "dated",
    "pictured",
    "crowded",
    "extra-text",
    "first-link",
    "mass",
    "largest",
    "second",
    "few",
    "count",
    "aligned",
    "repeated",
    "position",
    "long-largest",
];
/// Those of the first round that rest on words of class names and addresses.
pub(super) const WORDED: [&str; 3] = ["furniture-word", "topic-word", "item-word"];
/// The features that the second round adds.
pub(super) const SECOND: [&str; 8] =
    ["likely", "best", "same-as-better", "kin", "inside", "interleaved", "interleaved-short", "better-heading"];

/// The average of a property over the links of a group.
type Means = [f64; 29];

/// The features of each group by itself.
pub(super) fn first(dom: &Dom, anchors: &[Anchor<'_>], groups: &[Group]) -> Vec<Vec<f64>> {
    let own = properties(dom, anchors);
    let holdings = holdings(dom);
    let all_text: usize = anchors.iter().map(|anchor| weight(&anchor.text).min(LONGEST)).sum();
    let mass = |group: &Group| group.anchors(anchors).map(|anchor| weight(&anchor.text).min(LONGEST)).sum::<usize>();
    let masses: Vec<usize> = groups.iter().map(mass).collect();
    let mut sizes: Vec<usize> = groups.iter().map(|group| group.containers.len()).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    let (largest, second) = (sizes.first().copied().unwrap_or(0), sizes.get(1).copied().unwrap_or(0));
    let mut uses: HashMap<usize, usize> = HashMap::new();
    for id in groups.iter().flat_map(Group::ids) {
        *uses.entry(id).or_default() += 1;
    }
    let mut all = Vec::with_capacity(groups.len());
    for (group, mass) in groups.iter().zip(&masses) {
        let mut values = means(group, &own).to_vec();
        let count = group.containers.len();
        let inner = contents(&holdings, anchors, group);
        let is_largest = f64::from(count == largest);
        let long = values.get(5).copied().unwrap_or(0.0);
        values.extend([
            unique(anchors, group),
            share(common_shape(anchors, group).map_or(0, |(_, count)| count), group.members.len()),
            inner.dated,
            inner.pictured,
            inner.crowded,
            inner.extra_text,
            inner.first_link,
            share(*mass, all_text),
            is_largest,
            f64::from(count == second && count != largest),
            f64::from(count < 3),
            (count as f64).ln().min(4.0) / 4.0,
            aligned(dom, group),
            share(group.ids().filter(|id| uses.get(id).is_some_and(|&uses| uses > 1)).count(), count),
            group.anchors(anchors).next().map_or(0.0, |anchor| anchor.position),
            is_largest * long,
        ]);
        // Texts that differ in their numbers only say as little as "more".
        if let Some(generic) = values.get_mut(7) {
            *generic = generic.max(same_mask(anchors, group));
        }
        all.push(values);
    }
    all
}

/// The features of each group beside the others; `likely` is what the first round came to.
pub(super) fn second(anchors: &[Anchor<'_>], groups: &[Group], first: &[Vec<f64>], likely: &[f64]) -> Vec<Vec<f64>> {
    let best = likely.iter().copied().fold(0.0, f64::max);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let chance = |index: usize| likely.get(index).copied().unwrap_or(0.0);
    order.sort_by(|&one, &other| chance(other).total_cmp(&chance(one)).then(one.cmp(&other)));
    let mut beside = vec![[0.0; 6]; groups.len()];
    let (mut taken, mut owned, mut shapes): (HashSet<usize>, HashMap<NodeId, usize>, HashSet<usize>) = Default::default();
    let mut has_heading = 0.0_f64;
    let mut better: Vec<usize> = Vec::new();
    for index in order {
        let (Some(group), Some(slot)) = (groups.get(index), beside.get_mut(index)) else { continue };
        let heading = first.get(index).and_then(|values| values.get(1)).copied().unwrap_or(0.0);
        let alternates = better.iter().filter_map(|&other| groups.get(other)).find(|other| is_interleaved(group, other));
        let is_shorter = alternates.is_some_and(|other| is_lesser(anchors, group, other));
        *slot = [
            share(group.ids().filter(|id| taken.contains(id)).count(), group.containers.len()),
            share(group.anchors(anchors).filter(|anchor| shapes.contains(&anchor.shape)).count(), group.members.len()),
            share(group.anchors(anchors).filter(|anchor| is_inside(anchor, &owned)).count(), group.members.len()),
            f64::from(alternates.is_some()),
            f64::from(is_shorter),
            if heading < 0.5 { has_heading } else { 0.0 },
        ];
        if chance(index) >= 0.5 || better.is_empty() && chance(index) >= 0.15 {
            taken.extend(group.ids());
            owned.extend(group.containers.iter().map(|(id, node)| (*node, *id)));
            shapes.extend(common_shape(anchors, group).map(|(shape, _)| shape));
            has_heading = has_heading.max(f64::from(heading > 0.5));
            better.push(index);
        }
    }
    let rows = first.iter().zip(likely).zip(beside);
    rows.map(|((first, &likely), beside)| {
        let mut values = first.clone();
        values.extend([likely, if best > 0.0 { likely / best } else { 0.0 }]);
        values.extend(beside);
        values
    })
    .collect()
}

/// What each link has of itself; the first [`Means`] places of [`FIRST`].
fn properties(dom: &Dom, anchors: &[Anchor<'_>]) -> Vec<Means> {
    let own_path = dom.url.path().trim_end_matches('/');
    let own_host = dom.url.host();
    let flag = f64::from;
    let mut sites: HashMap<&str, bool> = HashMap::new();
    let mut all = Vec::with_capacity(anchors.len());
    for anchor in anchors {
        let (place, path) = (anchor.place, anchor.url.path());
        let external = !*sites.entry(anchor.url.host()).or_insert_with(|| anchor.url.same_site(&dom.url));
        let last = last_segment(path);
        let slug = last.split(['-', '_', '+', ' ']).filter(|word| !word.is_empty()).count() > SLUG_WORDS || last.contains("%20");
        let query = anchor.url.parts().query().unwrap_or("");
        let same_host = anchor.url.host() == own_host;
        let long = is_long(&anchor.text);
        all.push([
            1.0,
            flag(anchor.in_heading),
            flag(place.table),
            flag(place.head_cell),
            flag(is_document(path)),
            flag(long),
            weight(&anchor.text).min(LONGEST) as f64 / LONGEST as f64,
            flag(!anchor.text.is_empty() && (is_generic(&anchor.text) || is_only_date(&anchor.text))),
            flag(slug),
            flag(has_number(path) || has_number(query)),
            flag(has_date(path)),
            flag(same_host && !own_path.is_empty() && path.len() > own_path.len() + 1 && path.starts_with(own_path)),
            flag(same_host && path.trim_end_matches('/') == own_path),
            flag(external),
            flag(place.nav),
            flag(place.header),
            flag(place.footer),
            flag(place.aside),
            flag(place.main),
            flag(place.article),
            flag(place.list_item),
            flag(anchor.in_prose),
            flag(anchor.text.is_empty()),
            flag(anchor.in_heading && long),
            flag(external && slug),
            flag(place.furniture),
            flag(is_topic(anchor)),
            flag(place.item_word),
            flag(carries_address(query)),
        ]);
    }
    all
}

fn means(group: &Group, own: &[Means]) -> Means {
    let mut sums: Means = [0.0; 29];
    for properties in group.members.iter().filter_map(|&index| own.get(index)) {
        for (sum, property) in sums.iter_mut().zip(properties) {
            *sum += property;
        }
    }
    sums.map(|sum| sum / group.members.len().max(1) as f64)
}

/// What the containers of a group hold, on average.
#[derive(Default)]
struct Contents {
    dated: f64,
    pictured: f64,
    crowded: f64,
    extra_text: f64,
    first_link: f64,
}

fn contents(holdings: &HashMap<NodeId, Holding>, anchors: &[Anchor<'_>], group: &Group) -> Contents {
    let mut first_of: HashMap<usize, NodeId> = HashMap::new();
    for anchor in group.anchors(anchors) {
        first_of.entry(anchor.id).or_insert(anchor.element.id());
    }
    let mut sums = Contents::default();
    for (id, node) in &group.containers {
        let Some(holding) = holdings.get(node) else { continue };
        sums.dated += f64::from(holding.dated);
        sums.pictured += f64::from(holding.pictured);
        sums.crowded += holding.links.min(CROWD) as f64 / CROWD as f64;
        sums.extra_text += holding.text.min(MUCH_TEXT) as f64 / MUCH_TEXT as f64;
        sums.first_link += f64::from(holding.first_link.is_some() && holding.first_link.as_ref() == first_of.get(id));
    }
    let count = group.containers.len().max(1) as f64;
    Contents {
        dated: sums.dated / count,
        pictured: sums.pictured / count,
        crowded: sums.crowded / count,
        extra_text: sums.extra_text / count,
        first_link: sums.first_link / count,
    }
}

/// What one element holds, with all below it.
#[derive(Debug, Clone, Copy, Default)]
struct Holding {
    dated: bool,
    pictured: bool,
    links: usize,
    text: usize,
    first_link: Option<NodeId>,
}

impl Holding {
    fn add(&mut self, inner: Self) {
        self.dated |= inner.dated;
        self.pictured |= inner.pictured;
        self.links += inner.links;
        self.text += inner.text;
        self.first_link = self.first_link.or(inner.first_link);
    }
}

/// What each element of the page holds, in one walk.
fn holdings(dom: &Dom) -> HashMap<NodeId, Holding> {
    let mut all = HashMap::new();
    let mut open: Vec<Holding> = vec![Holding::default()];
    for edge in dom.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let mut own = Holding::default();
                    match element.name() {
                        "a" => (own.links, own.first_link) = (1, Some(node.id())),
                        "img" | "picture" => own.pictured = true,
                        name if is_time(name) => own.dated = true,
                        _ => {}
                    }
                    open.push(own);
                }
                Node::Text(words) => {
                    if let Some(holding) = open.last_mut() {
                        holding.dated |= looks_dated(words);
                        holding.text += words.trim().len();
                    }
                }
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() => {
                let Some(own) = open.pop() else { continue };
                all.insert(node.id(), own);
                if let Some(above) = open.last_mut() {
                    above.add(own);
                }
            }
            Edge::Close(_) => {}
        }
    }
    all
}

fn unique(anchors: &[Anchor<'_>], group: &Group) -> f64 {
    let texts: HashSet<&str> = group.anchors(anchors).map(|anchor| anchor.text.as_str()).collect();
    share(texts.len(), group.members.len())
}

/// The share of containers that stand side by side under one parent.
fn aligned(dom: &Dom, group: &Group) -> f64 {
    let mut parents: HashMap<NodeId, usize> = HashMap::new();
    for (_, node) in &group.containers {
        if let Some(parent) = dom.html.tree.get(*node).and_then(|node| node.parent()) {
            *parents.entry(parent.id()).or_default() += 1;
        }
    }
    share(parents.values().copied().max().unwrap_or(0), group.containers.len())
}

/// Whether a link stands in a container of another address.
fn is_inside(anchor: &Anchor<'_>, owned: &HashMap<NodeId, usize>) -> bool {
    let owner = anchor.element.ancestors().chain([*anchor.element]).find_map(|node| owned.get(&node.id()));
    owner.is_some_and(|owner| *owner != anchor.id)
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or("")
}

fn has_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4)
}

fn has_date(path: &str) -> bool {
    let mut segments = path.split(['/', '-']).filter(|segment| !segment.is_empty()).peekable();
    while let Some(segment) = segments.next() {
        let is_year =
            segment.len() == 4 && (segment.starts_with("19") || segment.starts_with("20")) && segment.bytes().all(|b| b.is_ascii_digit());
        if is_year
            && segments.peek().is_some_and(|month| month.len() <= 2 && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)))
        {
            return true;
        }
    }
    false
}

/// Links to share or to save a page carry its address.
fn carries_address(query: &str) -> bool {
    query.contains("://") || query.contains("%3A%2F%2F") || query.contains("%3a%2f%2f")
}

fn is_document(path: &str) -> bool {
    let name = last_segment(path);
    [".pdf", ".doc", ".docx", ".odt", ".rtf"]
        .iter()
        .any(|end| name.len() > end.len() && name.get(name.len() - end.len()..).is_some_and(|tail| tail.eq_ignore_ascii_case(end)))
}

/// Whether nothing about a group speaks of articles: no headings, dates, long texts, documents, or addresses made of headlines or numbers.
pub(super) fn is_like_menu(values: &[f64]) -> bool {
    const HARDLY: f64 = 0.3;
    const SIGNS: [&str; 7] = ["heading", "document", "long", "slug", "number", "date-path", "dated"];
    FIRST.iter().zip(values).filter(|(name, _)| SIGNS.contains(name)).all(|(_, value)| *value < HARDLY)
}

/// Whether an address is one of tags, sections, authors or accounts.
pub(super) fn is_topic(anchor: &Anchor<'_>) -> bool {
    anchor.url.path().split('/').any(is_topic_segment)
        || anchor.element.attribute("href").is_some_and(|href| href.contains("#comment") || href.contains("#respond"))
}

pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
