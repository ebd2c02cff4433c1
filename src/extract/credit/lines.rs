//! The lines of text around an article, read from the tree before anything is cleaned away.

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use crate::html::{Dom, collapse, is_block_element, noise};
use crate::url::Url;

/// One line: a paragraph, a heading, a byline.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its links: text and address.
    pub(super) links: Vec<(String, Url)>,
    /// How many paragraphs of the article stand before it.
    pub(super) paragraphs_before: usize,
}

/// A longer line is a paragraph of the story.
const PARAGRAPH: usize = 120;
/// More lines than this are no article.
const MOST_LINES: usize = 600;

/// Where no element says that it is the article, bylines and source lines stand within so many levels above the text.
const LEVELS_UP: usize = 3;

/// The lines of the smallest `<article>` or `<main>` around the root, else of the elements around it.
pub(super) fn around(dom: &Dom, root: NodeId) -> Vec<Line> {
    let Some(node) = dom.html.tree.get(root) else { return Vec::new() };
    let named =
        node.ancestors().find(|ancestor| ancestor.value().as_element().is_some_and(|element| matches!(element.name(), "article" | "main")));
    let wider = || {
        node.ancestors()
            .take(LEVELS_UP)
            .take_while(|ancestor| ancestor.value().as_element().is_some_and(|element| element.name() != "html"))
            .last()
    };
    let scope = if is_article(node) { node } else { named.or_else(wider).unwrap_or(node) };
    collect(dom, scope)
}

fn is_article(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| matches!(element.name(), "article" | "main" | "body"))
}

/// The first link below an element.
pub(super) fn first_link(element: ElementRef<'_>, base: &Url) -> Option<Url> {
    element.descendent_elements().find_map(|child| base.join(child.attr("href")?)).filter(Url::is_web)
}

fn collect(dom: &Dom, scope: NodeRef<'_, Node>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut line = Line::default();
    let mut paragraphs = 0;
    let mut skipped: Option<NodeId> = None;
    let mut flush = |line: &mut Line, lines: &mut Vec<Line>| {
        let text = collapse(&line.text);
        if !text.is_empty() {
            let long = text.chars().count() >= PARAGRAPH;
            lines.push(Line { text, links: std::mem::take(&mut line.links), paragraphs_before: paragraphs });
            paragraphs += usize::from(long);
        }
        line.text.clear();
        line.links.clear();
    };
    for edge in scope.traverse() {
        if lines.len() >= MOST_LINES {
            break;
        }
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(text) => line.text.push_str(text),
                Node::Element(element) => {
                    if is_left_out(element) && node.id() != scope.id() {
                        skipped = Some(node.id());
                    } else if is_block_element(element.name()) {
                        flush(&mut line, &mut lines);
                    } else if element.name() == "a"
                        && let Some(url) = element.attr("href").and_then(|href| dom.base.join(href))
                        && let Some(wrapped) = ElementRef::wrap(node)
                    {
                        line.links.push((crate::html::text_of(wrapped), url));
                    }
                }
                _ => {}
            },
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() && node.value().as_element().is_some_and(|element| is_block_element(element.name())) => {
                flush(&mut line, &mut lines)
            }
            _ => {}
        }
    }
    flush(&mut line, &mut lines);
    lines
}

/// Captions, tables, asides and comments credit pictures and data, not the text.
fn is_left_out(element: &scraper::node::Element) -> bool {
    if noise::is_never_text(element)
        || matches!(element.name(), "figure" | "figcaption" | "table" | "aside" | "nav" | "noscript" | "code" | "pre" | "footer" | "form")
    {
        return true;
    }
    const WORDS: [&str; 14] = [
        "caption",
        "photo",
        "image",
        "img",
        "picture",
        "gallery",
        "comment",
        "related",
        "recommend",
        "sidebar",
        "widget",
        "video",
        "media",
        "chart",
    ];
    [element.attr("class"), element.attr("id")].into_iter().flatten().any(|names| {
        names
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
            .any(|word| WORDS.iter().any(|known| word.to_ascii_lowercase().starts_with(known)))
    }) && !matches!(element.name(), "article" | "main" | "body")
}
