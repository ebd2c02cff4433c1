//! What the judge cannot know by numbers: the lead that stands apart from the text, and the parts of a related video inside it.

use super::features::{ends_sentence, is_long};
use super::lines::{Page, Tag};
use super::teaser;

/// Between a headline and its text stand so many lines at the most: date, byline, buttons, lead.
const HEAD_LINES: usize = 12;
/// A lead that the judge is surer against than this is something else.
const LEAST_VERDICT: f32 = 0.05;
/// A kicker is one short line.
const LONGEST_KICKER: u32 = 80;
/// The headline of a video is not longer.
const LONGEST_HEADLINE: u32 = 120;

/// Keeps whole sentences between the headline and the first line that is kept.
pub(super) fn keep_lead(page: &Page, headline: Option<usize>, verdicts: &[f32], kept: &mut [bool]) {
    let Some((headline, first)) = headline.zip(kept.iter().position(|is_kept| *is_kept)) else { return };
    if first <= headline || first - headline > HEAD_LINES {
        return;
    }
    for at in headline + 1..first {
        let Some(line) = page.lines.get(at) else { break };
        let is_lead = is_long(line) && line.links == 0 && ends_sentence(page.words(line));
        if is_lead
            && verdicts.get(at).is_some_and(|verdict| *verdict >= LEAST_VERDICT)
            && let Some(place) = kept.get_mut(at)
        {
            *place = true;
        }
    }
}

/// Drops the headline above a date with a running time, that line itself, and the kicker below it.
pub(super) fn drop_videos(page: &Page, kept: &mut [bool]) {
    for (at, line) in page.lines.iter().enumerate() {
        let words = page.words(line);
        if !words.ends_with(|last: char| last.is_ascii_digit()) || !words.contains(':') || !teaser::is_running_time(words) {
            continue;
        }
        let mut drop = |place: Option<usize>| {
            if let Some(is_kept) = place.and_then(|place| kept.get_mut(place)) {
                *is_kept = false;
            }
        };
        drop(Some(at));
        let above = at.checked_sub(1).filter(|above| {
            let line = page.lines.get(*above);
            line.is_some_and(|line| line.text <= LONGEST_HEADLINE && !ends_sentence(page.words(line)) && !page.words(line).ends_with(':'))
        });
        drop(above);
        let is_bare = |block: u32| page.blocks.get(block as usize).is_some_and(|block| block.tag == Tag::Box);
        let below = page.lines.get(at + 1).filter(|line| line.text <= LONGEST_KICKER && is_bare(line.block));
        drop(below.map(|_| at + 1));
    }
}
