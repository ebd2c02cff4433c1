//! What an element is, for writing: which block or inline element it becomes, and whether it is a list of links or a teaser.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::teaser;
use crate::html::collapse;

/// A list or box with more of its text in links than this leads elsewhere.
const MOST_LINKS: f64 = 0.6;
/// So much text with many links is a paragraph of references rather than a menu.
const LONG_TEXT: usize = 400;
/// A related video's box holds a headline, a date and a kicker.
const LARGEST_TEASER: usize = 300;

/// What one walk over an article gathers of each box in it: how much text, how much of that in links, whether a running time.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    boxes: HashMap<NodeId, Shape>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    text: usize,
    linked: usize,
    links: usize,
    has_running_time: bool,
}

impl Shapes {
    /// Measures every box below an element, in one walk: asking each box by itself would take the square of the depth.
    pub(super) fn measure(root: ElementRef<'_>) -> Self {
        let mut shapes = Self::default();
        let mut stack: Vec<Shape> = Vec::new();
        let mut in_links = 0_usize;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        let is_link = element.name() == "a";
                        in_links += usize::from(is_link);
                        stack.push(Shape { links: usize::from(is_link), ..Shape::default() });
                    }
                    Node::Text(words) => {
                        let Some(top) = stack.last_mut() else { continue };
                        let length = words.trim().chars().count();
                        top.text += length;
                        top.linked += if in_links > 0 { length } else { 0 };
                        top.has_running_time |= length > 0 && length <= LARGEST_TEASER && teaser::is_running_time(&collapse(words));
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    let Some(element) = node.value().as_element() else { continue };
                    in_links -= usize::from(element.name() == "a");
                    let Some(shape) = stack.pop() else { continue };
                    if let Some(above) = stack.last_mut() {
                        above.text += shape.text;
                        above.linked += shape.linked;
                        above.links += shape.links;
                        above.has_running_time |= shape.has_running_time;
                    }
                    if is_box(element.name()) {
                        shapes.boxes.insert(node.id(), shape);
                    }
                }
            }
        }
        shapes
    }

    /// Whether a box leads elsewhere: most of its text is links.
    pub(super) fn is_link_list(&self, id: NodeId) -> bool {
        self.boxes.get(&id).is_some_and(|shape| {
            let share = shape.linked as f64 / shape.text.max(1) as f64;
            shape.links > 0 && share > MOST_LINKS && (shape.text < LONG_TEXT || shape.links > 3)
        })
    }

    /// Whether a box is a small one with a headline and a date with a running time.
    pub(super) fn is_teaser(&self, id: NodeId) -> bool {
        self.boxes.get(&id).is_some_and(|shape| shape.has_running_time && shape.text <= LARGEST_TEASER)
    }
}

/// Elements that a list of links or a teaser comes in.
pub(super) fn is_box(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "div" | "section" | "table" | "dl")
}

pub(super) fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    !other.is_empty() && letters(one) == letters(other)
}

pub(super) fn tidy(text: &str) -> String {
    text.split('\n').map(collapse).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Runs of white space become one space; at the start of a line they go.
pub(super) fn collapse_inside(text: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = at_start;
    for character in text.chars() {
        if character.is_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
        } else {
            out.push(character);
            space = false;
        }
    }
    out
}

pub(super) fn attributes(element: &Element) -> Vec<(&'static str, String)> {
    const KEPT: [&str; 5] = ["dir", "lang", "colspan", "rowspan", "start"];
    KEPT.iter().filter_map(|&name| Some((name, element.attr(name)?.to_owned()))).filter(|(_, value)| value.len() < 20).collect()
}

/// The block that an element becomes; headings start at the second level, below the item's own title.
pub(super) fn block_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "p" => "p",
        "h1" | "h2" => "h2",
        "h3" => "h3",
        "h4" => "h4",
        "h5" => "h5",
        "h6" => "h6",
        "ul" => "ul",
        "ol" => "ol",
        "li" => "li",
        "dl" => "dl",
        "dt" => "dt",
        "dd" => "dd",
        "blockquote" => "blockquote",
        "pre" => "pre",
        "table" => "table",
        "thead" => "thead",
        "tbody" => "tbody",
        "tfoot" => "tfoot",
        "tr" => "tr",
        "th" => "th",
        "td" => "td",
        "caption" => "caption",
        "figure" => "figure",
        "figcaption" => "figcaption",
        _ => return None,
    })
}

/// Blocks that hold a line of words rather than other blocks.
pub(super) fn is_line(block: &str) -> bool {
    matches!(block, "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "pre" | "caption" | "figcaption")
}

pub(super) fn inline_name(name: &str) -> Option<&'static str> {
    const SAME: [&str; 20] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong", "sub", "sup",
        "u",
    ];
    SAME.iter().find(|known| **known == name).copied()
}

pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div" | "section" | "article" | "main" | "header" | "center" | "details" | "summary" | "address" | "body" | "form" | "aside"
    )
}
