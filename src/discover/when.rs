//! The date of each item: marked up, in its text, in its title, or in a heading above several items.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::item::{Item, Surroundings};
use super::piece::{Piece, pieces};
use super::words::{line_of, looks_dated};
use crate::extract::date::{Order, Reading};
use crate::html::{is_heading, is_time};
use crate::model::When;

/// So much of an item's text is searched: a date of its own stands near its beginning.
const SEARCHED: usize = 4_000;
/// A longer word is no date in figures.
const LONGEST_NUMERIC: usize = 12;
/// A longer line is running text.
const LONGEST_LINE: usize = 120;
/// A longer text is no heading.
const LONGEST_HEADING: usize = 60;

/// The date of each item, in order.
pub(super) struct Dates(pub(super) Vec<Option<When>>);

impl Dates {
    pub(super) fn read(items: &[Item<'_, '_>], titles: &[Option<String>], around: &Surroundings<'_>) -> Self {
        let plain = Reading::new(around.language, around.zone);
        let mut dates: Vec<Option<When>> = items.iter().map(|item| marked(item.container, &plain, around)).collect();
        // Only what no mark-up tells is read from the text, and the order of day and month is proved by all of these together.
        let texts: Vec<Vec<Piece>> =
            items.iter().zip(&dates).map(|(item, date)| if date.is_some() { Vec::new() } else { pieces(item.container) }).collect();
        let words = texts.iter().flatten().flat_map(|piece| piece.text.split_whitespace());
        let numeric = words.filter(|word| word.len() <= LONGEST_NUMERIC && word.contains(['/', '-']));
        let order = Order::proved_by(numeric.map(|word| word.trim_end_matches([',', ';', ')'])));
        let reading = plain.with_order(order);
        for (((item, title), texts), date) in items.iter().zip(titles).zip(&texts).zip(&mut dates) {
            if date.is_some() {
                continue;
            }
            let title = title.as_deref().filter(|title| title.len() > 3);
            let elsewhere = || {
                let part = item.elsewhere?;
                marked(part, &reading, around).or_else(|| in_text(&pieces(part), title, &reading))
            };
            *date = in_text(texts, title, &reading).or_else(elsewhere).or_else(|| find(title?, &reading));
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

/// The date of an item in its text: in a line of its own, or anywhere but in the title.
fn in_text(pieces: &[Piece], title: Option<&str>, reading: &Reading<'_>) -> Option<When> {
    let lines = pieces.iter().filter(|piece| title != Some(piece.text.as_str()) && piece.text.len() < LONGEST_LINE);
    let in_line = lines.into_iter().find_map(|piece| find(&piece.text, reading));
    in_line.or_else(|| {
        let mut text = String::new();
        for piece in pieces.iter().filter(|piece| !piece.is_value()) {
            text.push_str(&piece.text);
            text.push(' ');
            if text.len() > SEARCHED {
                break;
            }
        }
        let rest = title.map_or_else(|| text.clone(), |title| text.replacen(title, " ", 1));
        find(&rest, reading)
    })
}

/// The date in a text. Most lines of a list are plain words, which needs no cutting to tell.
fn find(text: &str, reading: &Reading<'_>) -> Option<When> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    reading.find(text).map(|(when, _)| when)
}

/// The date that the item's mark-up tells.
fn marked(container: ElementRef<'_>, reading: &Reading<'_>, around: &Surroundings<'_>) -> Option<When> {
    let with_now = reading.clone().with_now(around.now);
    for element in container.descendent_elements() {
        let is_time = is_time(element.value().name());
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
