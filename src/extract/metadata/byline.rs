//! Bylines that a reader sees: which element of the page shows the author.
//!
//! One walk over the tree collects every place that may show a name, with what speaks for it: markup (`rel=author`, microdata), class names, an opening
//! "By", an address of a person's page, a portrait whose text is the name. Nearness to the headline decides between them.

use std::collections::HashSet;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashSet;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::marks::{Marks, Never, is_aside, mark, never};
use super::name::{self, Place};
use super::pieces::{LONGEST, MOST_NAMES, named_within, names_in};
use super::unmarked::{is_dated, is_labelled, may_be_dated, may_say_written_by, opening, posted_at, task, without_signs};
use super::wording::{PERSONS, PICTURES};
use super::{dated, dense};
use crate::html::{Attribute as _, Dom, collapse};

/// The names that one place shows.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) names: Vec<String>,
    pub(super) origin: &'static str,
    /// What speaks for it, higher is better.
    pub(super) trust: i32,
    /// How many pieces of text stand before it.
    at: usize,
    /// The grandparent, which several authors of one text share.
    group: Option<NodeId>,
    /// Whether it stands where a byline does, at the headline.
    pub(super) is_near: bool,
}

impl Spot {
    /// Whether nothing but the name of a class says that this is an author.
    pub(super) fn is_of_class(&self) -> bool {
        self.origin.starts_with("class")
    }

    /// Whether nothing but the address of a link says that this is an author.
    pub(super) fn is_guess(&self) -> bool {
        self.origin == LINK_ORIGIN
    }
}

/// How a name after "by" was found.
const OPENING_ORIGIN: &str = "text after by";
/// How a name that links to a page of persons was found.
const LINK_ORIGIN: &str = "link to a person";
/// "By Ana Solano", where nothing marks it.
const OPENING: i32 = 78;
/// "Text: Ana Solano": prose does not begin so.
const LABEL: i32 = 82;
/// A name that links to a page of persons.
const PERSON_LINK: i32 = 66;
/// A name and a date in one line.
const DATED_LINE: i32 = 62;
/// A name that is the text of a picture beside it, who may be whom the text is about.
const PORTRAIT: i32 = 56;
/// A name that stands beside the picture of a user.
const AVATAR: i32 = 66;
/// A user's name has so many words at most.
const WORDS_OF_A_USER: usize = 3;
/// Elements and texts among which a role stands.
const NODES_OF_A_ROLE: usize = 8;
/// In bytes: "Photographer" and its like.
const LONGEST_ROLE: usize = 16;
/// "By Staff Writer": nobody is named.
const TASK: i32 = 45;
/// Within a screen below the headline.
const NEAR: i32 = 12;
/// Just above it.
const ABOVE: i32 = 4;
/// Far above it is the head of the page.
const FAR_ABOVE: i32 = -14;
/// At the end of the text are author boxes, and teasers.
const FAR_BELOW: i32 = -6;
/// What is less to be trusted by more than this stands with another text, not with the headline.
pub(super) const FAR: i32 = NEAR - FAR_BELOW;
/// Two signs of one place agree.
const CONFIRMED: i32 = 1;
/// Pieces of text that one byline has.
const ONE_PLACE: usize = 3;
/// What an aside, a footer or a box costs.
const ASIDE: i32 = -12;
/// A clear byline: better than what the page tells programs, where that is only a login or the site's own name.
pub(super) const CLEAR: i32 = 76;
/// Less is a guess.
const LEAST: i32 = 57;
/// Pieces of text that a byline may stand below the headline.
const NEAR_PIECES: usize = 45;
/// And above it.
const ABOVE_PIECES: usize = 14;
/// Pieces of text below the headline among which bylines stand, and further authors are looked for.
const BYLINE_PIECES: usize = 20;
/// So close below the headline even a box for teasers holds the byline: some templates name all of their heads so.
const NEXT_PIECES: usize = 6;
/// Pieces of text between the names of two authors of one text: what each is, and where to find them.
const APART: usize = 8;
/// Pages with more places than this are lists of people.
const MOST_SPOTS: usize = 400;

/// How much of a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// From the headline to where its byline ends.
    Headline,
    /// All of it.
    Page,
}

/// The authors that the page shows, best first; `heading` is the headline's element.
pub(super) fn find(dom: &Dom, heading: Option<NodeId>, reach: Reach) -> Vec<Spot> {
    let headline = heading.and_then(|heading| dom.html.tree.get(heading));
    let mut walk = Walk { around: headline.iter().flat_map(NodeRef::ancestors).map(|node| node.id()).collect(), ..Walk::default() };
    match reach {
        Reach::Page => walk.over(dom.html.tree.root().traverse(), heading, usize::MAX),
        Reach::Headline => walk.over(headline.into_iter().flat_map(on_from), heading, BYLINE_PIECES),
    }
    let Walk { mut spots, heading_at, .. } = walk;
    for spot in &mut spots {
        spot.trust += match heading_at {
            Some(heading) if spot.at >= heading && spot.at <= heading + NEAR_PIECES => NEAR,
            Some(heading) if spot.at >= heading => FAR_BELOW,
            Some(heading) if spot.at + ABOVE_PIECES >= heading => ABOVE,
            Some(_) => FAR_ABOVE,
            None => 0,
        };
        spot.is_near = heading_at.is_none_or(|heading| spot.at + ABOVE_PIECES >= heading && spot.at <= heading + BYLINE_PIECES);
    }
    confirm(&mut spots);
    spots.retain(|spot| spot.trust >= LEAST);
    spots.sort_by(|one, other| other.trust.cmp(&one.trust).then(one.at.cmp(&other.at)));
    spots
}

/// The tree from a node on, in the page's order.
fn on_from(node: NodeRef<'_, Node>) -> impl Iterator<Item = Edge<'_, Node>> {
    let later = std::iter::once(node).chain(node.ancestors()).flat_map(|node| node.next_siblings());
    std::iter::once(node).chain(later).flat_map(|node| node.traverse())
}

/// A place that is marked and says "by" too is trusted more than its like.
fn confirm(spots: &mut [Spot]) {
    let said: Vec<(usize, Vec<String>)> =
        spots.iter().filter(|spot| spot.origin == OPENING_ORIGIN).map(|spot| (spot.at, spot.names.clone())).collect();
    for spot in spots.iter_mut().filter(|spot| spot.origin != OPENING_ORIGIN) {
        if said.iter().any(|(at, names)| at.abs_diff(spot.at) <= ONE_PLACE && names.first() == spot.names.first()) {
            spot.trust += CONFIRMED;
        }
    }
}

/// The best place's names, and those of its like beside it; how far it is to be trusted, and how it was found.
pub(super) fn best(spots: &[Spot]) -> Option<(Vec<String>, &'static str, i32)> {
    let first = spots.first()?;
    let mut names: Vec<String> = Vec::new();
    let is_like =
        |spot: &&Spot| spot.trust == first.trust && spot.origin == first.origin && spot.group.is_some() && spot.group == first.group;
    // Those who answer in a thread are in one box with each other, but a post away.
    let mut last = first.at;
    let like = spots.iter().filter(is_like).take_while(|spot| {
        let is_near = spot.at.abs_diff(last) <= APART;
        last = spot.at;
        is_near
    });
    for name in first.names.iter().chain(like.flat_map(|spot| &spot.names)) {
        let lower = name.to_lowercase();
        let known = names.iter().map(|other| other.to_lowercase()).any(|other| other.contains(&lower) || lower.contains(&other));
        if !known && names.len() < MOST_NAMES {
            names.push(name.clone());
        }
    }
    Some((names, first.origin, first.trust))
}

#[derive(Default)]
struct Walk {
    spots: Vec<Spot>,
    pieces: usize,
    heading_at: Option<usize>,
    aside: usize,
    portraits: HashSet<String>,
    /// How many pieces of text stood before the last picture of a user.
    avatar_at: Option<usize>,
    /// The boxes around the headline, whose names tell of the whole page.
    around: FxHashSet<NodeId>,
}

impl Walk {
    fn over<'a>(&mut self, edges: impl Iterator<Item = Edge<'a, Node>>, heading: Option<NodeId>, most_pieces: usize) {
        let mut skipped: Option<NodeId> = None;
        let mut asides: Vec<NodeId> = Vec::new();
        let mut lower = String::new();
        for edge in edges {
            if self.pieces > most_pieces {
                break;
            }
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Text(text) => self.text(node, text),
                    Node::Element(element) => {
                        let marks = Marks::of(element, &mut lower);
                        let never = if self.around.contains(&node.id()) { None } else { never(element, &marks, &lower) };
                        if never.is_some_and(|never| never == Never::Always || !self.is_next()) {
                            skipped = Some(node.id());
                            continue;
                        }
                        if Some(node.id()) == heading {
                            self.heading_at = Some(self.pieces);
                        }
                        if is_aside(element, &lower) && !self.around.contains(&node.id()) {
                            asides.push(node.id());
                        }
                        self.aside = asides.len();
                        self.element(node, element, &marks, &lower);
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    }
                    if asides.last() == Some(&node.id()) {
                        asides.pop();
                        self.aside = asides.len();
                    }
                }
                Edge::Open(_) => {}
            }
        }
    }

    /// Whether the walk is just below the headline.
    fn is_next(&self) -> bool {
        self.heading_at.is_some_and(|heading| self.pieces <= heading + NEXT_PIECES)
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element, marks: &Marks<'_>, names: &str) {
        if element.name() == "img" {
            if is_avatar(element) {
                self.avatar_at = Some(self.pieces);
            }
            if let Some(text) = element.attribute("alt").filter(|text| text.len() <= LONGEST && text.contains(' ')) {
                self.portraits.insert(collapse(text));
            }
            return;
        }
        // What holds the headline is the article, though its class may name the author: `hentry author-solano`.
        if self.spots.len() >= MOST_SPOTS || self.around.contains(&node.id()) {
            return;
        }
        let Some((trust, origin)) = mark(marks, names) else { return };
        let Some(wrapped) = ElementRef::wrap(node).filter(|wrapped| !takes_pictures(*wrapped)) else { return };
        let found = match element.attribute("content") {
            Some(content) => name::read(content, Place::Declared),
            None => Some(names_in(wrapped)).filter(|names| !names.is_empty()).unwrap_or_else(|| named_within(wrapped)),
        };
        self.push(node, found, trust, origin);
    }

    fn text(&mut self, node: NodeRef<'_, Node>, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.pieces += 1;
        // What nothing marks is a byline only near the headline.
        let near = self.heading_at.is_some_and(|heading| self.pieces <= heading + NEAR_PIECES);
        // Above it stand menus, where only a label is plain enough: "Text: Ana Solano".
        let labelled = || self.heading_at.is_none() && is_labelled(without_signs(text));
        if near
            && self.spots.len() < MOST_SPOTS
            && let Some(names) = dense::dateline(text)
        {
            self.push(node, names, OPENING, OPENING_ORIGIN);
            return;
        }
        if text.len() > LONGEST * 2 || self.spots.len() >= MOST_SPOTS || !near && !may_say_written_by(text) && !labelled() {
            return;
        }
        let text = collapse(text);
        let Some(parent) = node.parent().and_then(ElementRef::wrap) else { return };
        if text.len() > LONGEST {
            return;
        }
        let text = without_signs(&text);
        if near
            && !is_heading(parent.value())
            && let Some(names) = dense::byline(text)
        {
            self.push(node, names, LABEL, OPENING_ORIGIN);
            return;
        }
        if let Some(names) = opening(text, node.id(), parent) {
            self.push(node, names, if is_labelled(text) { LABEL } else { OPENING }, OPENING_ORIGIN);
            return;
        }
        if let Some(names) = dated::after_day(text).filter(|_| near).map(|rest| name::read(rest, Place::Plain)) {
            self.push(node, names, OPENING, OPENING_ORIGIN);
            return;
        }
        if let Some(task) = task(text).filter(|_| near) {
            self.push(node, vec![task.to_owned()], TASK, "task after by");
            return;
        }
        if near && !is_heading(parent.value()) {
            self.unmarked(node, parent, text);
        }
    }

    /// A name that only its surroundings tell. Reading names is costly, so that they are asked first.
    fn unmarked(&mut self, node: NodeRef<'_, Node>, parent: ElementRef<'_>, text: &str) {
        let around = parent.ancestors().filter_map(ElementRef::wrap).take(2);
        let link = around.chain([parent]).find(|element| element.attribute("href").is_some());
        // A link to a person begins with the name; one to a job begins with the task.
        let begins =
            |link: ElementRef<'_>| link.text().map(str::trim).find(|piece| !piece.is_empty()).is_some_and(|piece| collapse(piece) == text);
        let person = link.is_some_and(|link| link.attribute("href").is_some_and(is_person) && begins(link));
        let portrait = !person && self.portraits.contains(text);
        if !person && !portrait {
            if self.avatar_at.is_some_and(|at| at + 1 == self.pieces) && text.split(' ').count() <= WORDS_OF_A_USER {
                let names = name::read(text, Place::Marked);
                if names.first().is_some_and(|name| name == text) {
                    return self.push(node, names, AVATAR, "name beside an avatar");
                }
            }
            if let Some(name) = posted_at(text) {
                return self.push(node, name::read(name, Place::Marked), OPENING, "name and time");
            }
        }
        if !person && !portrait && parent.value().name() == "a" {
            return;
        }
        if !person
            && !portrait
            && let Some(names) = dated::beside_day(text)
        {
            return self.push(node, names, DATED_LINE, "line with a date");
        }
        if !person && !portrait && !may_be_dated(text) {
            return;
        }
        let names = name::read(text, Place::Plain);
        let Some(first) = names.first() else { return };
        if person {
            self.push(node, names, PERSON_LINK, LINK_ORIGIN);
        } else if portrait && first == text {
            self.push(node, names, PORTRAIT, "name beside a portrait");
        } else if parent.value().name() != "a" && is_dated(text, first) {
            self.push(node, names, DATED_LINE, "line with a date");
        }
    }

    fn push(&mut self, node: NodeRef<'_, Node>, names: Vec<String>, trust: i32, origin: &'static str) {
        if !names.is_empty() {
            let trust = if self.aside > 0 { trust + ASIDE } else { trust };
            let group = node.parent().and_then(|parent| parent.parent()).map(|group| group.id());
            self.spots.push(Spot { names, origin, trust, at: self.pieces, group, is_near: false });
        }
    }
}

/// Whether a picture is a user's, as the services for them and the themes name it.
fn is_avatar(element: &Element) -> bool {
    element.attrs().any(|(name, value)| match name {
        "class" | "alt" => value.contains("avatar") || value.contains("Avatar"),
        "src" => value.contains("gravatar.com/"),
        _ => false,
    })
}

/// Whether the next element says that the one named took the pictures: "Luis Prado" "Foto".
fn takes_pictures(element: ElementRef<'_>) -> bool {
    let next = element.next_siblings().find_map(ElementRef::wrap);
    let texts = next.into_iter().flat_map(|next| next.descendants().take(NODES_OF_A_ROLE)).filter_map(|node| node.value().as_text());
    let role = texts.map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or("");
    role.len() <= LONGEST_ROLE && (PICTURES.contains(role.to_lowercase().as_str()) || matches!(role, "Fotograf" | "Photographer"))
}

fn is_heading(element: &Element) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3")
}

fn is_person(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    let mut segments = path.trim_end_matches('/').rsplit('/').skip(1);
    segments.any(|segment| PERSONS.contains(segment.to_ascii_lowercase().as_str()))
}
