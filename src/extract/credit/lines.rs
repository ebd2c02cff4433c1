//! The lines of text around an article, read from the tree before anything is cleaned away, and the places set apart for names.
//!
//! `walk` reads them; here it is said what a line is, where reading begins and ends, and where each line stands to the text.

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashSet;
use scraper::{ElementRef, Node};

use super::places::Slot;
use super::walk::Walk;
use crate::html::{Attribute as _, Dom, text_of};
use crate::url::Url;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Zone {
    /// Between the headline and the first paragraph.
    Head,
    /// From the first paragraph to the last.
    #[default]
    Text,
    /// After the last paragraph.
    Tail,
}

/// One line: a paragraph, a heading, a byline.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub(super) text: String,
    /// How many characters it has.
    pub(super) count: usize,
    pub(super) links: Vec<Anchor<'a>>,
    pub(super) zone: Zone,
    /// How many paragraphs of the article stand before it.
    pub(super) before: usize,
    /// How many paragraphs of the article come after it.
    pub(super) after: usize,
    /// A picture stands between it and the line before: it may be a caption.
    pub(super) after_picture: bool,
    /// It is an item of a list.
    pub(super) listed: bool,
    /// What the place is for, by the names of the elements around it.
    pub(super) slot: Option<Slot>,
    /// Whether it stands in the element that holds the text.
    pub(super) inside: bool,
    /// It is a paragraph of the story, by its length.
    pub(super) paragraph: bool,
    pub(super) heading: bool,
}

/// A link of a line.
#[derive(Debug)]
pub(super) struct Anchor<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) base: &'a Url,
}

impl Anchor<'_> {
    /// What it says.
    pub(super) fn text(&self) -> String {
        text_of(self.element)
    }

    /// Where it leads.
    pub(super) fn url(&self) -> Option<Url> {
        self.base.join(self.element.attribute("href")?)
    }
}

/// A longer line is a paragraph of the story.
const PARAGRAPH: usize = 120;
/// Scripts without spaces say as much in fewer letters.
const PARAGRAPH_DENSE: usize = 50;
/// Without a headline, so many lines before the text are its head.
const BEFORE_TEXT: usize = 12;
/// A head with more lines than this is a menu: only those next to the text and the headline count.
const LONGEST_HEAD: usize = 40;
/// One heading after the text may be about its author; the second begins other articles.
pub(super) const HEADINGS_AFTER: usize = 2;
/// Bylines and source lines stand within so many levels above the text.
const LEVELS_UP: usize = 3;

/// The lines from the headline to a little after the element `root`, which holds the text.
///
/// A body that came from structured data has no such element, or one without paragraphs: then the whole page is read.
pub(super) fn around(dom: &Dom, root: Option<NodeId>) -> Vec<Line<'_>> {
    let named = |name: &str| dom.html.tree.nodes().find(|node| node.value().as_element().is_some_and(|element| element.name() == name));
    let is_named = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| matches!(element.name(), "article" | "main"));
    let of_headline =
        || dom.survey.headings.first().and_then(|id| dom.html.tree.get(*id)).and_then(|heading| heading.ancestors().find(is_named));
    let candidates =
        [&|| root.and_then(|root| dom.html.tree.get(root)) as Option<NodeRef<'_, Node>>, &of_headline as &dyn Fn() -> _, &|| named("body")];
    let read = candidates.iter().filter_map(|candidate| candidate()).map(|node| walk(dom, node));
    read.into_iter().find(|lines| lines.iter().any(|line| line.inside && line.paragraph)).unwrap_or_default()
}

fn walk<'a>(dom: &'a Dom, root: NodeRef<'a, Node>) -> Vec<Line<'a>> {
    let headline = headline(dom, root);
    let mut walk = Walk::new(dom, root, headline);
    walk.run(scope(root, headline));
    placed(walk.lines, headline.is_some())
}

/// The last `<h1>` before or in the text.
fn headline<'a>(dom: &'a Dom, root: NodeRef<'a, Node>) -> Option<NodeRef<'a, Node>> {
    let within = |id: &NodeId| dom.html.tree.get(*id).is_some_and(|node| node.ancestors().any(|ancestor| ancestor.id() == root.id()));
    let headings = &dom.survey.headings;
    let before = || headings.iter().rev().find(|id| **id < root.id());
    headings.iter().find(|id| within(id)).or_else(before).and_then(|id| dom.html.tree.get(*id))
}

/// The smallest element that holds headline and text, and at least the named or the near elements around the text.
fn scope<'a>(root: NodeRef<'a, Node>, headline: Option<NodeRef<'a, Node>>) -> NodeRef<'a, Node> {
    let above: FxHashSet<NodeId> = headline.iter().flat_map(|heading| heading.ancestors()).map(|ancestor| ancestor.id()).collect();
    let is_below_html = |node: &NodeRef<'a, Node>| node.value().as_element().is_some_and(|element| element.name() != "html");
    let named =
        |node: &NodeRef<'a, Node>| node.value().as_element().is_some_and(|element| matches!(element.name(), "article" | "main" | "body"));
    let holding = std::iter::once(root).chain(root.ancestors()).find(|node| above.contains(&node.id()));
    let near = root.ancestors().take(LEVELS_UP).take_while(is_below_html).last();
    let named = std::iter::once(root).chain(root.ancestors()).find(named);
    // All are on one line of ancestors: the outermost is that with the fewest of its own.
    let named = named.filter(|named| named.value().as_element().is_some_and(|element| element.name() != "body"));
    [holding, near, named].into_iter().flatten().min_by_key(|node| node.ancestors().count()).unwrap_or(root)
}

/// Tells of each line where it stands, and leaves out what is too far from the text.
fn placed(mut lines: Vec<Line<'_>>, has_headline: bool) -> Vec<Line<'_>> {
    let is_text = |line: &Line| line.inside && line.paragraph;
    let first = lines.iter().position(is_text).or_else(|| lines.iter().position(|line| line.paragraph)).unwrap_or(0);
    let lines_have_text = lines.iter().any(is_text);
    let longest = if has_headline { LONGEST_HEAD } else { BEFORE_TEXT };
    lines.drain(..first.saturating_sub(longest));
    // Where the text has paragraphs of its own, those around it are notices.
    let counts = |line: &Line| line.paragraph && (line.inside || !lines_have_text);
    let mut before = 0;
    for line in &mut lines {
        line.before = before;
        before += usize::from(counts(line));
    }
    let all = before;
    let last = lines.iter().rposition(is_text).or_else(|| lines.iter().rposition(|line| line.paragraph)).unwrap_or(0);
    // Other articles begin there, even where they stand in the same element.
    let mut headings = lines.iter().enumerate().skip(last + 1).filter(|(_, line)| line.heading).map(|(place, _)| place);
    if let Some(end) = headings.nth(HEADINGS_AFTER - 1) {
        lines.truncate(end);
    }
    for (place, line) in lines.iter_mut().enumerate() {
        line.after = all.saturating_sub(line.before + usize::from(counts(line)));
        line.zone = if line.before == 0 && !counts(line) {
            Zone::Head
        } else if place > last {
            Zone::Tail
        } else {
            Zone::Text
        };
    }
    lines
}

/// Whether a line of so many characters is a paragraph of the story.
pub(super) fn is_paragraph(text: &str, count: usize) -> bool {
    count >= PARAGRAPH || count >= PARAGRAPH_DENSE && text.chars().filter(|c| is_dense(*c)).count() * 2 > count
}

/// Chinese and Japanese hold no spaces.
pub(super) fn is_dense(character: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&character)
}

/// The first link below an element.
pub(super) fn first_link(element: ElementRef<'_>, base: &Url) -> Option<Url> {
    base.join(linked(element)?.attribute("href")?).filter(Url::is_web)
}

/// The first element with an address.
pub(super) fn linked(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.descendent_elements().find(|child| child.attribute("href").is_some())
}
