//! The page as lines of text and the boxes around them, from one walk over the tree.
//!
//! A line is what stands between two borders of blocks: a paragraph, a heading, an item, a cell. A box is a block element. What each of them holds is
//! counted here; what it means is for `features` to say.

use std::ops::Range;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::vocabulary::{self, KINDS};
use super::weight::Evidence;
use crate::html::{Attribute as _, Dom, is_block_element, noise};

/// Pages with more boxes or lines than this are no articles; what goes beyond is counted to the last box.
const MOST_BOXES: usize = 40_000;
/// Scripts without spaces say more with each character.
const DENSE_WEIGHT: u32 = 2;
/// A line with so much text of its own, little of it in links, is a paragraph.
pub(super) const LONG: u32 = 80;
/// A shorter one may be a paragraph too when it ends like a sentence.
pub(super) const SHORTEST_PARAGRAPH: u32 = 25;
/// Beyond this distance a named element says nothing of a line.
pub(super) const FAR: u8 = 30;

/// A block element.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) id: NodeId,
    pub(super) parent: u32,
    pub(super) depth: u16,
    pub(super) tag: Tag,
    /// Of its tag and names: the same for boxes that one template made.
    pub(super) signature: u64,
    /// Steps up to the nearest element of each kind; [`FAR`] for none.
    pub(super) near: [u8; KINDS],
    /// What the words of names weigh, its own and those around it.
    pub(super) evidence: Evidence,
    pub(super) text: u32,
    pub(super) linked: u32,
    /// Text in lines that are paragraphs.
    pub(super) paragraphs: u32,
    pub(super) lines: Range<u32>,
    /// Points as Readability gives them.
    pub(super) points: f32,
}

/// What kind of block it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    Heading(u8),
    Item,
    Cell,
    Code,
    Caption,
    Quote,
    Box,
}

/// A run of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its innermost block.
    pub(super) block: u32,
    /// Where its words stand in [`Page::text`].
    pub(super) words: Range<u32>,
    pub(super) text: u32,
    pub(super) linked: u32,
    pub(super) links: u16,
    pub(super) count: u32,
    pub(super) commas: u16,
    pub(super) digits: u32,
    pub(super) capitals: u16,
    pub(super) bold: u32,
}

impl Line {
    /// Whether it has the text of a paragraph, little of it in links.
    pub(super) fn is_paragraph(&self) -> bool {
        self.text >= SHORTEST_PARAGRAPH && self.linked * 2 < self.text
    }
}

/// A page as lines and boxes.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pub(super) blocks: Vec<Block>,
    /// The line of each text node, sorted by node.
    pub(super) nodes: Vec<(NodeId, u32)>,
}

impl Page {
    /// The words of a line.
    pub(super) fn words(&self, line: &Line) -> &str {
        self.text.get(line.words.start as usize..line.words.end as usize).unwrap_or("")
    }

    /// The line that a text node belongs to.
    pub(super) fn line_of(&self, node: NodeId) -> Option<u32> {
        let at = self.nodes.binary_search_by_key(&node, |(id, _)| *id).ok()?;
        self.nodes.get(at).map(|(_, line)| *line)
    }

    /// A block and those around it, innermost first.
    pub(super) fn around(&self, block: u32) -> impl Iterator<Item = (u32, &Block)> {
        let mut next = Some(block);
        std::iter::from_fn(move || {
            let at = next?;
            let found = self.blocks.get(at as usize)?;
            next = (found.parent != at).then_some(found.parent);
            Some((at, found))
        })
    }

    /// Reads a page.
    pub(super) fn read(dom: &Dom) -> Self {
        let mut reading = Reading::default();
        let mut skipped: Option<NodeId> = None;
        for edge in dom.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Element(element) if noise::is_never_text(element) && !noise::is_heading_itself(node) => skipped = Some(node.id()),
                    Node::Element(_) => reading.open(node),
                    Node::Text(text) => reading.text(node.id(), text),
                    _ => {}
                },
                Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
                Edge::Close(node) if skipped.is_none() && node.value().is_element() => reading.close(),
                _ => {}
            }
        }
        reading.end_line();
        reading.page.nodes.sort_unstable_by_key(|(id, _)| *id);
        reading.page
    }
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    block: u32,
    is_block: bool,
    is_link: bool,
    is_bold: bool,
}

#[derive(Default)]
struct Reading<'a> {
    page: Page,
    vocabulary: vocabulary::Reader<'a>,
    stack: Vec<Frame>,
    in_links: u32,
    in_bold: u32,
    line: Line,
    pending: Vec<NodeId>,
    space: bool,
    /// Line breaks since the last word.
    breaks: u8,
}

impl<'a> Reading<'a> {
    fn open(&mut self, node: NodeRef<'a, Node>) {
        let Some(element) = node.value().as_element() else { return };
        let name = element.name();
        let above = self.stack.last().map_or(0, |frame| frame.block);
        if name == "br" {
            self.space = true;
            self.breaks = self.breaks.saturating_add(1);
            if self.breaks >= 2 {
                self.end_line();
            }
        }
        let is_block = is_block_element(name) && !matches!(name, "br" | "hr") && self.page.blocks.len() < MOST_BOXES;
        let is_link = name == "a";
        let is_bold = matches!(name, "b" | "strong");
        let mut block = above;
        if is_block {
            self.end_line();
            block = self.push_block(node, above);
        } else if name == "hr" {
            self.end_line();
        }
        self.in_links += u32::from(is_link);
        self.in_bold += u32::from(is_bold);
        if is_link {
            self.line.links = self.line.links.saturating_add(1);
        }
        self.stack.push(Frame { block, is_block, is_link, is_bold });
    }

    fn push_block(&mut self, node: NodeRef<'a, Node>, above: u32) -> u32 {
        let index = u32::try_from(self.page.blocks.len()).unwrap_or(u32::MAX);
        let Some(element) = node.value().as_element() else { return above };
        let (kinds, weights) = self.vocabulary.read(element);
        let (mut near, depth, evidence) = match self.page.blocks.get(above as usize) {
            Some(parent) => {
                (parent.near.map(|steps| (steps + 1).min(FAR)), parent.depth.saturating_add(1), parent.evidence.inside(weights))
            }
            None => ([FAR; KINDS], 0, Evidence::default().inside(weights)),
        };
        let mut left = kinds;
        while left != 0 {
            if let Some(steps) = near.get_mut(left.trailing_zeros() as usize) {
                *steps = 0;
            }
            left &= left - 1;
        }
        let first = u32::try_from(self.page.lines.len()).unwrap_or(u32::MAX);
        self.page.blocks.push(Block {
            id: node.id(),
            parent: if index == 0 { 0 } else { above },
            depth,
            tag: tag(element.name()),
            signature: signature(element.name(), element.attribute("class").unwrap_or("")),
            near,
            evidence,
            text: 0,
            linked: 0,
            paragraphs: 0,
            lines: first..first,
            points: 0.0,
        });
        index
    }

    fn text(&mut self, node: NodeId, text: &str) {
        if text.trim_ascii().is_empty() {
            self.space = true;
            return;
        }
        self.breaks = 0;
        self.pending.push(node);
        let before = self.line.text;
        if self.line.words.is_empty() {
            let start = u32::try_from(self.page.text.len()).unwrap_or(u32::MAX);
            self.line.words = start..start;
            self.line.block = self.stack.last().map_or(0, |frame| frame.block);
            self.space = false;
        }
        for character in text.chars() {
            match u8::try_from(character) {
                Ok(byte) if byte.is_ascii() => self.byte(byte),
                _ => self.character(character),
            }
        }
        self.line.words.end = u32::try_from(self.page.text.len()).unwrap_or(u32::MAX);
        let added = self.line.text - before;
        if self.in_links > 0 {
            self.line.linked += added;
        }
        if self.in_bold > 0 {
            self.line.bold += added;
        }
    }

    /// What [`Reading::character`] does, for the characters that most pages are made of.
    fn byte(&mut self, byte: u8) {
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            self.space = true;
            return;
        }
        self.begin_word(byte.is_ascii_uppercase());
        self.page.text.push(char::from(byte));
        self.line.text += 1;
        self.line.digits += u32::from(byte.is_ascii_digit());
        self.line.commas = self.line.commas.saturating_add(u16::from(byte == b','));
    }

    fn begin_word(&mut self, is_capital: bool) {
        let begins = self.page.text.len() == self.line.words.start as usize;
        if self.space && !begins {
            self.page.text.push(' ');
            self.line.text += 1;
        }
        if self.space || begins {
            self.line.count += 1;
            self.line.capitals = self.line.capitals.saturating_add(u16::from(is_capital));
        }
        self.space = false;
    }

    fn character(&mut self, character: char) {
        if character.is_whitespace() {
            self.space = true;
            return;
        }
        self.begin_word(character.is_uppercase());
        self.page.text.push(character);
        let is_dense = ('\u{2e80}'..='\u{9fff}').contains(&character) || ('\u{ac00}'..='\u{d7af}').contains(&character);
        self.line.text += if is_dense { DENSE_WEIGHT } else { 1 };
        self.line.commas = self.line.commas.saturating_add(u16::from(matches!(character, '،' | '、' | '，' | '。' | '।')));
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        self.in_links -= u32::from(frame.is_link);
        self.in_bold -= u32::from(frame.is_bold);
        if !frame.is_block {
            return;
        }
        self.end_line();
        let end = u32::try_from(self.page.lines.len()).unwrap_or(u32::MAX);
        let Some(block) = self.page.blocks.get_mut(frame.block as usize) else { return };
        block.lines.end = end;
        let (parent, text, linked, paragraphs) = (block.parent, block.text, block.linked, block.paragraphs);
        if parent != frame.block
            && let Some(above) = self.page.blocks.get_mut(parent as usize)
        {
            above.text += text;
            above.linked += linked;
            above.paragraphs += paragraphs;
        }
    }

    fn end_line(&mut self) {
        self.space = true;
        self.breaks = 0;
        let line = std::mem::take(&mut self.line);
        if line.words.is_empty() || self.page.lines.len() >= MOST_BOXES {
            self.pending.clear();
            return;
        }
        let index = u32::try_from(self.page.lines.len()).unwrap_or(u32::MAX);
        self.page.nodes.extend(self.pending.drain(..).map(|node| (node, index)));
        let is_paragraph = line.is_paragraph();
        if let Some(block) = self.page.blocks.get_mut(line.block as usize) {
            block.text += line.text;
            block.linked += line.linked;
            block.paragraphs += if is_paragraph { line.text } else { 0 };
        }
        if is_paragraph {
            self.give_points(&line);
        }
        self.page.lines.push(line);
    }

    /// A paragraph gives its points to the box around it and half of them to the next (the idea of Arc90's Readability, 2009).
    fn give_points(&mut self, line: &Line) {
        let points = 1.0 + f32::from(line.commas) + (line.text as f32 / 100.0).min(3.0);
        let own = self.page.blocks.get(line.block as usize);
        let is_box = own.is_some_and(|block| block.tag == Tag::Box);
        let first = if is_box { line.block } else { own.map_or(0, |block| block.parent) };
        if let Some(block) = self.page.blocks.get_mut(first as usize) {
            block.points += points;
            let second = block.parent;
            if let Some(above) = self.page.blocks.get_mut(second as usize) {
                above.points += points / 2.0;
            }
        }
    }
}

fn tag(name: &str) -> Tag {
    match name {
        "p" => Tag::Paragraph,
        "h1" => Tag::Heading(1),
        "h2" => Tag::Heading(2),
        "h3" => Tag::Heading(3),
        "h4" | "h5" | "h6" => Tag::Heading(4),
        "li" | "dt" | "dd" => Tag::Item,
        "td" | "th" => Tag::Cell,
        "pre" => Tag::Code,
        "figcaption" | "caption" => Tag::Caption,
        "blockquote" => Tag::Quote,
        _ => Tag::Box,
    }
}

/// Tag and class without digits: generated parts of names do not count. FNV-1a.
fn signature(name: &str, class: &str) -> u64 {
    let bytes = name.bytes().chain([b' ']).chain(class.bytes().filter(|byte| !byte.is_ascii_digit()));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
