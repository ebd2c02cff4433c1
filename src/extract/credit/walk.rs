//! The walk over the tree from the headline to a little after the text, which gives its lines.
//!
//! Captions, tables, comments and other articles are not gone into.

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use super::lines::{Anchor, HEADINGS_AFTER, Line, Zone, is_paragraph, linked};
use super::places::{self, Place, Slot};
use crate::html::{Attribute as _, Dom, is_block_element, push_collapsed};

/// A page with more lines than this before the end of its article is no article.
const MOST_LINES: usize = 4_000;
/// So many lines before the headline may belong to the article: a section, a provider.
const BEFORE_HEADLINE: usize = 1;
/// So many lines after the text may still belong to it.
const AFTER_TEXT: usize = 12;
/// So many short lines under a picture may be its caption.
const UNDER_PICTURE: usize = 2;
/// A longer line is none of them.
const LONGEST_CAPTION: usize = 120;
/// A name in a place of its own is this short.
const LONGEST_SLOT: usize = 100;

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

/// A walk that is under way.
pub(super) struct Walk<'a> {
    dom: &'a Dom,
    root: NodeId,
    headline: Option<NodeId>,
    /// What must not be left out, whatever its name.
    kept: Vec<NodeId>,
    /// What was read so far.
    pub(super) lines: Vec<Line<'a>>,
    line: Line<'a>,
    /// A space may stand in the line that is not on the page.
    is_told_apart: bool,
    slots: Vec<(NodeId, Slot)>,
    /// What the open elements are.
    tags: Vec<Tag>,
    recent: places::Recent<'a>,
    items: usize,
    inside: bool,
    passed: Option<usize>,
    picture: usize,
    in_headline: bool,
    seen_headline: bool,
}

impl<'a> Walk<'a> {
    /// At the root of an article, or before its headline.
    pub(super) fn new(dom: &'a Dom, root: NodeRef<'a, Node>, headline: Option<NodeRef<'a, Node>>) -> Self {
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
            is_told_apart: false,
            slots: Vec::new(),
            tags: Vec::new(),
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
    pub(super) fn run(&mut self, scope: NodeRef<'a, Node>) {
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
        self.tags.push(tag);
        false
    }

    fn close(&mut self, node: NodeRef<'a, Node>) {
        let Some(tag) = node.value().as_element().and_then(|_| self.tags.pop()) else { return };
        let ends_slot = self.slots.last().is_some_and(|(id, _)| *id == node.id());
        if tag.is_block {
            self.flush();
            self.line.heading &= !tag.is_heading;
            self.items -= usize::from(tag.is_item && self.items > 0);
            self.in_headline &= Some(node.id()) != self.headline;
        } else if ends_slot || tag.is_link || tag.is_part {
            // Names side by side, told apart by their elements only.
            push_collapsed(&mut self.line.text, " ");
            self.is_told_apart = true;
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
        if std::mem::take(&mut self.is_told_apart) && (line.text.contains(" .") || line.text.contains(" ,")) {
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
}
