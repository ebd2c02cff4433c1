//! The lines of text around an article, read from the tree before anything is cleaned away, and the places set apart for names.
//!
//! One walk from the headline to a little after the text. Captions, tables, comments and other articles are not read.

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use super::places::{self, Place, Slot};
use crate::html::{Attribute as _, Dom, is_block_element, push_collapsed, text_of};
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
    heading: bool,
}

/// A link of a line.
#[derive(Debug)]
pub(super) struct Anchor<'a> {
    element: ElementRef<'a>,
    base: &'a Url,
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
/// A page with more lines than this before the end of its article is no article.
const MOST_LINES: usize = 4_000;
/// So many lines before the headline may belong to the article: a section, a provider.
const BEFORE_HEADLINE: usize = 1;
/// Without a headline, so many lines before the text are its head.
const BEFORE_TEXT: usize = 12;
/// A head with more lines than this is a menu: only those next to the text and the headline count.
const LONGEST_HEAD: usize = 40;
/// So many lines after the text may still belong to it.
const AFTER_TEXT: usize = 12;
/// One heading after the text may be about its author; the second begins other articles.
const HEADINGS_AFTER: usize = 2;
/// So many short lines under a picture may be its caption.
const UNDER_PICTURE: usize = 2;
/// A longer line is none of them.
const LONGEST_CAPTION: usize = 120;
/// Bylines and source lines stand within so many levels above the text.
const LEVELS_UP: usize = 3;
/// A name in a place of its own is this short.
const LONGEST_SLOT: usize = 100;

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
    walk.finish()
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
    let above: HashSet<NodeId> = headline.iter().flat_map(|heading| heading.ancestors()).map(|ancestor| ancestor.id()).collect();
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

/// What an element is to the walk, by its name.
#[derive(Debug, Clone, Copy, Default)]
struct Tag {
    is_block: bool,
    is_heading: bool,
    is_item: bool,
    is_link: bool,
    is_part: bool,
    is_picture: bool,
}

impl Tag {
    fn of(name: &str) -> Self {
        let other = Self::default();
        match name {
            "a" => Self { is_link: true, ..other },
            "span" | "time" => Self { is_part: true, ..other },
            "li" => Self { is_block: true, is_item: true, ..other },
            "h1" | "h2" | "h3" | "h4" => Self { is_block: true, is_heading: true, ..other },
            "img" | "picture" | "video" | "iframe" => Self { is_picture: true, ..other },
            "figure" | "table" => Self { is_block: true, is_picture: true, ..other },
            _ => Self { is_block: is_block_element(name), ..other },
        }
    }
}

struct Walk<'a> {
    dom: &'a Dom,
    root: NodeId,
    headline: Option<NodeId>,
    /// What must not be left out, whatever its name.
    kept: Vec<NodeId>,
    lines: Vec<Line<'a>>,
    line: Line<'a>,
    slots: Vec<(NodeId, Slot)>,
    recent: places::Recent<'a>,
    items: usize,
    inside: bool,
    passed: Option<usize>,
    picture: usize,
    in_headline: bool,
    seen_headline: bool,
}

impl<'a> Walk<'a> {
    fn new(dom: &'a Dom, root: NodeRef<'a, Node>, headline: Option<NodeRef<'a, Node>>) -> Self {
        let mut kept: Vec<NodeId> =
            root.ancestors().chain([root]).chain(headline.iter().flat_map(|heading| heading.ancestors())).map(|node| node.id()).collect();
        kept.sort_unstable();
        Self {
            dom,
            root: root.id(),
            headline: headline.map(|heading| heading.id()),
            kept,
            lines: Vec::new(),
            line: Line::default(),
            slots: Vec::new(),
            recent: places::Recent::default(),
            items: 0,
            inside: false,
            passed: None,
            picture: 0,
            in_headline: false,
            seen_headline: false,
        }
    }

    /// Opens and closes what stands below an element, but never goes into what is left out: menus and programs are long.
    fn run(&mut self, scope: NodeRef<'a, Node>) {
        let mut node = scope;
        while !self.is_done() {
            let is_skipped = self.open(node);
            if let Some(child) = node.first_child().filter(|_| !is_skipped) {
                node = child;
                continue;
            }
            let mut is_open = !is_skipped;
            loop {
                if is_open && self.is_done() {
                    return;
                }
                if is_open {
                    self.close(node);
                }
                if node.id() == scope.id() {
                    return self.flush();
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                (node, is_open) = (parent, true);
            }
        }
    }

    /// Enough lines after the text, or the next heading: what follows are other articles.
    fn is_done(&self) -> bool {
        let after = self.passed.map(|end| self.lines.get(end..).unwrap_or_default());
        after.is_some_and(|lines| lines.len() >= AFTER_TEXT || lines.iter().filter(|line| line.heading).count() >= HEADINGS_AFTER)
            || self.lines.len() >= MOST_LINES
    }

    /// Whether this is above headline and text: a menu, most likely.
    fn is_before(&self) -> bool {
        self.headline.is_some() && !self.seen_headline && !self.inside
    }

    /// Whether the element is to be skipped.
    fn open(&mut self, node: NodeRef<'a, Node>) -> bool {
        let element = match node.value() {
            Node::Text(text) => {
                push_collapsed(&mut self.line.text, text);
                return false;
            }
            Node::Element(element) => element,
            _ => return false,
        };
        if node.id() == self.root {
            self.flush();
            self.inside = true;
        }
        let tag = Tag::of(element.name());
        if tag.is_picture {
            self.picture = UNDER_PICTURE;
        }
        let place = if self.is_before() { Place::default() } else { places::read(element, &mut self.recent) };
        if self.kept.binary_search(&node.id()).is_err() && places::is_left_out(element, place, self.inside) {
            return true;
        }
        if tag.is_block {
            self.flush();
            self.items += usize::from(tag.is_item);
            self.in_headline |= Some(node.id()) == self.headline;
            self.seen_headline |= self.in_headline;
            self.line.heading |= tag.is_heading;
        } else if tag.is_link
            && !self.is_before()
            && element.attribute("href").is_some()
            && let Some(element) = ElementRef::wrap(node)
        {
            self.line.links.push(Anchor { element, base: &self.dom.base });
        }
        if let Some(slot) = place.slot.filter(|_| self.kept.binary_search(&node.id()).is_err()) {
            self.slots.push((node.id(), slot));
            self.name_apart(node, slot);
        }
        false
    }

    fn close(&mut self, node: NodeRef<'a, Node>) {
        let Some(element) = node.value().as_element() else { return };
        let tag = Tag::of(element.name());
        let ends_slot = self.slots.last().is_some_and(|(id, _)| *id == node.id());
        if tag.is_block {
            self.flush();
            self.line.heading &= !tag.is_heading;
            self.items -= usize::from(tag.is_item && self.items > 0);
            self.in_headline &= Some(node.id()) != self.headline;
        } else if ends_slot || tag.is_link || tag.is_part {
            // Names side by side, told apart by their elements only.
            push_collapsed(&mut self.line.text, " ");
        }
        if ends_slot {
            self.slots.pop();
        }
        if node.id() == self.root {
            self.flush();
            self.inside = false;
            self.passed = Some(self.lines.len());
        }
    }

    /// A short text in an inline element of its own is a line beside the line that it is part of.
    fn name_apart(&mut self, node: NodeRef<'a, Node>, slot: Slot) {
        if node.value().as_element().is_some_and(|element| is_block_element(element.name())) {
            return;
        }
        let mut text = String::new();
        for child in node.descendants().take(LONGEST_SLOT) {
            if let Some(words) = child.value().as_text() {
                push_collapsed(&mut text, words);
                push_collapsed(&mut text, " ");
            }
            if text.len() > LONGEST_SLOT * 4 {
                return;
            }
        }
        text.truncate(text.trim_end().len());
        let count = text.chars().count();
        if (1..=LONGEST_SLOT).contains(&count) {
            let links = ElementRef::wrap(node).and_then(linked).map(|element| Anchor { element, base: &self.dom.base });
            let (after_picture, inside, listed) = (self.picture > 0, self.inside, self.items > 0);
            self.lines.push(Line {
                text,
                count,
                links: links.into_iter().collect(),
                slot: Some(slot),
                after_picture,
                inside,
                listed,
                ..Line::default()
            });
        }
    }

    fn flush(&mut self) {
        self.line.text.truncate(self.line.text.trim_end().len());
        if self.line.text.is_empty() {
            return;
        }
        let mut line = std::mem::take(&mut self.line);
        // The space that keeps names apart does not belong before a stop.
        if line.text.contains(" .") || line.text.contains(" ,") {
            line.text = line.text.replace(" .", ".").replace(" ,", ",");
        }
        line.count = line.text.chars().count();
        line.paragraph = is_paragraph(&line.text, line.count);
        line.slot = self.slots.last().map(|(_, slot)| *slot);
        line.after_picture = self.picture > 0;
        self.picture = if line.count > LONGEST_CAPTION { 0 } else { self.picture.saturating_sub(1) };
        line.listed = self.items > 0;
        line.inside = self.inside;
        // Only the headline itself is an `h1` here.
        if self.in_headline {
            self.lines.push(Line { heading: true, zone: Zone::Head, ..line });
            self.headline_at_last();
        } else {
            self.lines.push(line);
        }
    }

    /// Lines long before the headline are the site's menus.
    fn headline_at_last(&mut self) {
        let end = self.lines.len().saturating_sub(1);
        let surplus = end.saturating_sub(BEFORE_HEADLINE);
        if self.passed.is_none() && !self.lines.iter().take(end).any(|line| line.inside && line.paragraph) {
            self.lines.drain(..surplus);
        }
    }

    fn finish(self) -> Vec<Line<'a>> {
        let mut lines = self.lines;
        let is_text = |line: &Line| line.inside && line.paragraph;
        let first = lines.iter().position(is_text).or_else(|| lines.iter().position(|line| line.paragraph)).unwrap_or(0);
        let lines_have_text = lines.iter().any(is_text);
        let has_headline = self.headline.is_some();
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
}

fn is_paragraph(text: &str, count: usize) -> bool {
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

fn linked(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.descendent_elements().find(|child| child.attribute("href").is_some())
}
