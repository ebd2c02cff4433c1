//! Headlines in lower headings (`<h2>`, `<h3>`): of pages whose `<h1>` is the site's name or a section, and of pages without one.

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::elsewhere::{is_at_foot, is_elsewhere};
use super::heading::{Heading, is_headline, spaced};
use super::{generic, tails, words};
use crate::extract::near;
use crate::html::{Attribute as _, Dom, collapse, letters};

/// Lower headings that are asked whether they are the headline.
const MOST_ASKED: usize = 40;
/// In bytes: with more text between them, the lower heading is not below the higher one but elsewhere on the page.
const MOST_BETWEEN: usize = 600;
/// Nodes between two headings that are passed over to see that.
const NODES_BETWEEN: usize = 400;
/// A lower heading that nothing speaks of has so many words if it is the headline.
const FEWEST_WORDS: usize = 4;
/// In letters: a shorter text of the head may begin many headings.
const SHORTEST_BEGINNING: usize = 12;
/// In characters: a longer one is a lead.
const LONGEST: usize = 200;

/// A lower heading: its text and its element.
pub(super) type Lower = (String, NodeId);

/// One that says what a part of the window's title says, or what the head declares.
pub(super) fn told(dom: &Dom, declared: &[(String, String)]) -> Option<Lower> {
    let parts: Vec<&str> = declared
        .iter()
        .flat_map(|(text, _)| std::iter::once(text.as_str()).chain(tails::segments(text)))
        .filter(|part| is_headline(part))
        .collect();
    let said: Vec<Said> = parts.into_iter().map(Said::of).collect();
    all(dom).find(|(text, _)| {
        let text = letters(text);
        said.iter().any(|said| said.is(&text))
    })
}

/// One right below an `<h1>`, that says the whole of what the head declares, or begins with it: above it stands the site's name or a section.
pub(super) fn told_below(dom: &Dom, headings: &[Heading], declared: &[(String, String)]) -> Option<Lower> {
    let [above] = headings else { return None };
    let said: Vec<Said> = declared.iter().map(|(text, _)| text.as_str()).filter(|text| is_headline(text)).map(Said::of).collect();
    let (text, id) = all(dom).find(|(text, id)| {
        let text = letters(text);
        said.iter().any(|said| said.is(&text) || said.begins(&text)) && is_right_below(dom, above.id, *id) && !is_aside(dom, *id)
    })?;
    let same = declared.iter().find(|(told, _)| letters(told) == letters(&text));
    Some((same.map_or(text, |(told, _)| told.clone()), id))
}

/// The first one right below the `<h1>`, where that is a section and the head says nothing: several words that lead nowhere. Without an `<h1>`, where no lower
/// heading leads to another page as those of lists do.
pub(super) fn first(dom: &Dom, above: Option<NodeId>) -> Option<Lower> {
    if above.is_none() && dom.survey.subheadings.iter().take(MOST_ASKED).any(|id| is_linked(dom, *id)) {
        return None;
    }
    let is_own = |id: NodeId| above.is_none_or(|above| is_right_below(dom, above, id)) && !is_aside(dom, id) && !is_linked(dom, id);
    let is_long = |text: &str| words::count(text) >= FEWEST_WORDS && text.chars().count() <= LONGEST && !generic::is_generic(text);
    all(dom).find(|(text, id)| is_long(text) && is_own(*id))
}

/// Whether an element follows another one with little text between.
pub(super) fn is_right_below(dom: &Dom, upper: NodeId, lower: NodeId) -> bool {
    // Nodes are numbered as they stand in the page.
    let Some(node) = dom.html.tree.get(upper).filter(|_| lower > upper) else { return false };
    let mut between = 0;
    for node in near::following(node).take(NODES_BETWEEN) {
        if node.id() == lower {
            return true;
        }
        if let Node::Text(text) = node.value() {
            between += text.trim().len();
        }
        if between > MOST_BETWEEN {
            return false;
        }
    }
    false
}

/// Whether a heading stands at the side or the foot of the page.
pub(super) fn is_aside(dom: &Dom, id: NodeId) -> bool {
    dom.html.tree.get(id).is_some_and(|node| is_elsewhere(node) || is_at_foot(node))
}

fn all(dom: &Dom) -> impl Iterator<Item = Lower> {
    let elements = dom.survey.subheadings.iter().take(MOST_ASKED).filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    elements.map(|element| (collapse(&spaced(element)), element.id()))
}

/// Whether a heading is or holds a link to another page: it is one of a list.
fn is_linked(dom: &Dom, id: NodeId) -> bool {
    let Some(heading) = dom.html.tree.get(id).and_then(ElementRef::wrap) else { return false };
    let around = heading.ancestors().take(2).filter_map(ElementRef::wrap);
    let leads_away =
        |element: &ElementRef<'_>| element.value().name() == "a" && element.attribute("href").is_some_and(|href| !href.starts_with('#'));
    around.chain(heading.descendent_elements()).any(|element| leads_away(&element))
}

/// What the head says of the headline, in letters; the beginning of it where that was cut off.
struct Said {
    letters: String,
    cut: bool,
}

impl Said {
    fn of(text: &str) -> Self {
        let beginning = tails::beginning(text);
        Self { letters: letters(beginning.unwrap_or(text)), cut: beginning.is_some() }
    }

    /// Whether a heading, in letters, is that.
    fn is(&self, text: &str) -> bool {
        if self.cut { text.starts_with(&self.letters) } else { text == self.letters }
    }

    /// Whether a heading, in letters, goes on where the head stops.
    fn begins(&self, text: &str) -> bool {
        self.letters.chars().count() >= SHORTEST_BEGINNING && text.starts_with(&self.letters)
    }
}
