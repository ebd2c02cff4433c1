//! Links grouped by the structure that they share, and the part of the page that is each one's own.

use std::collections::{BTreeMap, HashMap, HashSet};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::anchor::Anchor;
use super::words::{can_repeat, mask};

/// How many elements above a link make its structure, and of how many of those the classes count.
const LEVELS: usize = 5;
const LEVELS_WITH_CLASSES: usize = 3;

/// Links of sentences are apart from those of the same structure that stand alone.
const IN_PROSE: &str = " (in running text)";

/// Fewer links are not split by what they say; a share of them must say the same for that.
const FEWEST_TO_SPLIT: usize = 6;
const SHARED: f64 = 0.15;
const OTHERS: &str = "\u{0}";

/// Links of one structure.
pub(super) struct Group {
    pub(super) signature: String,
    /// Indices of its links, in the page's order.
    pub(super) members: Vec<usize>,
    /// Its addresses in the page's order, each with the highest element that holds no other address of this group.
    pub(super) containers: Vec<(usize, NodeId)>,
}

impl Group {
    /// The different addresses of the group, by number.
    pub(super) fn ids(&self) -> impl Iterator<Item = usize> {
        self.containers.iter().map(|(id, _)| *id)
    }

    /// Its links.
    pub(super) fn anchors<'s, 'a>(&'s self, anchors: &'s [Anchor<'a>]) -> impl Iterator<Item = &'s Anchor<'a>> {
        self.members.iter().filter_map(|&index| anchors.get(index))
    }
}

/// The links grouped by structure, in the order of their first link.
pub(super) fn group(anchors: &[Anchor<'_>]) -> Vec<Group> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (index, anchor) in anchors.iter().enumerate() {
        let mut signature = signature(anchor.element);
        if anchor.in_prose {
            signature.push_str(IN_PROSE);
        }
        let next = groups.len();
        let at = *places.entry(signature).or_insert_with_key(|signature| {
            groups.push(Group { signature: signature.clone(), members: Vec::new(), containers: Vec::new() });
            next
        });
        if let Some(group) = groups.get_mut(at) {
            group.members.push(index);
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().flat_map(|group| split(anchors, group)).collect();
    for group in &mut groups {
        group.containers = containers(group.members.iter().filter_map(|&index| anchors.get(index)));
    }
    groups
}

/// The structure of a link: its own and its ancestors' tags and general classes.
fn signature(element: ElementRef<'_>) -> String {
    let mut chain: Vec<ElementRef<'_>> = element.ancestors().filter_map(ElementRef::wrap).take(LEVELS).collect();
    chain.reverse();
    let levels = chain.len();
    let mut text = String::with_capacity(120);
    for (place, ancestor) in chain.into_iter().enumerate() {
        describe(ancestor, levels - place <= LEVELS_WITH_CLASSES, &mut text);
        text.push_str(" > ");
    }
    describe(element, true, &mut text);
    text
}

fn describe(element: ElementRef<'_>, with_classes: bool, text: &mut String) {
    text.push_str(element.value().name());
    if with_classes {
        for class in element.value().classes().filter(|class| is_general(class)).take(3) {
            text.push('.');
            text.push_str(class);
        }
    }
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
    let digits = class.bytes().filter(u8::is_ascii_digit).count();
    let mixes = digits > 0 && class.len() >= 5 && class.bytes().any(|c| c.is_ascii_alphabetic());
    let begins = |prefix: &&str| class.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    // The cheap tests come first.
    !mixes && digits < 3 && !SINGLE.iter().any(|single| class.eq_ignore_ascii_case(single)) && !PREFIXES.iter().any(begins)
}

/// Links of one structure that say the same but for their numbers ("PDF", "Comments (3)", "hide") are a group of their own beside the others.
fn split(anchors: &[Anchor<'_>], group: Group) -> Vec<Group> {
    if group.members.len() < FEWEST_TO_SPLIT {
        return vec![group];
    }
    let said = |index: usize| {
        anchors.get(index).filter(|anchor| !anchor.in_heading && can_repeat(anchor.said())).map(|anchor| mask(anchor.said()))
    };
    let masks: Vec<Option<String>> = group.members.iter().map(|&index| said(index)).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for mask in masks.iter().flatten() {
        *uses.entry(mask).or_default() += 1;
    }
    let most = group.members.len() as f64 * SHARED;
    uses.retain(|_, uses| *uses >= 3 && *uses as f64 >= most && *uses < group.members.len());
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (&index, mask) in group.members.iter().zip(&masks) {
        let name = mask.as_deref().filter(|mask| uses.contains_key(mask)).unwrap_or(OTHERS);
        parts.entry(name).or_default().push(index);
    }
    let signature =
        |name: &str| if name == OTHERS { group.signature.clone() } else { format!("{} (“{}”)", group.signature, name.trim()) };
    parts.into_iter().map(|(name, members)| Group { signature: signature(name), members, containers: Vec::new() }).collect()
}

/// Which part of the page is whose: for each element the one address below it, if it is only one.
pub(super) struct Territory {
    below: HashMap<NodeId, Option<usize>>,
}

impl Territory {
    /// Of these links.
    pub(super) fn of<'s, 'a: 's>(links: impl Iterator<Item = &'s Anchor<'a>>) -> Self {
        let mut below: HashMap<NodeId, Option<usize>> = HashMap::new();
        for anchor in links {
            for ancestor in anchor.element.ancestors() {
                match below.get(&ancestor.id()) {
                    None => {
                        below.insert(ancestor.id(), Some(anchor.id));
                    }
                    Some(Some(id)) if *id != anchor.id => {
                        below.insert(ancestor.id(), None);
                    }
                    // From here up all is known already.
                    Some(None) => break,
                    Some(Some(_)) => {}
                }
            }
        }
        Self { below }
    }

    /// The highest element around a link that holds no other address.
    pub(super) fn container(&self, anchor: &Anchor<'_>) -> NodeId {
        let alone = anchor.element.ancestors().take_while(|ancestor| self.below.get(&ancestor.id()).copied().flatten().is_some());
        let is_part = |name: &str| !matches!(name, "body" | "html" | "main");
        let highest = alone.filter(|ancestor| ancestor.value().as_element().is_some_and(|element| is_part(element.name()))).last();
        highest.map_or(anchor.element.id(), |node| node.id())
    }
}

/// For each address the highest element that holds no other one of these links' addresses.
fn containers<'s, 'a: 's>(links: impl Iterator<Item = &'s Anchor<'a>> + Clone) -> Vec<(usize, NodeId)> {
    let territory = Territory::of(links.clone());
    let mut seen = HashSet::new();
    links.filter(|anchor| seen.insert(anchor.id)).map(|anchor| (anchor.id, territory.container(anchor))).collect()
}
