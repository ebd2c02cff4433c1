//! The date of each item: marked up, in its text, in its title, or in a heading above several items.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::anchor::is_heading;
use super::item::{Item, Surroundings};
use super::piece::pieces;
use super::words::{line_of, looks_dated};
use crate::extract::date::{Order, Reading};
use crate::model::When;

/// So much of an item's text is searched: a date of its own stands near its beginning.
const SEARCHED: usize = 4_000;
/// A longer line is running text.
const LONGEST_LINE: usize = 120;
/// A longer text is no heading.
const LONGEST_HEADING: usize = 60;

/// The date of each item, in order.
pub(super) struct Dates(pub(super) Vec<Option<When>>);

impl Dates {
    pub(super) fn read(items: &[Item<'_, '_>], titles: &[Option<String>], around: &Surroundings<'_>) -> Self {
        let texts: Vec<String> = items.iter().map(|item| beginning(line_of(item.container))).collect();
        let numeric = texts.iter().flat_map(|text| text.split_whitespace()).filter(|word| word.contains(['/', '-']) && word.len() <= 12);
        let order = Order::proved_by(numeric.map(|word| word.trim_end_matches([',', ';', ')'])));
        let reading = Reading::new(around.language, around.zone).with_order(order);
        let mut dates = Vec::with_capacity(items.len());
        for ((item, title), text) in items.iter().zip(titles).zip(&texts) {
            let title = title.as_deref().filter(|title| title.len() > 3);
            let told = of_part(item.container, text, title, &reading, around);
            let told = told.or_else(|| {
                let part = item.elsewhere?;
                of_part(part, &beginning(line_of(part)), title, &reading, around)
            });
            dates.push(told.or_else(|| reading.find(title?).map(|(when, _)| when)));
        }
        if dates.iter().any(Option::is_none) {
            let above = above(items, &reading, around);
            for (date, item) in dates.iter_mut().zip(items) {
                *date = date.or_else(|| above.get(&item.container.id()).copied());
            }
        }
        Self(dates)
    }
}

/// The date of an item in one part of the page: marked up, in a line of its own, or anywhere but in the title.
fn of_part(part: ElementRef<'_>, text: &str, title: Option<&str>, reading: &Reading<'_>, around: &Surroundings<'_>) -> Option<When> {
    let in_lines = || {
        let pieces = pieces(part).into_iter().filter(|piece| title != Some(piece.text.as_str()) && piece.text.len() < LONGEST_LINE);
        pieces.into_iter().find_map(|piece| reading.find(&piece.text).map(|(when, _)| when))
    };
    let anywhere = || {
        let rest = title.map_or_else(|| text.to_owned(), |title| text.replacen(title, " ", 1));
        reading.find(&rest).map(|(when, _)| when)
    };
    marked(part, reading, around).or_else(in_lines).or_else(anywhere)
}

fn beginning(mut text: String) -> String {
    if text.len() > SEARCHED {
        let end = (0..=SEARCHED).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
        text.truncate(end);
    }
    text
}

/// The date that the item's mark-up tells.
fn marked(container: ElementRef<'_>, reading: &Reading<'_>, around: &Surroundings<'_>) -> Option<When> {
    let with_now = reading.clone().with_now(around.now);
    for element in container.descendent_elements() {
        let is_time = element.value().name() == "time";
        let (mut told, mut is_property) = ([None; 3], false);
        for (name, value) in element.value().attrs() {
            match name {
                "datetime" => told[0] = Some(value),
                "content" => told[1] = Some(value),
                "title" => told[2] = Some(value),
                "itemprop" => is_property = value.starts_with("date") || value == "startDate",
                _ => {}
            }
        }
        let is_short_title = || element.value().name() == "abbr" && told[2].is_some_and(looks_dated);
        if !is_time && !is_property && !is_short_title() {
            continue;
        }
        let read = told.iter().flatten().find_map(|text| reading.read(text));
        if let Some(when) = read.or_else(|| with_now.read(&line_of(element))) {
            return Some(when);
        }
    }
    None
}

/// The date that stands above each item, outside of all of them. One alone must be in a heading, so that today's date at the top of a page
/// is not taken.
fn above(items: &[Item<'_, '_>], reading: &Reading<'_>, around: &Surroundings<'_>) -> HashMap<NodeId, When> {
    let own: HashSet<NodeId> = items.iter().map(|item| item.container.id()).collect();
    let mut found: HashMap<NodeId, When> = HashMap::new();
    let (mut current, mut inside): (Option<(When, bool)>, Option<NodeId>) = (None, None);
    let (mut days, mut all_headed) = (HashSet::new(), true);
    for edge in around.dom.html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                if inside.is_none() && own.contains(&node.id()) {
                    inside = Some(node.id());
                    if let Some((when, headed)) = current {
                        found.insert(node.id(), when);
                        days.insert(when.date());
                        all_headed &= headed;
                    }
                } else if let (None, Some(text)) = (inside, node.value().as_text()) {
                    current = heading_date(text, node, reading).or(current);
                }
            }
            ego_tree::iter::Edge::Close(node) => {
                if inside == Some(node.id()) {
                    inside = None;
                }
            }
        }
    }
    if days.len() > 1 || all_headed { found } else { HashMap::new() }
}

/// A short text that is a date and little else, and whether it is marked as a heading.
fn heading_date(text: &str, node: ego_tree::NodeRef<'_, Node>, reading: &Reading<'_>) -> Option<(When, bool)> {
    let text = text.trim();
    if text.len() > LONGEST_HEADING || !text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let (when, range) = reading.find(text)?;
    let is_mostly_date = range.len() * 2 > text.len();
    let marked = |name: &str| is_heading(name) || matches!(name, "dt" | "th" | "caption");
    let headed = node.ancestors().take(3).filter_map(|above| above.value().as_element()).any(|element| marked(element.name()));
    is_mostly_date.then_some((when, headed))
}
