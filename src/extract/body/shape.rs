//! What an element is, for writing: which block or inline element it becomes, and whether it is a list of links or a teaser.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::teaser;
use crate::html::collapse;

/// A list or box with more of its text in links than this leads elsewhere.
const MOST_LINKS: f64 = 0.6;
/// So much text with many links is a paragraph of references rather than a menu.
const LONG_TEXT: usize = 400;

pub(super) fn is_link_list(element: ElementRef<'_>) -> bool {
    let (mut text, mut links, mut count, mut long) = (0_usize, 0_usize, 0_usize, 0_usize);
    for node in element.descendants() {
        match node.value() {
            Node::Element(element) if element.name() == "a" => count += 1,
            Node::Text(words) => {
                let length = words.trim().chars().count();
                text += length;
                let in_link = node
                    .ancestors()
                    .take_while(|ancestor| ancestor.id() != element.id())
                    .any(|ancestor| ancestor.value().as_element().is_some_and(|element| element.name() == "a"));
                if in_link {
                    links += length;
                } else if length > 80 {
                    long += 1;
                }
            }
            _ => {}
        }
        if text > LONG_TEXT * 4 && long > 1 {
            return false;
        }
    }
    count > 0 && text > 0 && links as f64 / text as f64 > MOST_LINKS && (text < LONG_TEXT || count > 3)
}

/// A small box with a headline and a date with a running time.
pub(super) fn is_teaser_box(element: ElementRef<'_>) -> bool {
    const LARGEST: usize = 300;
    let mut length = 0;
    let mut found = false;
    for text in element.text() {
        length += text.len();
        if length > LARGEST {
            return false;
        }
        found |= teaser::is_running_time(&collapse(text));
    }
    found
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
