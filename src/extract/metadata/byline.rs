//! Bylines that a reader sees: which element of the page shows the author.
//!
//! One walk over the tree collects every place that may show a name, with what speaks for it: markup (`rel=author`, microdata), class names, an opening
//! "By", an address of a person's page, a portrait whose text is the name. Nearness to the headline decides between them.

use std::collections::HashSet;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::name::{self, Place};
use crate::html::{Dom, collapse};

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
}

/// Microdata is written for programs.
const MICRODATA: i32 = 92;
/// So is `rel=author`, but author boxes of teasers have it too.
const REL_AUTHOR: i32 = 88;
/// A class such as `author-name`.
const NAME_CLASS: i32 = 86;
/// A class that is just `author` or `byline`.
const AUTHOR_CLASS: i32 = 80;
/// A class that mentions authors.
const ABOUT_AUTHORS: i32 = 70;
/// "By Ana Solano", where nothing marks it.
const OPENING: i32 = 78;
/// A name that links to a page of persons.
const PERSON_LINK: i32 = 66;
/// A name and a date in one line.
const DATED_LINE: i32 = 62;
/// A name that is the text of a picture beside it.
const PORTRAIT: i32 = 60;
/// Within a screen below the headline.
const NEAR: i32 = 12;
/// Just above it.
const ABOVE: i32 = 4;
/// Far above it is the head of the page.
const FAR_ABOVE: i32 = -14;
/// At the end of the text are author boxes, and teasers.
const FAR_BELOW: i32 = -6;
/// What an aside, a footer or a box costs.
const ASIDE: i32 = -12;
/// Less is a guess.
const LEAST: i32 = 62;
/// Pieces of text that a byline may stand below the headline.
const NEAR_PIECES: usize = 45;
/// And above it.
const ABOVE_PIECES: usize = 14;
/// A byline is a line.
const LONGEST: usize = 160;
/// Pieces of text that one byline may be split into.
const MOST_PIECES: usize = 14;
/// Pages with more places than this are lists of people.
const MOST_SPOTS: usize = 400;
/// More names than this are a list of staff.
const MOST_NAMES: usize = 10;

/// Words of class names and ids of places that name other authors than this text's.
const NEVER: &[&str] = &[
    "comment",
    "related",
    "recommend",
    "recirc",
    "teaser",
    "trending",
    "popular",
    "latest",
    "newsletter",
    "menu",
    "navigation",
    "breadcrumb",
    "cookie",
    "caption",
    "gallery",
    "carousel",
    "slider",
    "promo",
    "pagination",
    "also-like",
    "read-next",
    "readnext",
    "up-next",
    "most-read",
    "mostread",
    "more-from",
    "more-stories",
    "disqus",
    "respond",
    "recent",
    "blogroll",
];
/// Words of class names and ids of places at the side of a text.
const SIDE: &[&str] = &["sidebar", "side-bar", "widget-area", "footer", "tooltip", "modal", "popup", "card"];
/// Parts of class names that say "author".
const AUTHOR: &[&str] = &[
    "author",
    "byline",
    "by-line",
    "autor",
    "auteur",
    "writer",
    "verfasser",
    "redakteur",
    "contributor",
    "penulis",
    "username",
    "user-name",
    "user_name",
    "written-by",
    "writtenby",
    "posted-by",
    "postedby",
    "journalist",
    "reporter",
    "creator",
    "submitted",
    "attribution",
];
/// Parts of class names of what stands around an author's name.
const BESIDE: &[&str] = &[
    "avatar",
    "image",
    "img",
    "photo",
    "bio",
    "desc",
    "title",
    "job",
    "role",
    "position",
    "social",
    "date",
    "time",
    "link-list",
    "follow",
    "authority",
    "authorize",
    "icon",
    "count",
    "email",
];
/// Segments of addresses of persons' pages.
const PERSONS: &[&str] = &[
    "author",
    "authors",
    "autor",
    "autores",
    "autoren",
    "auteur",
    "auteurs",
    "autori",
    "autore",
    "people",
    "person",
    "persons",
    "profile",
    "profiles",
    "contributor",
    "contributors",
    "staff",
    "writers",
    "writer",
    "journalist",
    "journalists",
    "user",
    "users",
    "member",
    "members",
    "redaktion",
    "redacteur",
    "team",
    "by",
    "about-us",
    "experts",
    "columnist",
    "columnists",
    "profil",
];

/// A piece of text, and the link that it stands in.
struct Piece<'a> {
    text: String,
    link: Option<&'a str>,
}

/// The authors that the page shows, best first; `heading` is the headline's element.
pub(super) fn find(dom: &Dom, heading: Option<NodeId>) -> Vec<Spot> {
    let mut walk = Walk::default();
    walk.over(dom, heading);
    let Walk { mut spots, heading_at, .. } = walk;
    for spot in &mut spots {
        spot.trust += match heading_at {
            Some(heading) if spot.at >= heading && spot.at <= heading + NEAR_PIECES => NEAR,
            Some(heading) if spot.at >= heading => FAR_BELOW,
            Some(heading) if spot.at + ABOVE_PIECES >= heading => ABOVE,
            Some(_) => FAR_ABOVE,
            None => 0,
        };
    }
    spots.retain(|spot| spot.trust >= LEAST);
    spots.sort_by(|one, other| other.trust.cmp(&one.trust).then(one.at.cmp(&other.at)));
    spots
}

/// The best place's names, and those of its like beside it.
pub(super) fn best(spots: &[Spot], is_wanted: impl Fn(&str) -> bool) -> Option<(Vec<String>, &'static str)> {
    let wanted = |spot: &&Spot| spot.names.iter().any(|name| is_wanted(name));
    let first = spots.iter().find(wanted)?;
    let mut names: Vec<String> = Vec::new();
    let like = spots
        .iter()
        .filter(|spot| spot.trust == first.trust && spot.origin == first.origin && spot.group.is_some() && spot.group == first.group);
    for name in first.names.iter().chain(like.flat_map(|spot| &spot.names)).filter(|name| is_wanted(name)) {
        let known = names
            .iter()
            .any(|other| other.to_lowercase().contains(&name.to_lowercase()) || name.to_lowercase().contains(&other.to_lowercase()));
        if !known && names.len() < MOST_NAMES {
            names.push(name.clone());
        }
    }
    Some((names, first.origin))
}

#[derive(Default)]
struct Walk {
    spots: Vec<Spot>,
    pieces: usize,
    heading_at: Option<usize>,
    aside: usize,
    portraits: HashSet<String>,
}

impl Walk {
    fn over(&mut self, dom: &Dom, heading: Option<NodeId>) {
        let mut skipped: Option<NodeId> = None;
        let mut asides: Vec<NodeId> = Vec::new();
        let mut lower = String::new();
        for edge in dom.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Text(text) => self.text(node, text),
                    Node::Element(element) => {
                        names_of(element, &mut lower);
                        if is_never(element, &lower) {
                            skipped = Some(node.id());
                            continue;
                        }
                        if Some(node.id()) == heading {
                            self.heading_at = Some(self.pieces);
                        }
                        if is_aside(element, &lower) {
                            asides.push(node.id());
                        }
                        self.aside = asides.len();
                        self.element(node, element, &lower);
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

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element, names: &str) {
        if element.name() == "img" {
            if let Some(text) = element.attr("alt").filter(|text| text.len() <= LONGEST) {
                self.portraits.extend(name::read(text, Place::Plain).into_iter().next());
            }
            return;
        }
        if self.spots.len() >= MOST_SPOTS {
            return;
        }
        let Some((trust, origin)) = mark(element, names) else { return };
        let Some(wrapped) = ElementRef::wrap(node) else { return };
        let found = match element.attr("content") {
            Some(content) => name::read(content, Place::Marked),
            None => names_in(wrapped),
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
        if text.len() > LONGEST * 2 || !near || self.spots.len() >= MOST_SPOTS {
            return;
        }
        let text = collapse(text);
        let Some(parent) = node.parent().and_then(ElementRef::wrap) else { return };
        if text.len() > LONGEST {
            return;
        }
        if let Some(names) = opening(&text, parent) {
            self.push(node, names, OPENING, "text after by");
            return;
        }
        let names = name::read(&text, Place::Plain);
        if names.is_empty() {
            return;
        }
        let person = parent
            .ancestors()
            .filter_map(ElementRef::wrap)
            .take(2)
            .chain([parent])
            .find_map(|element| element.attr("href"))
            .is_some_and(is_person);
        if person {
            self.push(node, names, PERSON_LINK, "link to a person");
        } else if names.first().is_some_and(|name| self.portraits.contains(name)) {
            self.push(node, names, PORTRAIT, "name beside a portrait");
        } else if is_dated(&text) {
            self.push(node, names, DATED_LINE, "line with a date");
        }
    }

    fn push(&mut self, node: NodeRef<'_, Node>, names: Vec<String>, trust: i32, origin: &'static str) {
        if !names.is_empty() {
            let trust = if self.aside > 0 { trust + ASIDE } else { trust };
            let group = node.parent().and_then(|parent| parent.parent()).map(|group| group.id());
            self.spots.push(Spot { names, origin, trust, at: self.pieces, group });
        }
    }
}

/// "By Ana Solano" and "By" before an element with the name; for a short line only.
fn opening(text: &str, parent: ElementRef<'_>) -> Option<Vec<String>> {
    let lead = name::is_lead(text);
    let rest = name::after_lead(text);
    if !lead && rest.is_none() && !text.to_lowercase().starts_with("posted") {
        return None;
    }
    let names = match rest {
        Some(rest) if !rest.is_empty() => {
            let names = name::read(text, Place::Marked);
            // Prose begins so too: "By the lake, a house …".
            let like_a_name =
                rest.split_whitespace().count() <= 3 || names.first().is_some_and(|name| !name::read(name, Place::Plain).is_empty());
            names.into_iter().filter(|_| like_a_name).collect()
        }
        _ => names_in(parent),
    };
    (!names.is_empty()).then_some(names)
}

fn is_dated(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit)) && text.len() <= 100
}

fn is_person(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    let mut segments = path.trim_end_matches('/').rsplit('/').skip(1);
    segments.any(|segment| PERSONS.contains(&segment.to_ascii_lowercase().as_str()))
}

/// Class and id, lower case, into a buffer that is used again.
fn names_of(element: &Element, into: &mut String) {
    into.clear();
    for name in ["class", "id"] {
        if let Some(value) = element.attr(name).filter(|value| value.len() <= 400) {
            into.push_str(value);
            into.push(' ');
        }
    }
    into.make_ascii_lowercase();
}

fn is_never(element: &Element, names: &str) -> bool {
    match element.name() {
        "script" | "style" | "head" | "nav" | "figcaption" | "svg" | "template" | "form" | "select" | "textarea" | "noscript"
        | "iframe" => true,
        "html" | "body" | "main" => false,
        _ => {
            element
                .attr("itemprop")
                .is_some_and(|property| matches!(property, "comment" | "suggestedAnswer" | "acceptedAnswer" | "publisher"))
                || NEVER.iter().any(|word| names.contains(word))
                    && !names.contains("byline")
                    && !names.contains("comments-")
                    && !names.contains("has-")
        }
    }
}

fn is_aside(element: &Element, names: &str) -> bool {
    match element.name() {
        "aside" | "footer" => true,
        "html" | "body" | "main" | "article" => false,
        _ => SIDE.iter().any(|word| names.contains(word)),
    }
}

/// What an element's markup and names say for it.
fn mark(element: &Element, names: &str) -> Option<(i32, &'static str)> {
    let has = |attribute: &str, word: &str| {
        element.attr(attribute).is_some_and(|value| value.split_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
    };
    if has("itemprop", "author") || has("itemprop", "creator") || has("property", "author") {
        return Some((MICRODATA, "itemprop author"));
    }
    if has("rel", "author") {
        return Some((REL_AUTHOR, "rel author"));
    }
    let word = AUTHOR.iter().find(|word| names.contains(**word))?;
    if BESIDE.iter().any(|word| names.contains(word)) && !names.contains("name") {
        return Some((ABOUT_AUTHORS - 6, "class about authors"));
    }
    if names.contains("name") {
        return Some((NAME_CLASS, "class of an author's name"));
    }
    match names.split_whitespace().any(|name| name == *word || name.ends_with(word) && name.len() <= word.len() + 12) {
        true => Some((AUTHOR_CLASS, "class author")),
        false => Some((ABOUT_AUTHORS, "class about authors")),
    }
}

/// The pieces of text of an element, the first few.
fn pieces(element: ElementRef<'_>) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut length = 0;
    for node in element.descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let text = collapse(text);
        if text.is_empty()
            || node
                .parent()
                .is_some_and(|parent| parent.value().as_element().is_some_and(|parent| matches!(parent.name(), "script" | "style")))
        {
            continue;
        }
        length += text.len();
        if pieces.len() >= MOST_PIECES || length > LONGEST * 2 {
            break;
        }
        let link = node
            .ancestors()
            .take(3)
            .filter_map(ElementRef::wrap)
            .find(|ancestor| ancestor.value().name() == "a")
            .and_then(|link| link.attr("href"));
        pieces.push(Piece { text, link });
    }
    pieces
}

/// The names of an element whose place is an author's. A further piece of it is a further author only after a comma or "and", or where it links to the same kind
/// of page: what else follows is a title, a date or a biography.
fn names_in(element: ElementRef<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut folder: Option<&str> = None;
    let mut joined = false;
    let pieces = pieces(element);
    for (index, piece) in pieces.iter().enumerate() {
        let text = piece.text.as_str();
        if name::is_lead(text) {
            names.clear();
            continue;
        }
        if is_joint(text) {
            joined = true;
            continue;
        }
        let begins_joined = text.starts_with([',', '&', '/', '、']) || text.starts_with("and ");
        let alike = piece.link.is_some() && folder.is_some() && piece.link.and_then(folder_of) == folder;
        if names.is_empty() || joined || begins_joined || alike {
            let place = if names.is_empty() { Place::Marked } else { Place::Plain };
            let text = text.trim_start_matches([',', '&', '/', '、', ' ']).trim_start_matches("and ");
            let mut found = name::read(text, place);
            // A name may be split by mark-up: first name, last name.
            if names.is_empty()
                && let ([one], Some(next)) = (found.as_slice(), pieces.get(index + 1))
                && is_word(one)
                && is_word(&next.text)
                && text == one
                && next.link == piece.link
            {
                let whole = name::read(&format!("{one} {}", next.text), Place::Plain);
                if !whole.is_empty() {
                    found = whole;
                }
            }
            if names.is_empty() && !found.is_empty() {
                folder = piece.link.and_then(folder_of);
            }
            names.extend(found);
        }
        joined = text.ends_with([',', '&', '/', '、']) || text.ends_with(" and");
    }
    names.truncate(MOST_NAMES);
    names
}

fn is_joint(text: &str) -> bool {
    matches!(
        text,
        "," | "and"
            | "&"
            | "/"
            | ";"
            | "und"
            | "et"
            | "y"
            | "e"
            | "en"
            | "och"
            | "og"
            | "и"
            | "، "
            | "、"
            | ", and"
            | "i"
            | "و"
            | "·"
            | "+"
    )
}

fn is_word(text: &str) -> bool {
    text.chars().count() >= 2 && text.chars().all(char::is_alphabetic) && text.starts_with(char::is_uppercase)
}

fn folder_of(href: &str) -> Option<&str> {
    href.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| folder)
}
