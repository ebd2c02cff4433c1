//! The dates that a reader sees: short texts around the headline, and those anywhere that may be a date.

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use super::element::{beginning, is_dated, is_dated_itself, names_of, own_instant};
use super::find::{self, NODES_BELOW, Place, SELDOM_COST, cost_of_place, declared_property};
use super::label_words::{says_modified, says_published};
use super::listed::Lists;
use super::statement::{LONGEST_STATEMENT, parts};
use super::{line, of_another, opening};
use crate::extract::near;
use crate::html::{self, Attribute as _, Dom, collapse};

/// So many paragraphs are asked for a dateline.
const PARAGRAPHS_WITH_DATELINE: usize = 2;
/// Nodes above it, within its block.
const NODES_ABOVE: usize = 60;
/// Levels of that block.
const LEVELS_ABOVE: usize = 3;
/// A text of this many characters with a date in it is hardly more than the date.
pub(super) const LONGEST_DATE: usize = 40;
/// How a date in the page's text was found.
pub(super) const VISIBLE: &str = "visible text";
/// How an instant in an attribute beside the headline was found.
const TITLED: &str = "attribute of a date";
/// Above a date in prose beside the headline, below one that stands alone.
pub(super) const STATEMENT_TRUST: u8 = 42;
/// Like a dated text beside the headline, and exact.
const TITLED_TRUST: u8 = 57;
/// A shorter text is but a piece of a date, or its element has more to say.
const SHORTEST_DATE: usize = 16;
/// In bytes: what stands below so many short texts is not beside the headline.
const TEXT_NEAR: usize = 1_200;
/// A byline stands within a screen of the headline: so many pieces of text, most of them white space.
const PIECES_NEAR: usize = 50;
/// A paragraph fills as much as so many: what stands below four of them is at the foot or at the side.
const PIECES_OF_PARAGRAPH: usize = 15;
/// "20240704"
const LONGEST_NUMBER: usize = 8;
/// Less than any short text beside the headline.
const UPDATED_TRUST: u8 = 51;
/// Three elements with a text each, and white space between.
const NODES_OF_LEAF: usize = 24;
/// A longer text is prose in which a date is of the story.
pub(super) const MAX_DATED_TEXT: usize = 200;
/// A date split by mark-up has few pieces; taking all of a long parent for each would be quadratic.
pub(super) const MOST_PIECES: usize = 12;
/// "Last updated:", perhaps with a picture.
const PIECES_OF_LABEL: usize = 4;

/// The short texts around the headline, up to the first paragraph: what a reader takes for the article's date.
pub(super) fn around_headline(dom: &Dom, heading: Option<NodeId>, lists: &Lists<'_>, places: &mut Vec<Place>) {
    let Some(heading) = heading.and_then(|heading| dom.html.tree.get(heading)) else { return };
    let within =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| !matches!(element.name(), "body" | "html" | "main"));
    let scope = heading.ancestors().take(LEVELS_ABOVE).take_while(within).last();
    let above: Vec<NodeRef<'_, Node>> =
        scope.into_iter().flat_map(|scope| scope.descendants().take(NODES_ABOVE)).take_while(|node| node.id() != heading.id()).collect();
    // Where a date is declared, those of lists cannot win, and need no look.
    let look = !find::is_declared(places);
    let headline = ElementRef::wrap(heading).and_then(Headline::of);
    let first = places.len();
    let (mut paragraphs, mut text_seen) = (0, 0);
    for node in above.into_iter().chain(near::following(heading).take(NODES_BELOW)) {
        if let Some(element) = ElementRef::wrap(node).filter(|_| paragraphs == 0) {
            places.extend(titled(element));
            continue;
        }
        let Some(text) = node.value().as_text() else { continue };
        if text.trim().len() > MAX_DATED_TEXT {
            // The dateline opens the first paragraph, or the one after a lead.
            places.extend(opening::dateline(text));
            paragraphs += 1;
            if paragraphs == PARAGRAPHS_WITH_DATELINE {
                break;
            }
            continue;
        }
        text_seen += text.trim().len();
        if text_seen > TEXT_NEAR {
            break;
        }
        if paragraphs == 0 && may_be_date(text) && headline.as_ref().is_none_or(|headline| !headline.tells(node, text)) {
            places.extend(shown(node, text, true, lists, look));
        }
    }
    let around = places.get_mut(first..).unwrap_or_default();
    // Many templates call the day of publication `updated`; beside a `published` one it is of a change. What is shown beside it is better.
    if !around.iter().any(|place| place.origin == TITLED && !place.modified) {
        for place in around.iter_mut().filter(|place| place.origin == TITLED) {
            (place.modified, place.trust) = (false, UPDATED_TRUST);
        }
    }
}

/// hAtom keeps the instant in a `title`: `<abbr class="published" title="2020-01-02T10:00:00Z">`; others keep it in an attribute of their own.
fn titled(element: ElementRef<'_>) -> Option<Place> {
    let begins_with_year = |title: &&str| title.len() >= 10 && title.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let value = element.attribute("title").filter(begins_with_year).or_else(|| own_instant(element))?;
    let names = names_of(element);
    let published = names.contains("publish") || names.replace("update", "").contains("date") || names.contains("time");
    (!html::is_time(element.value().name()) && (published || names.contains("updated"))).then(|| Place {
        text: value.to_owned(),
        origin: TITLED.into(),
        trust: TITLED_TRUST,
        modified: !published,
        beside: true,
    })
}

/// Short texts of elements whose class says that they show a date, and the short texts after the headline.
pub(super) fn visible(dom: &Dom, heading: Option<NodeId>, lists: &Lists<'_>, places: &mut Vec<Place>) {
    places.extend(dom.survey.properties.iter().filter_map(|id| declared_property(ElementRef::wrap(dom.html.tree.get(*id)?)?, lists)));
    let headline = heading.and_then(|id| dom.html.tree.get(id)).and_then(ElementRef::wrap).and_then(Headline::of);
    let mut after_heading = None;
    for node in dom.html.tree.root().descendants() {
        if Some(node.id()) == heading {
            after_heading = Some(0_usize);
        }
        let Node::Text(text) = node.value() else { continue };
        if text.len() > MAX_DATED_TEXT {
            after_heading = after_heading.map(|count| count + PIECES_OF_PARAGRAPH);
            continue;
        }
        after_heading = after_heading.map(|count| count + 1);
        if !may_be_date(text) || headline.as_ref().is_some_and(|headline| headline.tells(node, text)) {
            continue;
        }
        let near = after_heading.is_some_and(|count| count < PIECES_NEAR);
        let places_here = shown(node, text, near, lists, true);
        // A line with both dates tells which is which.
        let tells_both = places_here.len() > 1;
        places.extend(places_here.into_iter().map(|place| match tells_both {
            true => place,
            false => Place { trust: place.trust - u8::from(place.modified), modified: false, ..place },
        }));
    }
}

/// The headline, whose days are of the story.
struct Headline<'a> {
    element: ElementRef<'a>,
    text: String,
}

impl<'a> Headline<'a> {
    /// None of a headline that is hardly more than a date.
    fn of(element: ElementRef<'a>) -> Option<Self> {
        let text = beginning(element, MOST_PIECES);
        (!line::stands_alone(&text)).then_some(Self { element, text })
    }

    /// Whether a text is the headline, a part of it or its copy. A part with a class for dates is not meant, and neither is a date in small letters.
    fn tells(&self, node: NodeRef<'_, Node>, text: &str) -> bool {
        let within = node.ancestors().take(LEVELS_ABOVE).any(|node| node.id() == self.element.id());
        let dated = || {
            let is_small = |parent: ElementRef<'_>| parent.value().name() == "small" && line::stands_alone(text);
            let names_it = |parent: ElementRef<'_>| parent.value().name() == "time" || is_dated_itself(parent);
            let parent = node.parent().and_then(ElementRef::wrap).filter(|parent| *parent != self.element);
            parent.is_some_and(|parent| names_it(parent) || is_small(parent))
        };
        within && !dated() || collapse(text) == self.text
    }
}

/// The dates of a short text that may be one: several where it tells both of publication and of a change. Those of lists of other stories are left
/// out if they are to be looked for.
fn shown(node: NodeRef<'_, Node>, text: &str, near: bool, lists: &Lists<'_>, look: bool) -> Vec<Place> {
    let Some(parent) = node.parent().and_then(ElementRef::wrap) else { return Vec::new() };
    if !may_be_date(text) || matches!(parent.value().name(), "script" | "style" | "noscript" | "title" | "option") {
        return Vec::new();
    }
    if is_code(node) {
        return Vec::new();
    }
    let Some(cost) = cost_of_place(*parent, lists) else { return Vec::new() };
    let exact = parent.attribute("datetime").filter(|_| !matches!(parent.value().name(), "time" | "ins" | "del"));
    let whole = match exact {
        Some(exact) => exact.to_owned(),
        None if text.len() < SHORTEST_DATE => with_its_day(parent, beginning(parent, MOST_PIECES)),
        None => collapse(text),
    };
    // A long number that is shown is of an article of a shop, though it could count seconds.
    if whole.len() > LONGEST_NUMBER && whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let dated = whole.starts_with("Stand") || is_dated(parent);
    let before = label_before(node);
    if of_another::tells(&whole, &before) {
        return Vec::new();
    }
    if !dated && (parent.value().name() == "a" && !before.ends_with(':') || !line::may_be_of_page(&whole, &before)) {
        return Vec::new();
    }
    if look && lists.hold(parent) {
        return Vec::new();
    }
    // Many templates give the class `updated` to the date of publication too.
    let by_class = || ["modified", "lastmod", "changed", "updated-"].iter().any(|word| names_of(parent).contains(word));
    // A heading of its own opens a part of the text, or a day of a list.
    let beside = |cost: u8| near && cost == 0 && (dated || !is_heading(parent));
    let parts = parts(&whole);
    if !parts.is_empty() {
        let place = |(part, modified): (&str, bool)| {
            let trust = trust_of(part, dated, near, true) - cost;
            Place { text: part.to_owned(), origin: VISIBLE.into(), trust, modified, beside: beside(cost) }
        };
        return parts.into_iter().map(place).collect();
    }
    let of_page = says_modified(&whole) && whole.chars().count() <= LONGEST_STATEMENT;
    let cost = if of_page && cost == SELDOM_COST { 0 } else { cost };
    let modified = says_modified(&whole) || says_modified(&before) || by_class();
    let trust = trust_of(&whole, dated, near, of_page) - cost;
    // What the label says is looked at again, among all dates of the page.
    let text = if says_published(&before) { format!("{before} {whole}") } else { whole };
    vec![Place { text, origin: VISIBLE.into(), trust, modified, beside: beside(cost) }]
}

/// All of a date of which a piece has no day: calendar leaves show day, month and year in elements of their own.
fn with_its_day(element: ElementRef<'_>, piece: String) -> String {
    if !line::is_a_month_or_year(&piece) {
        return piece;
    }
    let Some(around) = element.parent().and_then(ElementRef::wrap) else { return piece };
    if around.descendants().nth(NODES_OF_LEAF).is_some() {
        return piece;
    }
    let leaf = around.text().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
    if leaf.len() <= LONGEST_DATE && line::stands_alone(&leaf) { leaf } else { piece }
}

/// How far a shown date is to be trusted; `of_page` if it says what it is of.
fn trust_of(text: &str, dated: bool, near: bool, of_page: bool) -> u8 {
    match (dated, near) {
        // "This page was last changed on …" in a footer tells more than a date in prose.
        (false, _) if of_page => STATEMENT_TRUST,
        (true, true) => 55,
        (true, false) => 45,
        (false, true) if text.chars().count() <= LONGEST_DATE => 52,
        (false, true) => 40,
        (false, false) => 25,
    }
}

/// The short text before a date that may be its label: the one before it in its element, else before that. One that holds a date labels that.
pub(super) fn label_before(node: NodeRef<'_, Node>) -> String {
    let before = |node: NodeRef<'_, Node>| {
        let mut texts = node.prev_siblings().filter_map(|sibling| match sibling.value() {
            Node::Text(text) => Some(collapse(text)),
            _ => ElementRef::wrap(sibling).map(|element| beginning(element, PIECES_OF_LABEL)),
        });
        texts.find(|text| !text.is_empty())
    };
    let label = before(node).or_else(|| before(node.parent()?));
    label.filter(|label| label.len() < LONGEST_DATE && !may_be_date(label)).unwrap_or_default()
}

/// Whether a text stands in code, which is cut into pieces for its colours: what a program is given as a date is an example.
fn is_code(node: NodeRef<'_, Node>) -> bool {
    let mut around = node.ancestors().take(LEVELS_ABOVE).filter_map(|node| node.value().as_element());
    around.any(|element| matches!(element.name(), "code" | "pre" | "kbd" | "samp"))
}

/// Whether an element is a heading, or stands just in one.
fn is_heading(element: ElementRef<'_>) -> bool {
    let around = element.parent().and_then(ElementRef::wrap).into_iter().chain([element]);
    around.map(|element| element.value().name()).any(html::is_heading)
}

/// Whether a text has the digits of a date.
pub(super) fn may_be_date(text: &str) -> bool {
    match text.is_ascii() {
        true => text.bytes().filter(u8::is_ascii_digit).nth(2).is_some(),
        false => text.chars().filter(|c| super::token::digit(*c).is_some()).nth(2).is_some() || text.contains('年'),
    }
}
