//! How likely a group of links are the items of a page: a weighted sum of what sets items apart from menus.
//!
//! The weights are rounded from a logistic regression over labelled listing pages. No word of any language has much of a say in them: headings, addresses, the mass of text
//! and the place on the page carry the decision.

use std::collections::{BTreeMap, BTreeSet};

use scraper::ElementRef;

use super::anchor::{Anchor, Group};
use crate::html::Dom;

/// A longer text is a headline rather than a menu's entry.
const HEADLINE: usize = 25;
/// Headlines become addresses of at least so many words.
const SLUG_WORDS: usize = 3;

const BIAS: f64 = -3.0;
const HEADING: f64 = 2.3;
const SAME_AS_HEADINGS: f64 = 4.8;
const TABLE: f64 = 2.1;
const DOCUMENT: f64 = 2.1;
const LONG_TEXT: f64 = 1.9;
const SLUG: f64 = 1.7;
const DATED: f64 = 1.4;
const MASS: f64 = 1.4;
const LARGEST: f64 = 1.1;
const SECOND: f64 = 0.8;
const PICTURED: f64 = 0.9;
const NUMBERED: f64 = 0.9;
const IN_ARTICLE: f64 = 0.6;
const IN_MAIN: f64 = 0.5;
const TOPIC_ADDRESS: f64 = -1.5;
const FEW: f64 = -1.5;
const CROWDED: f64 = -1.2;
const NAVIGATION: f64 = -1.6;
const FURNITURE: f64 = -1.3;
const PAGE_HEADER: f64 = -1.1;
const OFF_SITE: f64 = -0.9;
const LIST_ITEM: f64 = -0.6;
const FOOTER: f64 = -1.5;
const ASIDE: f64 = -0.8;

/// The probability, from 0 to 1, for each group.
pub(super) fn score(dom: &Dom, anchors: &[Anchor<'_>], groups: &[Group]) -> Vec<f64> {
    let all_text: usize = anchors.iter().map(|anchor| anchor.text.chars().count()).sum();
    let mut sizes: Vec<usize> = groups.iter().map(|group| group.containers.len()).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    let (largest, second) = (sizes.first().copied().unwrap_or(0), sizes.get(1).copied().unwrap_or(0));
    let sums: Vec<(f64, f64)> = groups.iter().map(|group| weigh(dom, anchors, group, all_text, largest, second)).collect();
    let headed: BTreeSet<&str> = groups
        .iter()
        .zip(&sums)
        .filter(|(_, (sum, heading))| *heading > 0.5 && logistic(*sum) > 0.5)
        .flat_map(|(group, _)| group.containers.keys().map(String::as_str))
        .collect();
    groups
        .iter()
        .zip(&sums)
        .map(|(group, (sum, heading))| {
            let same = if *heading > 0.5 {
                0.0
            } else {
                share(group.containers.keys().filter(|key| headed.contains(key.as_str())).count(), group.containers.len())
            };
            logistic(sum + if same > 0.5 { SAME_AS_HEADINGS * same } else { 0.0 })
        })
        .collect()
}

fn weigh(dom: &Dom, anchors: &[Anchor<'_>], group: &Group, all_text: usize, largest: usize, second: usize) -> (f64, f64) {
    let members: Vec<&Anchor<'_>> = group.members.iter().filter_map(|&index| anchors.get(index)).collect();
    let part = |test: &dyn Fn(&Anchor<'_>) -> bool| share(members.iter().filter(|anchor| test(anchor)).count(), members.len());
    let text: usize = members.iter().map(|anchor| anchor.text.chars().count()).sum();
    let count = group.containers.len();
    let heading = part(&|anchor| anchor.in_heading);
    let (dated, pictured, crowded) = contents(dom, group);
    let sum = BIAS
        + HEADING * heading
        + TABLE * part(&|anchor| anchor.place.table)
        + DOCUMENT * part(&|anchor| is_document(anchor))
        + LONG_TEXT * part(&|anchor| is_headline(&anchor.text))
        + SLUG * part(&|anchor| has_slug(anchor))
        + DATED * dated
        + MASS * share(text, all_text)
        + if count == largest {
            LARGEST
        } else if count == second {
            SECOND
        } else {
            0.0
        }
        + PICTURED * pictured
        + NUMBERED * part(&|anchor| has_number(anchor))
        + IN_ARTICLE * part(&|anchor| anchor.place.article)
        + IN_MAIN * part(&|anchor| anchor.place.main)
        + TOPIC_ADDRESS * part(&|anchor| is_topic(anchor))
        + if count < 3 { FEW } else { 0.0 }
        + CROWDED * crowded
        + NAVIGATION * part(&|anchor| anchor.place.nav)
        + FURNITURE * part(&|anchor| anchor.place.furniture)
        + PAGE_HEADER * part(&|anchor| anchor.place.header)
        + OFF_SITE * part(&|anchor| !anchor.url.same_site(&dom.url))
        + LIST_ITEM * part(&|anchor| anchor.place.list_item)
        + FOOTER * part(&|anchor| anchor.place.footer)
        + ASIDE * part(&|anchor| anchor.place.aside);
    (sum, heading)
}

/// Shares of containers with a date, with a picture, and with many other links.
fn contents(dom: &Dom, group: &Group) -> (f64, f64, f64) {
    const ENOUGH: usize = 12;
    const DEEP: usize = 400;
    let looked: Vec<ElementRef<'_>> =
        group.containers.values().take(ENOUGH).filter_map(|id| dom.html.tree.get(*id).and_then(ElementRef::wrap)).collect();
    let (mut dated, mut pictured, mut crowded) = (0, 0, 0);
    for container in &looked {
        let (mut links, mut has_date, mut has_picture) = (BTreeMap::new(), false, false);
        for node in container.descendants().take(DEEP) {
            match node.value() {
                scraper::Node::Element(element) => match element.name() {
                    "a" => *links.entry(element.attr("href").unwrap_or("")).or_insert(0) += 1,
                    "time" => has_date = true,
                    "img" | "picture" => has_picture = true,
                    _ => {}
                },
                scraper::Node::Text(text) => has_date |= looks_dated(text),
                _ => {}
            }
        }
        dated += usize::from(has_date);
        pictured += usize::from(has_picture);
        crowded += usize::from(links.len() > 4);
    }
    (share(dated, looked.len()), share(pictured, looked.len()), share(crowded, looked.len()))
}

/// A cheap sign of a date: a year, or figures split by dots or strokes.
fn looks_dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    let year = bytes.windows(4).any(|four| (four.starts_with(b"20") || four.starts_with(b"19")) && four.iter().all(u8::is_ascii_digit));
    year && text.len() < 200
}

fn is_headline(text: &str) -> bool {
    // Scripts without spaces say as much in half the characters.
    let weight: usize = text.chars().map(|character| if u32::from(character) > 0x2e80 { 3 } else { 1 }).sum();
    weight >= HEADLINE
}

fn last_segment<'u>(anchor: &'u Anchor<'_>) -> &'u str {
    anchor.url.path().rsplit('/').find(|segment| !segment.is_empty()).unwrap_or("")
}

fn has_slug(anchor: &Anchor<'_>) -> bool {
    last_segment(anchor).split(['-', '_', '+']).filter(|word| !word.is_empty()).count() > SLUG_WORDS
}

fn has_number(anchor: &Anchor<'_>) -> bool {
    let tail = format!("{}?{}", anchor.url.path(), anchor.url.parts().query().unwrap_or(""));
    tail.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4)
}

fn is_document(anchor: &Anchor<'_>) -> bool {
    let name = last_segment(anchor).to_ascii_lowercase();
    [".pdf", ".doc", ".docx", ".odt", ".rtf"].iter().any(|end| name.ends_with(end))
}

/// Addresses of tags, sections, authors and accounts, as the common systems write them.
pub(super) fn is_topic(anchor: &Anchor<'_>) -> bool {
    const WORDS: [&str; 22] = [
        "tag",
        "tags",
        "category",
        "categories",
        "author",
        "authors",
        "login",
        "signin",
        "register",
        "topic",
        "topics",
        "section",
        "user",
        "users",
        "profile",
        "search",
        "label",
        "archive",
        "archives",
        "account",
        "contact",
        "privacy",
    ];
    anchor.url.path().split('/').rev().skip(1).any(|segment| WORDS.contains(&segment))
        || WORDS.contains(&last_segment(anchor))
        || anchor.url.parts().fragment().is_some_and(|fragment| fragment.starts_with("comment") || fragment == "respond")
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn logistic(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}
