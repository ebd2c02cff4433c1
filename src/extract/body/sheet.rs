//! What is put before the judge: a page's lines with their numbers, and the verdicts.

use ego_tree::NodeId;

use super::super::json_ld::JsonLd;
use super::agree::agreed;
use super::coarse::Coarse;
use super::features::{Outlook, WEIGHT};
use super::hints::Hints;
use super::judge;
use super::lines::{Block, Line, Page};
use super::mend;
use crate::html::Dom;

/// An element with this share of the article's text is its root; the rest may stand apart: a lead, a note.
const MOST: f32 = 0.9;

/// A page's lines and what is told of each.
#[derive(Debug)]
pub struct Sheet {
    pub(super) page: Page,
    /// The densest block, by which places on the page are told.
    pub(super) root: u32,
    headline: Option<usize>,
    names: Vec<&'static str>,
    rows: Vec<Coarse>,
}

impl Sheet {
    /// Reads a page whose article has this title.
    pub fn of(dom: &Dom, data: &JsonLd, title: &str) -> Self {
        let page = Page::read(dom);
        let hints = Hints::of(dom, data, title);
        let outlook = Outlook::of(&page, &hints, title);
        let mut names = Vec::new();
        if !page.lines.is_empty() {
            let mut name = |name, _| names.push(name);
            outlook.describe(0, &mut name);
            outlook.describe_page(&mut name);
            outlook.describe_fork(0, &mut name);
        }
        let mut of_page = Vec::new();
        outlook.describe_page(&mut |_, value| of_page.push(Coarse::of(value)));
        let mut rows = Vec::with_capacity(names.len() * page.lines.len());
        for index in 0..page.lines.len() {
            outlook.describe(index, &mut |_, value| rows.push(Coarse::of(value)));
            rows.extend_from_slice(&of_page);
            outlook.describe_fork(index, &mut |_, value| rows.push(Coarse::of(value)));
        }
        let (root, headline) = (outlook.root, outlook.headline);
        Self { page, root, headline, names, rows }
    }

    /// What each number of a row is.
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// Which number of a row the weights of words add up to.
    pub fn weight_column(&self) -> Option<usize> {
        self.names.iter().position(|name| *name == WEIGHT)
    }

    /// For each line the blocks around it, innermost first.
    pub fn around(&self) -> impl Iterator<Item = Vec<NodeId>> {
        self.page.lines.iter().map(|line| self.page.around(line.block).map(|(_, block)| block.id).collect())
    }

    /// The words of each line, in order.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.page.lines.iter().map(|line| self.page.words(line))
    }

    /// How much text each line has.
    fn sizes(&self) -> Vec<f32> {
        self.page.lines.iter().map(|line| line.text as f32).collect()
    }

    /// What the judge is told of each line.
    pub fn rows(&self) -> impl Iterator<Item = &[Coarse]> {
        self.rows.chunks(self.names.len().max(1))
    }

    /// Which lines stay.
    pub(super) fn keep(&self, verdicts: &[f32]) -> Vec<bool> {
        let verdicts = agreed(&self.page, verdicts);
        let threshold = threshold(&verdicts, &self.sizes());
        let mut kept: Vec<bool> = verdicts.iter().map(|verdict| *verdict >= threshold).collect();
        mend::keep_lead(&self.page, self.headline, &verdicts, &mut kept);
        mend::keep_crossheads(&self.page, &verdicts, &mut kept);
        mend::keep_code(&self.page, &verdicts, &mut kept);
        mend::keep_items(&self.page, &verdicts, &mut kept);
        mend::keep_cells(&self.page, &verdicts, &mut kept);
        mend::drop_data(&self.page, &mut kept);
        mend::drop_copies(&self.page, &verdicts, &mut kept);
        mend::drop_videos(&self.page, &mut kept);
        kept
    }

    /// The line of the headline, where it stands closely above the first line that is kept.
    pub(super) fn headline_above(&self, kept: &[bool]) -> Option<usize> {
        let first = kept.iter().position(|is_kept| *is_kept)?;
        self.headline.filter(|headline| (1..=mend::HEAD_LINES).contains(&first.saturating_sub(*headline)))
    }

    /// The smallest blocks that hold all of the kept text, most of it, and all of it below a line.
    pub(super) fn roots(&self, kept: &[bool], below: Option<usize>) -> Option<(u32, u32, u32)> {
        let mut sums = vec![0.0_f32];
        for (line, is_kept) in self.page.lines.iter().zip(kept) {
            sums.push(sums.last().copied().unwrap_or(0.0) + if *is_kept { line.text as f32 } else { 0.0 });
        }
        let all = sums.last().copied().filter(|all| *all > 0.0)?;
        let held = |block: &Block| {
            let at = |line: u32| sums.get(line as usize).copied().unwrap_or(all);
            at(block.lines.end) - at(block.lines.start)
        };
        // Blocks stand in the order of the page, so the last that holds enough is the innermost.
        let innermost = |enough: f32, start: u32| {
            let at = self.page.blocks.iter().rposition(|block| held(block) >= enough && block.lines.start <= start);
            at.and_then(|at| u32::try_from(at).ok())
        };
        let below = below.and_then(|line| u32::try_from(line).ok()).unwrap_or(u32::MAX);
        Some((innermost(all, u32::MAX)?, innermost(all * MOST, u32::MAX)?, innermost(all, below)?))
    }

    /// The mean verdict of the kept text.
    pub(super) fn certainty(&self, verdicts: &[f32], kept: &[bool]) -> f32 {
        let lines = self.page.lines.iter().zip(verdicts).zip(kept).filter(|(_, kept)| **kept);
        let (sum, all) =
            lines.fold((0.0, 0.0), |(sum, all), ((line, verdict), _)| (sum + line.text as f32 * verdict, all + line.text as f32));
        sum / f32::max(all, 1.0)
    }

    /// How much of what is likely the article's stands in the densest block: whether two ways of looking agree.
    pub(super) fn agreement(&self, verdicts: &[f32]) -> f32 {
        let root = self.page.blocks.get(self.root as usize).map_or(0..0, |block| block.lines.start as usize..block.lines.end as usize);
        let weighed = |(index, (line, verdict)): (usize, (&Line, &f32))| (index, line.text as f32 * verdict);
        let lines: Vec<(usize, f32)> = self.page.lines.iter().zip(verdicts).enumerate().map(weighed).collect();
        let all: f32 = lines.iter().map(|(_, text)| text).sum();
        lines.iter().filter(|(index, _)| root.contains(index)).map(|(_, text)| text).sum::<f32>() / all.max(1.0)
    }

    /// How likely each line is the article's.
    pub fn judge(&self) -> Vec<f32> {
        judge::fitted().ask(&self.rows, self.names.len())
    }
}

/// How much stricter than the expected best the judge is: a teaser in the text annoys a reader more than a caption missed.
const STRICTER: f32 = 1.2;

/// Below this expected F1 the judge is in doubt of the whole page.
const DOUBT: f32 = 0.6;
/// How much stricter than the expected best the judge is then: lines of a list or a thread belong together, so that few of them are surely not all, though each
/// alone is doubtful. Systems call their lists articles too, so that what a page says of itself does not count.
const STRICTER_IN_DOUBT: f32 = 0.35;

/// From this verdict on a line is the article's, given all verdicts of its page and how much text each line has.
///
/// Half of the best F1 (the harmonic mean of precision and recall, in text) that can be expected of the page: about one half where the judge is sure, and less
/// where it is in doubt of the whole page, so that a page of cards gives its cards rather than nothing (Lipton et al. 2014, "Optimal thresholding of
/// classifiers to maximize F1 measure"), times [`STRICTER`] or [`STRICTER_IN_DOUBT`].
fn threshold(verdicts: &[f32], sizes: &[f32]) -> f32 {
    let mut order: Vec<(f32, f32)> = verdicts.iter().copied().zip(sizes.iter().copied()).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0));
    let expected: f32 = order.iter().map(|(verdict, size)| verdict * size).sum();
    let (mut taken, mut right, mut best) = (0.0, 0.0, 0.0_f32);
    for (verdict, size) in order {
        taken += size;
        right += verdict * size;
        best = best.max(2.0 * right / (taken + expected).max(1.0));
    }
    best / 2.0 * if best >= DOUBT { STRICTER } else { STRICTER_IN_DOUBT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_page_keeps_what_is_likelier_than_not() {
        let border = threshold(&[0.95, 0.9, 0.9, 0.1, 0.05], &[100.0; 5]);
        assert!((0.4..0.7).contains(&border), "{border}");
    }

    #[test]
    fn a_doubtful_list_is_kept_whole() {
        let border = threshold(&[0.45, 0.3, 0.3, 0.3, 0.3, 0.01], &[100.0; 6]);
        assert!(border < 0.3 && border > 0.01, "{border}");
        assert_eq!(threshold(&[], &[]), 0.0);
    }
}
