//! Whether a part of a page is of other articles or of the site: at the side, in a menu, under another article.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use crate::html::Attribute as _;

/// Words of places that show what is of other articles.
const ELSEWHERE: [&str; 8] = ["sidebar", "widget", "related", "cloud", "menu", "comment", "recommend", "popular"];
/// So many boxes around are asked.
const FAR: usize = 8;

/// Whether a node stands at the side of the page, in a menu or under another article.
pub(super) fn is_elsewhere(node: NodeRef<'_, Node>) -> bool {
    node.ancestors().filter_map(ElementRef::wrap).take(FAR).any(is_of_others)
}

/// Whether an element itself is a box for what is of other articles.
pub(super) fn is_of_others(element: ElementRef<'_>) -> bool {
    let names_others = |names: &str| {
        let names = names.to_ascii_lowercase();
        ELSEWHERE.iter().any(|word| names.contains(word))
    };
    match element.value().name() {
        "nav" | "aside" => true,
        "body" | "html" => false,
        _ => ["class", "id"].iter().filter_map(|name| element.attribute(name)).any(names_others),
    }
}

/// Whether a node stands at the foot of the page or of a box.
pub(super) fn is_at_foot(node: NodeRef<'_, Node>) -> bool {
    node.ancestors().filter_map(ElementRef::wrap).take(FAR).any(|around| around.value().name() == "footer")
}
