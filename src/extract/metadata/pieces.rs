//! The names that one element of an author's place shows, over the pieces that mark-up splits it into.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::leads;
use super::name::{self, Place};
use super::wording::AUTHOR;
use crate::html::{Attribute as _, collapse};

/// A byline is a line.
pub(super) const LONGEST: usize = 160;
/// Pieces of text that one byline may be split into.
const MOST_PIECES: usize = 14;
/// More names than this are a list of staff.
pub(super) const MOST_NAMES: usize = 10;

/// Words after which a further name follows in the next piece.
const JOINTS: [&str; 9] = [" and", " und", " et", " y", " en", " och", " og", " и", " e"];

/// A piece of text, and the link that it stands in.
struct Piece<'a> {
    text: String,
    link: Option<&'a str>,
    /// Tag and class of the element around it, where they tell it from any other: `li`, `span.author`.
    shape: Option<(&'a str, Option<&'a str>)>,
}

/// The pieces of text of an element, the first few; only those from a node on, where one is given.
fn pieces(element: ElementRef<'_>, from: Option<NodeId>) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut length = 0;
    for node in element.descendants().skip_while(|node| from.is_some_and(|from| node.id() != from)) {
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
        let link = node.ancestors().take(3).filter_map(ElementRef::wrap).find(|ancestor| ancestor.value().name() == "a");
        // "Ana Solano in Rivers": what the text is about.
        if link.and_then(|link| link.attribute("rel")).is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "tag")) {
            continue;
        }
        let link = link.and_then(|link| link.attribute("href"));
        let around = node.parent().and_then(ElementRef::wrap).filter(|around| around.id() != element.id());
        let shape = around.map(|around| (around.value().name(), around.attribute("class"))).filter(|(tag, class)| {
            *tag == "li" || class.is_some_and(|class| AUTHOR.iter().any(|word| class.to_ascii_lowercase().contains(word)))
        });
        pieces.push(Piece { text, link, shape });
    }
    pieces
}

/// The names of an element whose place is an author's. A further piece of it is a further author only after a comma or "and", or where it stands in or links to the same kind
/// of page: what else follows is a title, a date or a biography.
pub(super) fn names_in(element: ElementRef<'_>) -> Vec<String> {
    names_of(&pieces(element, None))
}

/// The names that an element shows after a piece of its text.
pub(super) fn names_after(element: ElementRef<'_>, text: NodeId) -> Vec<String> {
    names_of(&pieces(element, Some(text)))
}

fn names_of(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut folder: Option<&str> = None;
    let mut shape: Option<(&str, Option<&str>)> = None;
    let mut joined = false;
    for (index, piece) in pieces.iter().enumerate() {
        let text = piece.text.as_str();
        if leads::is_lead(text.trim_matches([' ', '|', '-', '–', '—', '·', '•'])) {
            names.clear();
            continue;
        }
        if is_joint(text) {
            joined = true;
            continue;
        }
        if !names.is_empty() && says_another_task(text) {
            break;
        }
        let begins_joined = text.starts_with([',', '&', '/', '、']) || text.starts_with("and ");
        let of_shape = shape.is_some() && piece.shape == shape;
        let alike = of_shape || piece.link.is_some() && folder.is_some() && piece.link.and_then(folder_of) == folder;
        if names.is_empty() || joined || begins_joined || alike {
            let place = if names.is_empty() { Place::Marked } else { Place::Plain };
            let text = text.trim_start_matches([',', '&', '/', '、', ' ']).trim_start_matches("and ");
            let text = JOINTS.iter().find_map(|joint| text.strip_suffix(joint)).unwrap_or(text);
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
                shape = piece.shape;
            }
            names.extend(found);
        }
        joined = text.ends_with([',', '&', '/', '、']) || JOINTS.iter().any(|joint| text.ends_with(joint));
    }
    names.truncate(MOST_NAMES);
    names
}

/// "Edited by", "Medically reviewed by": who follows did not write the text.
fn says_another_task(text: &str) -> bool {
    let text = text.to_lowercase();
    ["edited", "review", "checked", "photo", "foto", "translat", "illustrat"].iter().any(|word| text.contains(word))
}

pub(super) fn is_small_word(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "the" | "and" | "via" | "our" | "this" | "our:" | "now" | "all" | "email")
}

/// Microdata that nobody sees: `<span itemprop=author><meta itemprop=name content="Ana Solano"></span>`.
pub(super) fn named_within(element: ElementRef<'_>) -> Vec<String> {
    let hidden = |child: &ElementRef<'_>| child.value().name() == "meta" && child.attribute("itemprop") == Some("name");
    let name = element.descendent_elements().take(MOST_PIECES).find(hidden).and_then(|child| child.attribute("content"));
    name.map(|name| name::read(name, Place::Declared)).unwrap_or_default()
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
