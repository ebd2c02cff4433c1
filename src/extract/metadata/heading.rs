//! The headings of a page: their text, the pieces that mark-up splits it into, and whether they are the masthead.

use ego_tree::NodeId;
use scraper::{ElementRef, Node};

use super::words;
use crate::html::{Attribute as _, Dom, collapse, is_block_element, letters, noise};

/// Shorter headings name a section; a Chinese or Japanese sign counts as two letters.
const SHORTEST: usize = 4;
/// A part of a heading that is a headline by itself has so many words, or letters where words are not set apart.
const FEWEST_WORDS: usize = 2;
const FEWEST_SIGNS: usize = 8;
/// More pieces than this are no heading; asking all beginnings and ends of them would be quadratic.
const MOST_PIECES: usize = 24;
/// Words at the border of two elements that are shorter than this may be one name: `Mac<b>OS</b>`.
const SHORTEST_APART: usize = 3;

/// Where a word may be parted at the end of a line; nothing is shown of it elsewhere.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';

/// An `<h1>`.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) id: NodeId,
    pub(super) text: String,
    /// The name of the site or a link to its home page.
    pub(super) masthead: bool,
    /// What mark-up splits it into.
    pieces: Vec<String>,
}

impl Heading {
    /// The first of these texts that is a beginning or an end of the heading, as mark-up splits it.
    pub(super) fn cut_at(&self, parts: &[(String, String)]) -> Option<(String, String)> {
        if !(2..=MOST_PIECES).contains(&self.pieces.len()) {
            return None;
        }
        let lettered: Vec<String> = self.pieces.iter().map(|piece| letters(piece)).collect();
        let whole: String = lettered.concat();
        let mut ends: Vec<usize> = Vec::new();
        let mut at = 0;
        for piece in &lettered {
            at += piece.len();
            ends.push(at);
        }
        parts
            .iter()
            .filter(|(text, _)| is_headline(text))
            .find(|(text, _)| {
                let part = letters(text);
                part.len() < whole.len()
                    && (whole.starts_with(&part) && ends.contains(&part.len())
                        || whole.ends_with(&part) && ends.contains(&(whole.len() - part.len())))
            })
            .cloned()
    }
}

pub(super) fn is_headline(text: &str) -> bool {
    text.split_whitespace().count() >= FEWEST_WORDS || !text.is_ascii() && text.chars().count() >= FEWEST_SIGNS
}

/// All `<h1>`, mastheads last.
pub(super) fn read(dom: &Dom, site: Option<&str>) -> Vec<Heading> {
    let elements = dom.survey.headings.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let mut headings: Vec<Heading> =
        elements.map(|element| read_one(dom, element, site)).filter(|heading| words::size(&heading.text) >= SHORTEST).collect();
    headings.sort_by_key(|heading| heading.masthead);
    if headings.first().is_some_and(|first| !first.masthead) {
        headings.retain(|heading| !heading.masthead);
    }
    headings
}

fn read_one(dom: &Dom, element: ElementRef<'_>, site: Option<&str>) -> Heading {
    let pieces = pieces(element);
    let text = collapse(&spaced(element)).trim_end_matches(['¶', '#', ' ']).to_owned();
    let pieces = pieces.iter().map(|piece| collapse(piece)).filter(|piece| !piece.is_empty()).collect();
    let whole = letters(&text);
    let named = site.is_some_and(|site| letters(site) == whole) || letters(dom.url.site()) == whole;
    // Alone it may be the headline of a front page, whose title says nothing else.
    let alone = || dom.survey.headings.len() == 1 && dom.survey.title.as_deref().is_none_or(|title| letters(title) == whole);
    let masthead = named && !alone() || leads_home(dom, element);
    Heading { id: element.id(), text, masthead, pieces }
}

/// The pieces of text, without styles and scripts, which stand in headings too.
fn pieces(element: ElementRef<'_>) -> Vec<String> {
    let texts = element.descendants().filter_map(|node| Some((node.parent()?, node.value().as_text()?)));
    let shown = texts.filter(|(parent, _)| !parent.value().as_element().is_some_and(noise::is_never_text));
    shown.map(|(_, text)| text.to_string()).collect()
}

/// The text without soft hyphens, with a space where a line ends, and where a small letter stands before the great one of the next element: a kicker and the
/// headline, that style sets apart.
pub(super) fn spaced(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Element(inner) if inner.name() == "br" || is_block_element(inner.name()) => text.push(' '),
            Node::Text(words) if !node.parent().is_some_and(|parent| parent.value().as_element().is_some_and(noise::is_never_text)) => {
                if is_glued(&text, words) {
                    text.push(' ');
                }
                text.push_str(words);
            }
            _ => {}
        }
    }
    if text.contains(SOFT_HYPHEN) { text.replace(SOFT_HYPHEN, "") } else { text }
}

/// Whether two texts are of different words though no space stands between.
fn is_glued(before: &str, after: &str) -> bool {
    let word =
        |letters: &mut dyn Iterator<Item = char>| letters.take_while(|c| c.is_alphabetic()).take(SHORTEST_APART).count() == SHORTEST_APART;
    before.ends_with(char::is_lowercase)
        && after.starts_with(char::is_uppercase)
        && word(&mut before.chars().rev())
        && word(&mut after.chars())
}

/// Whether the heading is, or holds, a link to the home page.
fn leads_home(dom: &Dom, heading: ElementRef<'_>) -> bool {
    let outer = heading.ancestors().take(2).filter_map(ElementRef::wrap).find(|element| element.value().name() == "a");
    let Some(link) = outer.or_else(|| heading.descendent_elements().find(|element| element.value().name() == "a")) else { return false };
    let home = link.attribute("rel").is_some_and(|rel| rel.contains("home"))
        || link.attribute("href").is_some_and(|href| {
            matches!(href, "./" | "../" | "index.html")
                || dom.base.join(href).is_some_and(|url| {
                    url.same_site(&dom.url)
                        && matches!(url.path().trim_matches('/'), "" | "index.html" | "index.php")
                        && url.parts().query().is_none()
                })
        });
    // On the home page itself, the headline may well link to it.
    home && dom.url.path().len() > 1
}
