//! What an element is, for writing: which block or inline element it becomes.

use scraper::node::Element;

use crate::html::{Attribute as _, collapse, letters, push_collapsed};

pub(super) fn same_words(one: &str, other: &str) -> bool {
    !other.is_empty() && letters(one) == letters(other)
}

/// Text as it is read: white space collapsed line by line, and without the places where a browser may break a word.
pub(super) fn tidy(text: &str) -> String {
    const SOFT_HYPHEN: char = '\u{ad}';
    let mut text = text.split('\n').map(collapse).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if text.contains(SOFT_HYPHEN) {
        text.retain(|character| character != SOFT_HYPHEN);
    }
    text
}

/// Runs of white space become one space; at the start of a line they go.
pub(super) fn collapse_inside(text: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if !at_start && text.starts_with(char::is_whitespace) {
        out.push(' ');
    }
    push_collapsed(&mut out, text);
    out
}

pub(super) fn attributes(element: &Element) -> Vec<(&'static str, String)> {
    const KEPT: [&str; 5] = ["dir", "lang", "colspan", "rowspan", "start"];
    KEPT.iter().filter_map(|&name| Some((name, element.attribute(name)?.to_owned()))).filter(|(_, value)| value.len() < 20).collect()
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
    const SAME: [&str; 23] = [
        "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "strong", "sub", "sup", "u",
    ];
    SAME.iter().find(|known| **known == name).copied()
}

pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div" | "section" | "article" | "main" | "header" | "center" | "details" | "summary" | "address" | "body" | "form" | "aside"
    )
}
