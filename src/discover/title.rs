//! The title of each item: the heading, the link that says most, the column of a table, or what the link is labelled.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use scraper::ElementRef;

use super::anchor::Anchor;
use super::item::Item;
use super::piece::{self, Piece};
use super::words::{is_generic, is_only_date, line_of, mask, weight};
use crate::extract::date;
use crate::html::{Attribute as _, collapse, is_block_element, is_heading};

/// A text that so many items share but for its numbers is no title.
const SHARED_BY: usize = 3;
const SHARED: f64 = 0.3;
/// The label of a card ("Opinion") is shorter than its title.
const CARD_TITLE: usize = 15;
/// A longer link holds more than a title.
const LONG_LINK: usize = 140;
/// How far before its part of the page an item's heading may stand.
const BEFORE: usize = 6;

/// The title of each item, in order.
pub(super) fn titles(items: &[Item<'_, '_>]) -> Vec<Option<String>> {
    let shared = shared_masks(items);
    let is_poor = |text: &str| is_generic(text) || is_only_date(text) || shared.contains(&mask(text));
    let card = card_column(items);
    let mut titles: Vec<Option<String>> = items.iter().map(|item| own_title(item, card.as_deref(), &is_poor)).collect();
    let poor: Vec<usize> = (0..items.len()).filter(|&index| titles.get(index).is_none_or(Option::is_none)).collect();
    let needy: Vec<&Item<'_, '_>> = poor.iter().filter_map(|&index| items.get(index)).collect();
    let found = elsewhere(items, &needy, &is_poor);
    for (index, title) in poor.into_iter().zip(found) {
        if let (Some(slot), Some(item)) = (titles.get_mut(index), items.get(index)) {
            *slot = title.or_else(|| last_resort(item));
        }
    }
    titles
}

/// Texts of links and their labels that many items share.
fn shared_masks(items: &[Item<'_, '_>]) -> BTreeSet<String> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        let texts = item.links.iter().filter(|anchor| !anchor.in_heading).map(|anchor| anchor.text.clone());
        let labels = item.links.iter().flat_map(|anchor| labels(anchor));
        let masks: BTreeSet<String> = texts.chain(labels).filter(|text| !text.is_empty()).map(|text| mask(&text)).collect();
        for mask in masks {
            *uses.entry(mask).or_default() += 1;
        }
    }
    let most = SHARED_BY.max((items.len() as f64 * SHARED) as usize);
    uses.into_iter().filter(|(mask, uses)| *uses >= most || mask.is_empty()).map(|(mask, _)| mask).collect()
}

fn own_title(item: &Item<'_, '_>, card: Option<&str>, is_poor: &dyn Fn(&str) -> bool) -> Option<String> {
    let good = |text: &String| !is_generic(text) && !is_only_date(text);
    // The heading that says most: sources and sections are headings now and then too.
    let mut best: Option<String> = None;
    for anchor in item.links.iter().filter(|anchor| anchor.in_heading) {
        let inside = anchor.element.descendent_elements().skip(1).find(|child| is_heading(child.value().name())).map(line_of);
        let text = inside.or_else(|| Some(anchor.text.clone())).filter(good);
        let length = |text: &str| weight(text).min(LONG_LINK);
        best = match (best, text) {
            (Some(best), Some(text)) if length(&text) <= length(&best) => Some(best),
            (best, text) => text.or(best),
        };
    }
    if best.is_some() {
        return best;
    }
    let longest = item.links.iter().filter(|anchor| !is_poor(&anchor.text)).max_by_key(|anchor| weight(&anchor.text).min(LONG_LINK));
    let heading = || {
        let headings = item.container.descendent_elements().filter(|element| is_heading(element.value().name()));
        headings.map(line_of).find(|text| !is_poor(text))
    };
    match longest {
        Some(anchor) => heading()
            .filter(|heading| says_the_same(heading, &anchor.text) || anchor.text.len() > LONG_LINK)
            .or_else(|| Some(card_title(anchor, card))),
        None => heading(),
    }
}

/// Whether a heading holds a link's text or is held in it, or says what a very short link leaves open.
fn says_the_same(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one) || weight(other) < CARD_TITLE && weight(one) <= LONG_LINK && weight(one) > weight(other)
}

/// A whole card may be the link: the title is the piece of it that reads like titles on all cards, or the first that says enough.
fn card_title(anchor: &Anchor<'_>, card: Option<&str>) -> String {
    if !is_card(anchor) {
        return anchor.text.clone();
    }
    let pieces = piece::pieces(anchor.element);
    let good = |piece: &&Piece| !is_generic(&piece.text) && !is_only_date(&piece.text) && !piece.is_value();
    let of_column = pieces.iter().filter(good).find(|piece| card == Some(piece.place.as_str()));
    let title = of_column.or_else(|| pieces.iter().filter(good).find(|piece| weight(&piece.text) >= CARD_TITLE));
    title.map_or_else(|| anchor.text.clone(), |piece| piece.text.clone())
}

fn is_card(anchor: &Anchor<'_>) -> bool {
    let holds_blocks =
        || anchor.element.descendent_elements().skip(1).any(|child| child.value().name() != "br" && is_block_element(child.value().name()));
    anchor.text.chars().count() > LONG_LINK || holds_blocks()
}

/// The place of the titles in cards.
fn card_column(items: &[Item<'_, '_>]) -> Option<String> {
    let cards = items.iter().filter_map(|item| item.links.iter().find(|anchor| !anchor.in_heading && is_card(anchor)));
    let pieces: Vec<Vec<Piece>> = cards.map(|anchor| piece::pieces(anchor.element)).collect();
    if pieces.len() >= SHARED_BY { piece::title_column(&pieces) } else { None }
}

/// Titles that stand beside the links: headings before them, columns of a table, labels.
fn elsewhere(items: &[Item<'_, '_>], needy: &[&Item<'_, '_>], is_poor: &dyn Fn(&str) -> bool) -> Vec<Option<String>> {
    if needy.is_empty() {
        return Vec::new();
    }
    let own: BTreeSet<ego_tree::NodeId> = items.iter().map(|item| item.container.id()).collect();
    let before: Vec<Option<String>> = needy.iter().map(|item| heading_before(item.container, &own).filter(|text| !is_poor(text))).collect();
    let is_usual = before.iter().flatten().count() * 2 > needy.len();
    let pieces: Vec<Vec<Piece>> = needy.iter().map(|item| piece::pieces(item.container)).collect();
    let column = piece::title_column(&pieces);
    let mut found = Vec::with_capacity(needy.len());
    for ((item, pieces), before) in needy.iter().zip(&pieces).zip(before) {
        let cell = || {
            let place = column.as_ref()?;
            let texts = pieces.iter().filter(|piece| piece.place == *place).map(|piece| piece.text.clone());
            texts.into_iter().find(|text| !is_poor(text)).map(|text| without_date(&text))
        };
        let labelled = || item.links.iter().flat_map(|anchor| labels(anchor)).find(|text| !is_poor(text));
        found.push(before.filter(|_| is_usual).or_else(labelled).or_else(cell));
    }
    found
}

/// A cell may end with the date of what it names: "Mill v. Weir filed 4/29/24".
fn without_date(text: &str) -> String {
    let Some((_, range)) = date::find_in_text(text, "", &TimeZone::UTC) else { return text.to_owned() };
    let before = text.get(..range.start).unwrap_or("").trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    if range.end + 2 >= text.len() && weight(before) >= CARD_TITLE { before.to_owned() } else { text.to_owned() }
}

/// The heading between the item before and this one.
fn heading_before(container: ElementRef<'_>, own: &BTreeSet<ego_tree::NodeId>) -> Option<String> {
    for sibling in container.prev_siblings().filter_map(ElementRef::wrap).take(BEFORE) {
        if own.contains(&sibling.id()) {
            return None;
        }
        if is_heading(sibling.value().name()) {
            return Some(line_of(sibling));
        }
    }
    None
}

/// What a link is labelled for those who do not see it, and what its picture shows.
fn labels(anchor: &Anchor<'_>) -> Vec<String> {
    let own = ["aria-label", "title"].iter().filter_map(|name| anchor.element.attribute(name));
    let inner = anchor
        .element
        .descendent_elements()
        .skip(1)
        .take(20)
        .filter_map(|child| child.attribute("alt").or_else(|| child.attribute("title")));
    own.chain(inner).map(collapse).filter(|text| !text.is_empty()).collect()
}

/// Better a poor title than none: the reader gets the article's own later.
fn last_resort(item: &Item<'_, '_>) -> Option<String> {
    let texts = item.links.iter().map(|anchor| anchor.text.clone()).filter(|text| !text.is_empty());
    let longest = texts.max_by_key(|text| weight(text));
    longest.or_else(|| item.links.iter().flat_map(|anchor| labels(anchor)).next())
}
