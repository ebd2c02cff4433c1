//! Which element holds the article: every element is weighed in one walk over the tree.
//!
//! A paragraph gives its weight to its parent and half of it to its grandparent (the idea of Arc90's Readability, 2009); elements that say of
//! themselves that they are the article's body are preferred when they hold enough.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

use crate::html::{Dom, is_block_element, noise};

/// A shorter text is no paragraph of an article.
const SHORTEST_PARAGRAPH: usize = 25;
/// A block whose text is mostly links is a list of links.
const MOST_LINKS: f64 = 0.5;
/// A body that names itself is believed if it holds this share of the text of the best element.
const ENOUGH_OF_BEST: f64 = 0.4;
/// A parent is taken instead of its child if its own paragraphs add this share of text.
const WORTH_CLIMBING: f64 = 0.35;
/// Scripts without spaces say more with each character.
const DENSE_WEIGHT: usize = 2;

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Characters of text.
    text: usize,
    /// Of those, in links.
    links: usize,
    /// Of those, in paragraphs.
    paragraphs: usize,
    /// The score of Readability.
    score: f64,
    /// How strongly it says that it is the body: 2 by structured data, 1 by name.
    named: u8,
}

/// An element with furniture's name that holds this share of all text is the page itself: builders of pages call everything a widget.
const MOST_OF_PAGE: f64 = 0.35;
/// Crossing the border of an `<article>` takes this much more text: posts of a thread, not teasers below a story.
const WORTH_CROSSING: f64 = 0.8;

struct Frame {
    id: NodeId,
    weight: Weight,
    own_text: usize,
    commas: usize,
    in_link: bool,
    is_block: bool,
}

/// The element that holds the article, and how it was found.
pub(super) fn root(dom: &Dom) -> Option<(NodeId, String)> {
    let weights = weigh(dom);
    let value = |weight: &Weight| weight.score * (1.0 - weight.links as f64 / weight.text.max(1) as f64);
    let order = |id: &NodeId| *id;
    let best =
        weights.iter().max_by(|one, other| value(one.1).total_cmp(&value(other.1)).then_with(|| order(other.0).cmp(&order(one.0))))?;
    let (best, weight) = climb(dom, &weights, *best.0, *best.1);
    let named = weights
        .iter()
        .filter(|(_, candidate)| candidate.named > 0 && candidate.paragraphs as f64 >= weight.paragraphs as f64 * ENOUGH_OF_BEST)
        .max_by_key(|(id, candidate)| (candidate.named, candidate.paragraphs, std::cmp::Reverse(**id)));
    match named {
        Some((id, candidate)) if candidate.named == 2 => Some((*id, "itemprop articleBody".to_owned())),
        Some((id, candidate)) if holds(dom, *id, best) || candidate.paragraphs >= weight.paragraphs => Some((*id, "named body".to_owned())),
        _ if weight.paragraphs > 0 => Some((best, "densest text".to_owned())),
        _ => None,
    }
}

fn holds(dom: &Dom, outer: NodeId, inner: NodeId) -> bool {
    dom.html.tree.get(inner).is_some_and(|node| node.id() == outer || node.ancestors().any(|ancestor| ancestor.id() == outer))
}

/// Goes up while that brings in more paragraphs of the same article.
fn climb(dom: &Dom, weights: &HashMap<NodeId, Weight>, start: NodeId, weight: Weight) -> (NodeId, Weight) {
    let (mut best, mut weight) = (start, weight);
    let mut crossed =
        dom.html.tree.get(start).is_some_and(|node| node.value().as_element().is_some_and(|element| element.name() == "article"));
    let Some(node) = dom.html.tree.get(start) else { return (best, weight) };
    for ancestor in node.ancestors() {
        let Some(element) = ancestor.value().as_element() else { break };
        if matches!(element.name(), "body" | "html") {
            break;
        }
        let Some(wider) = weights.get(&ancestor.id()) else { break };
        let links = wider.links as f64 / wider.text.max(1) as f64;
        let worth = if crossed { WORTH_CROSSING } else { WORTH_CLIMBING };
        let gained = wider.paragraphs.saturating_sub(weight.paragraphs) as f64 / weight.paragraphs.max(1) as f64;
        if gained >= worth && links < MOST_LINKS {
            (best, weight) = (ancestor.id(), *wider);
        }
        if element.name() == "main" {
            break;
        }
        crossed |= element.name() == "article";
    }
    (best, weight)
}

fn weigh(dom: &Dom) -> HashMap<NodeId, Weight> {
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    let texts = texts(dom);
    let all = texts.values().copied().max().unwrap_or(0);
    let is_page = |id: NodeId| texts.get(&id).is_some_and(|text| *text as f64 >= all as f64 * MOST_OF_PAGE);
    let mut stack: Vec<Frame> = Vec::new();
    let mut skipped: Option<NodeId> = None;
    for edge in dom.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => open(node, &mut stack, &mut skipped, &is_page),
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() && node.value().is_element() => close(&mut stack, &mut weights),
            _ => {}
        }
    }
    weights
}

/// How much text of sentences each element that is named like furniture, and the body, holds.
fn texts(dom: &Dom) -> HashMap<NodeId, usize> {
    let mut texts = HashMap::new();
    let mut stack: Vec<(NodeId, usize, bool)> = Vec::new();
    let mut hidden = 0_usize;
    for edge in dom.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    hidden += usize::from(noise::is_never_text(element));
                    let watched = matches!(element.name(), "body" | "noscript") || noise::is_furniture(element);
                    stack.push((node.id(), 0, watched));
                }
                Node::Text(text) if hidden == 0 && text.trim().len() >= SHORTEST_PARAGRAPH => {
                    if let Some(top) = stack.last_mut() {
                        top.1 += text.trim().len();
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let Some(element) = node.value().as_element() else { continue };
                hidden -= usize::from(noise::is_never_text(element));
                let Some((id, text, watched)) = stack.pop() else { continue };
                if let Some(parent) = stack.last_mut() {
                    parent.1 += text;
                }
                if watched {
                    texts.insert(id, text);
                }
            }
        }
    }
    texts
}

fn open(node: NodeRef<'_, Node>, stack: &mut Vec<Frame>, skipped: &mut Option<NodeId>, is_page: &dyn Fn(NodeId) -> bool) {
    match node.value() {
        Node::Element(element) => {
            let is_furniture = noise::is_surely_furniture(element) || noise::is_furniture(element) && !is_page(node.id());
            if noise::is_never_text(element) || is_furniture || element.name() == "noscript" && !is_page(node.id()) {
                *skipped = Some(node.id());
                return;
            }
            let in_link = element.name() == "a" || stack.last().is_some_and(|frame| frame.in_link);
            let weight = Weight { named: named(element), ..Weight::default() };
            stack.push(Frame { id: node.id(), weight, own_text: 0, commas: 0, in_link, is_block: is_block_element(element.name()) });
        }
        Node::Text(text) => {
            let Some(frame) = stack.last_mut() else { return };
            let (length, commas) = measure(text);
            frame.own_text += length;
            frame.commas += commas;
            frame.weight.text += length;
            if frame.in_link {
                frame.weight.links += length;
            }
        }
        _ => {}
    }
}

fn close(stack: &mut Vec<Frame>, weights: &mut HashMap<NodeId, Weight>) {
    let Some(mut frame) = stack.pop() else { return };
    let links = frame.weight.links as f64 / frame.weight.text.max(1) as f64;
    if frame.is_block && frame.own_text >= SHORTEST_PARAGRAPH && links < MOST_LINKS {
        let points = 1.0 + frame.commas as f64 + (frame.own_text as f64 / 100.0).min(3.0);
        frame.weight.paragraphs += frame.own_text;
        let above = stack.len();
        if let Some(parent) = stack.last_mut() {
            parent.weight.score += points;
        }
        if above >= 2
            && let Some(grandparent) = stack.get_mut(above - 2)
        {
            grandparent.weight.score += points / 2.0;
        }
    }
    if let Some(parent) = stack.last_mut() {
        parent.weight.text += frame.weight.text;
        parent.weight.links += frame.weight.links;
        parent.weight.paragraphs += frame.weight.paragraphs;
        // Inline mark-up is part of its parent's sentence.
        if !frame.is_block {
            parent.own_text += frame.own_text;
            parent.commas += frame.commas;
        }
    }
    if frame.weight.paragraphs > 0 {
        weights.insert(frame.id, frame.weight);
    }
}

/// Characters without runs of white space, and commas of many scripts.
fn measure(text: &str) -> (usize, usize) {
    let (mut length, mut commas, mut space) = (0, 0, true);
    for character in text.chars() {
        if character.is_whitespace() {
            length += usize::from(!space);
            space = true;
            continue;
        }
        space = false;
        length +=
            if ('\u{2e80}'..='\u{9fff}').contains(&character) || ('\u{ac00}'..='\u{d7af}').contains(&character) { DENSE_WEIGHT } else { 1 };
        commas += usize::from(matches!(character, ',' | '،' | '、' | '，' | '。' | '।'));
    }
    (length, commas)
}

fn named(element: &Element) -> u8 {
    if element.attr("itemprop").is_some_and(|names| names.split_whitespace().any(|name| name.eq_ignore_ascii_case("articleBody"))) {
        return 2;
    }
    let names = [element.attr("class"), element.attr("id")];
    let is_named = names.into_iter().flatten().flat_map(str::split_whitespace).any(|name| {
        let name = name.to_ascii_lowercase().replace(['_', '-'], "");
        NAMES.iter().any(|known| name == *known)
    });
    u8::from(is_named)
}

/// What page authors and systems call the element with the text, dashes left out.
const NAMES: [&str; 22] = [
    "articlebody",
    "articlecontent",
    "articletext",
    "storybody",
    "storycontent",
    "storytext",
    "postbody",
    "postcontent",
    "entrycontent",
    "entrybody",
    "posttext",
    "bodytext",
    "bodycopy",
    "contentbody",
    "newsbody",
    "newstext",
    "newscontent",
    "articlemain",
    "markdownbody",
    "fulltext",
    "textcontent",
    "textbody",
];
