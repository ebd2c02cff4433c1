//! Which pictures are the article's: by where they stand among the lines that are kept, and what else stands in their boxes.

use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::Kept;
use crate::extract::body::lines::Block;
use crate::extract::body::shape::block_name;
use crate::html::{Attribute as _, noise, picture};

/// A picture's own boxes are few; what nests deeper is built by scripts.
const LEVELS: usize = 24;
/// A caption with its credit and buttons has no more lines.
const CAPTION_LINES: usize = 6;
/// Between a picture and the headline below it stand a kicker, a date and a credit at the most.
const KICKER_LINES: usize = 4;
/// A shorter link is a button.
const SHORTEST_TEASER: u32 = 20;
/// Above the text, pictures up to this size are portraits and symbols.
const SYMBOL: u32 = 120;
/// How the addresses of pictures end.
const PICTURE_FILES: [&str; 6] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];

/// The larger of two elements around the text, unless that would make a table or a list of the page.
pub(in crate::extract::body) fn widened<'a>(inner: NodeRef<'a, Node>, outer: NodeRef<'a, Node>) -> NodeRef<'a, Node> {
    let mut between = std::iter::once(inner).chain(inner.ancestors()).take_while(|node| node.id() != outer.id());
    let makes_block = between.any(|node| node.value().as_element().is_some_and(|element| block_name(element.name()).is_some()));
    if makes_block { inner } else { outer }
}

/// The lines that are kept, seen from the boxes around a picture.
pub(super) struct Places<'a> {
    kept: &'a Kept<'a>,
    /// Boxes by their element, sorted.
    boxes: Vec<(NodeId, u32)>,
    /// How many lines are kept before each line, and in all.
    before: Vec<u32>,
    first: usize,
    last: usize,
}

/// What is found on the way up from a picture to the text.
#[derive(Default)]
struct Way<'a> {
    /// The smallest box with words.
    near: Option<&'a Block>,
    /// Whether that box holds words of the article.
    is_told: bool,
    /// Whether a box of its own says that it is for a picture.
    is_framed: bool,
    is_figure: bool,
    is_paragraph: bool,
    /// Whether it leads to another page.
    leads: bool,
}

impl<'a> Places<'a> {
    pub(super) fn of(kept: &'a Kept<'a>) -> Self {
        let mut boxes: Vec<(NodeId, u32)> = kept.page.blocks.iter().zip(0..).map(|(block, at)| (block.id, at)).collect();
        boxes.sort_unstable_by_key(|(id, _)| *id);
        let mut before = vec![0];
        before.extend(kept.lines.iter().scan(0, |sum, is_kept| {
            *sum += u32::from(*is_kept);
            Some(*sum)
        }));
        let first = kept.lines.iter().position(|is_kept| *is_kept).unwrap_or(usize::MAX);
        let last = kept.lines.iter().rposition(|is_kept| *is_kept).unwrap_or(0);
        Self { kept, boxes, before, first, last }
    }

    /// The box that an element is.
    fn block(&self, node: NodeId) -> Option<&'a Block> {
        let at = self.boxes.binary_search_by_key(&node, |(id, _)| *id).ok()?;
        self.kept.page.blocks.get(self.boxes.get(at)?.1 as usize)
    }

    /// The lines that an element holds.
    pub(super) fn lines(&self, node: NodeId) -> Option<std::ops::Range<usize>> {
        self.block(node).map(|block| block.lines.start as usize..block.lines.end as usize)
    }

    /// Whether any line of a box is kept.
    fn holds_kept(&self, block: &Block) -> bool {
        let at = |line: u32| self.before.get(line as usize);
        at(block.lines.end) > at(block.lines.start)
    }

    /// Whether words of the article stand in an element, or it stands in their midst.
    pub(super) fn is_amid(&self, node: NodeRef<'_, Node>, at: usize) -> bool {
        let boxes = node.ancestors().take(LEVELS).filter_map(|ancestor| self.block(ancestor.id()));
        let near = boxes.into_iter().find(|block| !block.lines.is_empty());
        near.is_some_and(|block| self.holds_kept(block)) && (self.first..=self.last + 1).contains(&at)
    }

    /// Whether an element holds words of the article.
    pub(super) fn is_kept(&self, node: NodeId) -> bool {
        self.block(node).is_some_and(|block| self.holds_kept(block))
    }

    /// Whether a picture before the line `at` is the article's. Between lines that are kept it is, unless its own box says that it is something else; so it is
    /// between the headline and the text. Below the text stand those of other articles, of the author and of what is to be sold: only a figure of the text's own
    /// box is the article's there.
    pub(super) fn takes(&self, node: NodeRef<'_, Node>, at: usize, is_media: bool) -> bool {
        // Most pictures of a page stand far from its text, and are asked nothing.
        if at > self.last + CAPTION_LINES || at <= self.first && self.kept.headline.is_some_and(|headline| at + KICKER_LINES < headline) {
            return false;
        }
        let Some(way) = self.way(node) else { return false };
        let Some(near) = way.near else { return false };
        if !way.is_told && (is_symbol(node) || !self.is_caption(near, &way)) || way.leads && self.is_teaser(at) {
            return false;
        }
        if at <= self.first {
            // In the text, and as a figure, a picture may lead to its album.
            let is_set = !way.leads || way.is_figure || self.is_in_text(near);
            return is_set && self.is_at_head(at, &way) && !is_symbol(node);
        }
        if at <= self.last {
            return !way.leads || !is_symbol(node);
        }
        let is_own_line = near.lines.len() <= CAPTION_LINES && near.lines.contains(&(self.last as u32));
        let is_set = way.is_figure || is_media || way.is_paragraph && !way.leads;
        is_own_line && (way.is_figure || !way.leads) || self.is_in_text(near) && at == self.last + 1 && is_set && !is_symbol(node)
    }

    /// Whether a box is the smallest that holds most of the text, or within it.
    fn is_in_text(&self, block: &Block) -> bool {
        let text = self.kept.page.blocks.get(self.kept.root as usize);
        text.is_some_and(|text| text.lines.start <= block.lines.start && block.lines.end <= text.lines.end)
    }

    /// Whether a picture above the text stands below the headline or closely above it; without a headline, right before the text.
    fn is_at_head(&self, at: usize, way: &Way<'_>) -> bool {
        let Some(headline) = self.kept.headline else { return at == self.first };
        at > headline || headline - at <= if way.is_framed { KICKER_LINES } else { 1 }
    }

    /// Goes up to the nearest box with words of the article; `None` if something on the way is none of the article's.
    fn way(&self, node: NodeRef<'_, Node>) -> Option<Way<'a>> {
        let mut way = Way::default();
        if node.value().as_element().is_some_and(noise::holds_other_pictures) {
            return None;
        }
        for ancestor in node.ancestors().take(LEVELS) {
            let Some(element) = ancestor.value().as_element() else { break };
            let block = self.block(ancestor.id()).filter(|block| !block.lines.is_empty());
            if let Some(block) = block {
                let is_told = self.holds_kept(block) || self.kept.headline.is_some_and(|line| block.lines.contains(&(line as u32)));
                if way.near.is_none() {
                    way.near = Some(block);
                    way.is_told = is_told;
                }
                if is_told {
                    // Its caption may be what is told.
                    way.is_figure |= element.name() == "figure";
                    way.is_framed |= way.is_figure;
                    return Some(way);
                }
            }
            if noise::holds_other_pictures(element) || picture::is_unseen(element) {
                return None;
            }
            match element.name() {
                "a" => way.leads |= element.attribute("href").is_some_and(leads_to_page),
                "figure" => (way.is_figure, way.is_framed) = (true, true),
                "p" => way.is_paragraph = true,
                _ => {}
            }
            way.is_framed |= noise::names_picture(element);
        }
        None
    }

    /// Whether the words in a picture's own box, none of them kept, may be its caption and no teaser.
    fn is_caption(&self, near: &Block, way: &Way<'_>) -> bool {
        let lines = self.kept.page.lines.get(near.lines.start as usize..near.lines.end as usize).unwrap_or_default();
        let is_linked = || lines.iter().any(|line| line.linked * 2 > line.text);
        way.is_framed && lines.len() <= CAPTION_LINES && (!way.leads || way.is_figure && !is_linked())
    }

    /// Whether a picture that leads to another page stands beside a link that is not kept.
    fn is_teaser(&self, at: usize) -> bool {
        let is_dropped = |at: usize| self.kept.lines.get(at) == Some(&false);
        let is_dropped_link = |at: usize| {
            let line = self.kept.page.lines.get(at);
            is_dropped(at) && line.is_some_and(|line| line.linked * 2 > line.text && line.text >= SHORTEST_TEASER)
        };
        // Between a teaser's picture and its headline may stand a kicker or a date.
        at.checked_sub(1).is_some_and(is_dropped_link) || is_dropped_link(at) || is_dropped(at) && is_dropped_link(at + 1)
    }
}

/// Whether an address leads neither to a place on this page nor to the picture itself.
fn leads_to_page(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').to_ascii_lowercase();
    !path.is_empty() && !path.starts_with("javascript:") && !PICTURE_FILES.iter().any(|end| path.ends_with(end))
}

/// Whether a picture is small by its size.
fn is_symbol(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| picture::is_smaller(element, SYMBOL))
}
