//! The parts that an item's own part of the page falls into, and those that all items of a page have: columns.

use std::collections::{BTreeMap, BTreeSet};

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::structure::is_general;
use super::words::{is_generic, is_only_date, weight};
use crate::html::{collapse, is_block_element};

/// The most pieces and nodes of one item that are looked at.
const MOST_PIECES: usize = 60;
const MOST_NODES: usize = 1_500;
/// A title says at least, and at most, so much.
const SHORTEST: usize = 6;
const LONGEST: usize = 220;
/// A column of titles has few texts twice.
const DISTINCT: f64 = 0.75;
/// A word before a colon is the name of a column up to this length.
const LONGEST_LABEL: usize = 24;

/// One part of an item: where it is, told by tags, classes and cells, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) place: String,
    pub(super) text: String,
}

impl Piece {
    /// Whether it is what stands after a label and a colon.
    pub(super) fn is_value(&self) -> bool {
        self.place.contains('|')
    }
}

/// The parts of an element, in order. Words in bold, links and the like do not part a text.
pub(super) fn pieces(container: ElementRef<'_>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut places: Vec<String> = vec![String::new()];
    let mut text = String::new();
    let mut hidden = None;
    for edge in container.traverse().take(MOST_NODES) {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Element(element) if hidden.is_none() => {
                    if matches!(element.name(), "script" | "style" | "noscript" | "template" | "svg") {
                        hidden = Some(node.id());
                    } else if parts(element) {
                        finish(&mut out, &places, &mut text);
                        if element.name() != "br" {
                            places.push(step(node, element, places.last().map_or("", String::as_str)));
                        }
                    }
                }
                Node::Text(words) if hidden.is_none() => text.push_str(words),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if hidden == Some(node.id()) {
                    hidden = None;
                } else if hidden.is_none() && node.value().as_element().is_some_and(|element| parts(element) && element.name() != "br") {
                    finish(&mut out, &places, &mut text);
                    places.pop();
                }
            }
        }
        if out.len() >= MOST_PIECES {
            break;
        }
    }
    finish(&mut out, &places, &mut text);
    out
}

fn finish(out: &mut Vec<Piece>, places: &[String], text: &mut String) {
    let words = collapse(text);
    text.clear();
    if words.is_empty() {
        return;
    }
    let place = places.last().cloned().unwrap_or_default();
    match words.split_once(": ").filter(|(label, _)| label.len() <= LONGEST_LABEL && !label.contains(|c: char| c.is_ascii_digit())) {
        Some((label, value)) => {
            out.push(Piece { place: format!("{place}|{label}"), text: value.to_owned() });
            // The colon may be the title's own.
            out.push(Piece { place, text: words.clone() });
        }
        None => out.push(Piece { place, text: words }),
    }
}

/// Whether an element begins a part of its own.
fn parts(element: &Element) -> bool {
    is_block_element(element.name())
        || matches!(element.name(), "button" | "time" | "label" | "summary" | "caption" | "br")
        || element.name() == "span" && element.classes().next().is_some()
}

fn step(node: ego_tree::NodeRef<'_, Node>, element: &Element, above: &str) -> String {
    let mut place = above.to_owned();
    place.push('>');
    place.push_str(element.name());
    for class in element.classes().filter(|class| is_general(class)).take(2) {
        place.push('.');
        place.push_str(class);
    }
    if matches!(element.name(), "td" | "th") {
        place.push_str(&node.prev_siblings().filter(|sibling| sibling.value().is_element()).count().to_string());
    }
    place
}

/// The column that reads like titles: on most items, each different, neither dates nor codes. The first that fits.
pub(super) fn title_column(items: &[Vec<Piece>]) -> Option<String> {
    let mut order: Vec<&str> = Vec::new();
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in items {
        let mut seen = BTreeSet::new();
        for piece in item.iter().filter(|piece| seen.insert(piece.place.as_str())) {
            let column = columns.entry(&piece.place).or_default();
            if column.is_empty() {
                order.push(&piece.place);
            }
            column.push(&piece.text);
        }
    }
    let fits = |texts: &[&str]| {
        let titles = texts.iter().filter(|text| (SHORTEST..=LONGEST).contains(&weight(text)) && !is_generic(text) && !is_only_date(text));
        let is_wordy =
            titles.filter(|text| text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() >= 2).count();
        let distinct: BTreeSet<String> = texts.iter().map(|text| super::words::mask(text)).collect();
        texts.len() * 2 >= items.len()
            && is_wordy as f64 >= texts.len() as f64 * 0.8
            && (distinct.len() as f64 >= texts.len() as f64 * DISTINCT || texts.len() == 1)
    };
    order.into_iter().find(|place| columns.get(place).is_some_and(|texts| fits(texts))).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Piece>> {
        let html = scraper::Html::parse_document(text);
        let rows = html.root_element().descendent_elements().filter(|element| element.value().name() == "tr");
        rows.map(pieces).collect()
    }

    #[test]
    fn the_column_of_titles_is_the_one_that_differs() {
        let items = rows(
            "<table><tr><td>1-23<td>Harbour Court<td>Mill v. Weir<td>1 May 2026\
             <tr><td>2-23<td>Harbour Court<td>In re Lock<td>2 May 2026\
             <tr><td>3-23<td>Harbour Court<td>Town v. Quay<td>3 May 2026</table>",
        );
        let place = title_column(&items).unwrap();
        let text = &items[1].iter().find(|piece| piece.place == place).unwrap().text;
        assert_eq!(text, "In re Lock");
    }

    #[test]
    fn labels_name_columns() {
        let items = rows(
            "<table><tr><td><b>Docket: </b>1-23<td><b>Caption: </b>Mill v. Weir<br><b>Type: </b>Order\
             <tr><td><b>Docket: </b>2-23<td><b>Caption: </b>In re Lock<br><b>Type: </b>Order</table>",
        );
        let place = title_column(&items).unwrap();
        assert!(place.ends_with("|Caption"), "{place}");
    }
}
