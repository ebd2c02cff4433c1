//! What the judge is told of each line: numbers about the line, the boxes around it, its neighbours and the page.
//!
//! Nothing here decides. Sizes are characters, shares are 0 to 1, distances are steps in the tree or lines on the page.

use rustc_hash::FxHashMap;

use super::fork::{Fork, forks};
use super::hints::Hints;
use super::lines::{Block, FAR, LONG, Line, Page, Tag};
use super::vocabulary::{COMMENT, NAMES, POST};
use crate::html::letters;

/// Kinds whose nearest box is described by its share of the page's paragraphs too.
const SHARED: [usize; 24] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 24, 26, 27, 30, 34];
/// Distances on the page are not told apart beyond this.
const FARTHEST_LINE: f32 = 60.0;

/// The number that the weights of words add up to.
pub(super) const WEIGHT: &str = "weight of names";

/// What is known of the page as a whole.
pub(super) struct Outlook<'a> {
    page: &'a Page,
    hints: &'a Hints,
    title: String,
    total: f32,
    paragraphs: f32,
    linked: f32,
    /// The shares of the paragraphs that stand in comments and in posts.
    comments: f32,
    posts: f32,
    long_lines: f32,
    /// The densest box.
    pub(super) root: u32,
    /// The line of the headline.
    pub(super) headline: Option<usize>,
    /// How many boxes beside each block, itself included, are of its make.
    repeats: Vec<u32>,
    /// How each block stands to the first paragraph below the headline.
    forks: Vec<Fork>,
    before: Vec<f32>,
    long_before: Vec<f32>,
    last_long: Vec<f32>,
    next_long: Vec<f32>,
}

impl<'a> Outlook<'a> {
    /// Looks at a page whose article has this title, as far as is known.
    pub(super) fn of(page: &'a Page, hints: &'a Hints, title: &str) -> Self {
        let title = letters(title);
        let sum = |of: fn(&Line) -> u32| page.lines.iter().map(|line| of(line) as f32).sum::<f32>();
        let (mut before, mut long_before) = (Vec::with_capacity(page.lines.len()), Vec::with_capacity(page.lines.len()));
        let (mut text, mut long) = (0.0, 0.0);
        for line in &page.lines {
            before.push(text);
            long_before.push(long);
            text += line.text as f32;
            long += if is_long(line) { line.text as f32 } else { 0.0 };
        }
        let heading = |line: &Line| page.blocks.get(line.block as usize).is_some_and(|block| block.tag == Tag::Heading(1));
        let named = |line: &Line| is_title(page.words(line), &title);
        let headline = page.lines.iter().position(|line| heading(line) && named(line));
        let headline = headline.or_else(|| page.lines.iter().position(named)).or_else(|| page.lines.iter().position(heading));
        Self {
            root: densest(page),
            total: text.max(1.0),
            comments: share(page, COMMENT),
            posts: share(page, POST),
            paragraphs: paragraphs(page),
            linked: sum(|line| line.linked),
            long_lines: page.lines.iter().filter(|line| is_long(line)).count() as f32,
            last_long: distances(page.lines.iter()),
            next_long: {
                let mut found = distances(page.lines.iter().rev());
                found.reverse();
                found
            },
            page,
            hints,
            title,
            headline,
            repeats: repeats(page),
            forks: forks(page, first_paragraph(page, headline)),
            before,
            long_before,
        }
    }

    /// Tells what one line is, in a fixed order: `say(name, value)`.
    pub(super) fn describe(&self, index: usize, say: &mut impl FnMut(&'static str, f32)) {
        let Some(line) = self.page.lines.get(index) else { return };
        self.describe_words(line, say);
        self.describe_boxes(line, say);
        self.describe_root(index, line, say);
        self.describe_place(index, say);
    }

    /// Tells how one line stands to the first paragraph.
    pub(super) fn describe_fork(&self, index: usize, say: &mut impl FnMut(&'static str, f32)) {
        let Some(line) = self.page.lines.get(index) else { return };
        let fork = self.forks.get(line.block as usize).copied().unwrap_or(Fork::NONE);
        say("fork steps", fork.steps);
        say("fork height", fork.height);
        say("fork alike", fork.alike);
        say("fork size", fork.size);
    }

    /// Tells what is the same for all lines of the page.
    pub(super) fn describe_page(&self, say: &mut impl FnMut(&'static str, f32)) {
        say("page text", self.total);
        say("page links", self.linked / self.total);
        say("page long lines", self.long_lines);
        say("page lines", self.page.lines.len() as f32);
        say("page paragraphs", self.paragraphs / self.total);
        say("page kind", self.hints.kind);
        let address = &self.hints.address;
        say("address segments", address.segments);
        say("address words", address.words);
        say("address named", address.named);
        say("address digits", address.digits);
        say("address number", address.longest_number);
        say("address folder", address.is_folder);
        say("address thread", address.is_thread);
        say("address list", address.is_list);
        say("address document", address.is_document);
        say("page comments", self.comments);
        say("page posts", self.posts);
    }

    fn describe_words(&self, line: &Line, say: &mut impl FnMut(&'static str, f32)) {
        let words = self.page.words(line);
        let text = line.text.max(1) as f32;
        say("text", text);
        say("words", line.count as f32);
        say("word length", text / line.count.max(1) as f32);
        say("linked", line.linked as f32 / text);
        say("links", f32::from(line.links));
        say("commas", f32::from(line.commas));
        say("digits", line.digits as f32 / text);
        say("capitals", f32::from(line.capitals) / line.count.max(1) as f32);
        say("bold", line.bold as f32 / text);
        say("end", ending(words));
        say("begin", beginning(words));
        say("is title", f32::from(u8::from(is_title(words, &self.title))));
        say("in told body", self.hints.in_body(words));
        let block = self.page.blocks.get(line.block as usize);
        say("tag", block.map_or(0.0, |block| rank(block.tag)));
        say("alone", block.map_or(0.0, |block| text / block.text.max(1) as f32));
    }

    fn describe_boxes(&self, line: &Line, say: &mut impl FnMut(&'static str, f32)) {
        let Some(own) = self.page.blocks.get(line.block as usize) else { return };
        for (kind, steps) in own.near.iter().enumerate() {
            say(NAMES.get(kind).map_or("near", |[near, _]| near), f32::from(*steps));
        }
        let mut at = [None; FAR as usize];
        for (around, place) in self.page.around(line.block).zip(at.iter_mut()) {
            *place = Some(around);
        }
        for kind in SHARED {
            let steps = own.near.get(kind).copied().unwrap_or(FAR);
            let block = at.get(usize::from(steps)).copied().flatten().map(|(_, block)| block);
            say(NAMES.get(kind).map_or("share", |[_, share]| share), block.map_or(-1.0, |block| block.paragraphs as f32 / self.paragraphs));
        }
        self.describe_repeats(&at, say);
        say(WEIGHT, own.evidence.sum());
        say("depth", f32::from(own.depth));
    }

    /// The nearest box that stands among others of its make: a post of a thread, a card, a row.
    fn describe_repeats(&self, at: &[Option<(u32, &Block)>], say: &mut impl FnMut(&'static str, f32)) {
        const FEWEST: u32 = 3;
        let count = |index: u32| self.repeats.get(index as usize).copied().unwrap_or(0);
        let is_box = |block: &Block| matches!(block.tag, Tag::Box | Tag::Item | Tag::Cell);
        let found = at.iter().enumerate().find_map(|(steps, block)| {
            let (index, block) = (*block)?;
            (is_box(block) && count(index) >= FEWEST).then_some((steps, count(index), block))
        });
        say("repeat steps", found.map_or(f32::from(FAR), |(steps, ..)| steps as f32));
        say("repeat count", found.map_or(0.0, |(_, count, _)| count as f32));
        say("repeat text", found.map_or(-1.0, |(.., block)| block.text as f32));
        say("repeat linked", found.map_or(-1.0, |(.., block)| block.linked as f32 / block.text.max(1) as f32));
        say("repeat paragraphs", found.map_or(-1.0, |(.., block)| block.paragraphs as f32 / block.text.max(1) as f32));
        let own = at.first().copied().flatten().map_or(0, |(index, _)| count(index));
        say("siblings", own as f32);
    }

    /// Where a line stands to the densest box.
    fn describe_root(&self, index: usize, line: &Line, say: &mut impl FnMut(&'static str, f32)) {
        let Some(root) = self.page.blocks.get(self.root as usize) else { return };
        let holds = |block: &Block| block.lines.start <= root.lines.start && root.lines.end <= block.lines.end && block.depth <= root.depth;
        let common = self.page.around(line.block).enumerate().find(|(_, (_, block))| holds(block));
        let (steps, common) = common.map_or((usize::from(FAR), None), |(steps, (_, block))| (steps, Some(block)));
        say("steps to common", steps as f32);
        say("common above root", common.map_or(f32::from(FAR), |block| f32::from(root.depth.saturating_sub(block.depth))));
        say("common share", common.map_or(1.0, |block| root.paragraphs as f32 / block.paragraphs.max(1) as f32));
        let (start, end) = (root.lines.start as f32, root.lines.end as f32);
        let at = index as f32;
        let outside = if at < start {
            at - start
        } else if at >= end {
            at - end + 1.0
        } else {
            0.0
        };
        say("lines outside root", outside.clamp(-FARTHEST_LINE, FARTHEST_LINE));
        say("place in root", if outside == 0.0 { (at - start) / (end - start).max(1.0) } else { -1.0 });
        say("root share", root.paragraphs as f32 / self.paragraphs);
        say("root linked", root.linked as f32 / root.text.max(1) as f32);
        say("root text", root.text as f32);
    }

    /// Where a line stands on the page, and what stands around it.
    fn describe_place(&self, index: usize, say: &mut impl FnMut(&'static str, f32)) {
        say("text before", self.before.get(index).copied().unwrap_or(0.0) / self.total);
        let long = self.long_before.get(index).copied().unwrap_or(0.0);
        let all_long = self.long_before.last().copied().unwrap_or(0.0).max(1.0);
        say("long before", long / all_long);
        say("long text before", long);
        say("long text after", (all_long - long).max(0.0));
        say("since long", self.last_long.get(index).copied().unwrap_or(FARTHEST_LINE));
        say("until long", self.next_long.get(index).copied().unwrap_or(FARTHEST_LINE));
        let since = self.headline.map_or(-FARTHEST_LINE, |headline| index as f32 - headline as f32);
        say("since headline", since.clamp(-FARTHEST_LINE, FARTHEST_LINE));
        let own =
            self.page.lines.get(index).map(|line| self.page.blocks.get(line.block as usize).map(|block| (block.signature, block.parent)));
        for (neighbour, names) in
            [(index.checked_sub(1), BEFORE), (index.checked_sub(2), BEFORE_THAT), (Some(index + 1), AFTER), (Some(index + 2), AFTER_THAT)]
        {
            let line = neighbour.and_then(|at| self.page.lines.get(at));
            say(names[0], line.map_or(-1.0, |line| line.text as f32));
            say(names[1], line.map_or(-1.0, |line| line.linked as f32 / line.text.max(1) as f32));
            let block = line.and_then(|line| self.page.blocks.get(line.block as usize));
            say(names[2], block.map_or(-1.0, |block| rank(block.tag)));
            let alike = |block: &Block| match own.flatten() {
                Some((signature, parent)) => {
                    f32::from(u8::from(block.signature == signature)) + f32::from(u8::from(block.parent == parent)) * 2.0
                }
                None => 0.0,
            };
            say(names[3], block.map_or(-1.0, alike));
        }
    }
}

const BEFORE: [&str; 4] = ["text -1", "linked -1", "tag -1", "alike -1"];
const BEFORE_THAT: [&str; 4] = ["text -2", "linked -2", "tag -2", "alike -2"];
const AFTER: [&str; 4] = ["text +1", "linked +1", "tag +1", "alike +1"];
const AFTER_THAT: [&str; 4] = ["text +2", "linked +2", "tag +2", "alike +2"];

/// A line that is surely a paragraph.
pub(super) fn is_long(line: &Line) -> bool {
    line.text >= LONG && line.linked * 3 < line.text
}

/// How much text of a page is in paragraphs.
fn paragraphs(page: &Page) -> f32 {
    page.blocks.first().map_or(0, |block| block.paragraphs).max(1) as f32
}

/// The share of a page's paragraphs that stand in boxes of a kind.
fn share(page: &Page, kind: usize) -> f32 {
    let is_in =
        |line: &&Line| page.blocks.get(line.block as usize).and_then(|block| block.near.get(kind)).is_some_and(|steps| *steps < FAR);
    let text = page.lines.iter().filter(|line| line.is_paragraph()).filter(is_in).map(|line| line.text as f32).sum::<f32>();
    text / paragraphs(page)
}

/// The first paragraph below the headline, else of the page.
fn first_paragraph(page: &Page, headline: Option<usize>) -> Option<usize> {
    let below = |start: usize| Some(start + page.lines.get(start..)?.iter().position(is_long)?);
    headline.and_then(below).or_else(|| below(0))
}

/// The box with the most points, links discounted.
fn densest(page: &Page) -> u32 {
    let value = |block: &Block| block.points * (1.0 - block.linked as f32 / block.text.max(1) as f32);
    let best = page.blocks.iter().enumerate().max_by(|one, other| value(one.1).total_cmp(&value(other.1)).then(other.0.cmp(&one.0)));
    best.map_or(0, |(index, _)| u32::try_from(index).unwrap_or(0))
}

/// Lines since the last long one, in the order given.
fn distances<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<f32> {
    let mut since = FARTHEST_LINE;
    lines
        .map(|line| {
            since = (since + 1.0).min(FARTHEST_LINE);
            let found = since;
            if is_long(line) {
                since = 0.0;
            }
            found
        })
        .collect()
}

fn rank(tag: Tag) -> f32 {
    match tag {
        Tag::Paragraph => 0.0,
        Tag::Quote => 1.0,
        Tag::Item => 2.0,
        Tag::Cell => 3.0,
        Tag::Box => 4.0,
        Tag::Code => 5.0,
        Tag::Caption => 6.0,
        Tag::Heading(level) => 6.0 + f32::from(level),
    }
}

fn ending(words: &str) -> f32 {
    match words.trim_end_matches(['"', '”', '’', '»', '\'', ')', ']', '」', '』']).chars().last() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '।' | '؟' | '…') => 3.0,
        Some(':' | '：') => 2.0,
        Some(',' | ';' | '،' | '、') => 1.0,
        _ => 0.0,
    }
}

/// Whether a line ends like a sentence.
pub(super) fn ends_sentence(words: &str) -> bool {
    ending(words) >= 3.0
}

fn beginning(words: &str) -> f32 {
    match words.chars().next() {
        Some(first) if first.is_lowercase() => 1.0,
        Some(first) if first.is_uppercase() => 2.0,
        Some(first) if first.is_alphabetic() => 3.0,
        Some(first) if first.is_numeric() => 4.0,
        Some('"' | '“' | '„' | '«' | '\'' | '‘' | '「') => 5.0,
        Some('©') => 6.0,
        _ => 0.0,
    }
}

/// For each block with text, how many of its parent's blocks are of its make.
fn repeats(page: &Page) -> Vec<u32> {
    let mut makes: FxHashMap<(u32, u64), usize> = FxHashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    let make = |block: &Block| {
        (block.text > 0).then(|| {
            let make = *makes.entry((block.parent, block.signature)).or_insert(counts.len());
            if make == counts.len() {
                counts.push(0);
            }
            if let Some(count) = counts.get_mut(make) {
                *count += 1;
            }
            make
        })
    };
    let of_blocks: Vec<Option<usize>> = page.blocks.iter().map(make).collect();
    of_blocks.into_iter().map(|make| make.and_then(|make| counts.get(make)).copied().unwrap_or(0)).collect()
}

/// Whether a line has the letters of the title and no others.
fn is_title(words: &str, title: &str) -> bool {
    // Marks and spaces make a line longer than its letters, but not by this much; most lines need no closer look.
    !title.is_empty() && words.len() >= title.len() && words.len() <= title.len() * 2 + 20 && letters(words) == title
}
