//! What the judge cannot know by numbers: the lead that stands apart from the text, crossheads after a teaser, gaps in a list, copies of a paragraph, data for
//! scripts, and the parts of a related video.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::features::{ends_sentence, is_long};
use super::lines::{Line, Page, Tag};
use super::teaser;

/// Between a headline and its text stand so many lines at the most: date, byline, buttons, lead.
pub(super) const HEAD_LINES: usize = 12;
/// A lead that the judge is surer against than this is something else.
const LEAST_VERDICT: f32 = 0.05;
/// A heading that the judge is surer against belongs to something else.
const LEAST_CROSSHEAD: f32 = 0.15;
/// Fewer items are no list.
const FEWEST_ITEMS: usize = 3;
/// Longer cells, on average, are paragraphs, and the table may be the layout of the page.
const LONGEST_CELL: usize = 200;
/// With so much of a list its other items are kept too.
const MOST_ITEMS: f32 = 0.6;
/// An item that the judge is surer against is a button among them.
const LEAST_ITEM: f32 = 0.1;
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

/// Keeps the crossheads of the text: a heading without links between two lines that are kept, beside the second of them. After a teaser the judge may take one for
/// the teaser's.
pub(super) fn keep_crossheads(page: &Page, verdicts: &[f32], kept: &mut [bool]) {
    let Some(first) = kept.iter().position(|is_kept| *is_kept) else { return };
    let block = |at: usize| page.lines.get(at).and_then(|line| page.blocks.get(line.block as usize));
    for at in first + 1..kept.len() {
        let is_crosshead = kept.get(at..at + 2) == Some(&[false, true])
            && block(at).is_some_and(|block| matches!(block.tag, Tag::Heading(_)))
            && page.lines.get(at).is_some_and(|line| line.links == 0)
            && page.lines.get(at + 1).is_some_and(is_long)
            && block(at).map(|block| block.parent) == block(at + 1).map(|block| block.parent)
            && verdicts.get(at).is_some_and(|verdict| *verdict >= LEAST_CROSSHEAD);
        if is_crosshead && let Some(place) = kept.get_mut(at) {
            *place = true;
        }
    }
}

/// Keeps the rest of a list of which most is kept: a list with a gap says something else.
pub(super) fn keep_items(page: &Page, verdicts: &[f32], kept: &mut [bool]) {
    let list = |line: &Line| page.blocks.get(line.block as usize).filter(|block| block.tag == Tag::Item).map(|block| block.parent);
    let mut at = 0;
    for lines in page.lines.chunk_by(|one, next| list(one).is_some() && list(one) == list(next)) {
        let items = at..at + lines.len();
        at = items.end;
        let Some(own) = kept.get_mut(items.clone()).filter(|own| own.len() >= FEWEST_ITEMS) else { continue };
        if own.iter().filter(|is_kept| **is_kept).count() as f32 >= own.len() as f32 * MOST_ITEMS {
            let verdicts = verdicts.get(items).unwrap_or_default();
            own.iter_mut().zip(verdicts).for_each(|(is_kept, verdict)| *is_kept |= *verdict >= LEAST_ITEM);
        }
    }
}

/// Keeps code that stands amid the text, in one box with what is kept before or after it. It has no sentences, so that little speaks for it, but a text that says
/// "run the following" without it is of no use.
pub(super) fn keep_code(page: &Page, verdicts: &[f32], kept: &mut [bool]) {
    let block = |at: usize| page.lines.get(at).and_then(|line| page.blocks.get(line.block as usize));
    let parent = |at: usize| block(at).map(|block| block.parent);
    let is_code =
        |at: usize| block(at).is_some_and(|block| block.tag == Tag::Code) && page.lines.get(at).is_some_and(|line| line.links == 0);
    let (mut next, mut after) = (None, vec![None; kept.len()]);
    for (at, (place, is_kept)) in after.iter_mut().zip(kept.iter()).enumerate().rev() {
        *place = next;
        next = if *is_kept { Some(at) } else { next };
    }
    let mut before = None;
    for (at, (is_kept, after)) in kept.iter_mut().zip(after).enumerate() {
        if *is_kept {
            before = Some(at);
        } else if is_code(at)
            && let Some((before, after)) = before.zip(after)
            && [before, after].iter().any(|beside| parent(*beside) == parent(at))
        {
            *is_kept = verdicts.get(at).is_some_and(|verdict| *verdict >= LEAST_VERDICT);
        }
    }
}

/// A table, and how much of it is kept.
#[derive(Debug, Default)]
struct Table {
    cells: usize,
    kept: usize,
    text: u32,
}

/// Keeps the rest of a table of which most is kept: figures in the cells of a row are short, and little speaks for each.
pub(super) fn keep_cells(page: &Page, verdicts: &[f32], kept: &mut [bool]) {
    let mut tables: FxHashMap<u32, Table> = FxHashMap::default();
    let places: Vec<Option<u32>> = page.lines.iter().map(|line| table_of(page, line)).collect();
    for ((place, line), is_kept) in places.iter().zip(&page.lines).zip(kept.iter()) {
        let Some(place) = place else { continue };
        let table = tables.entry(*place).or_default();
        table.cells += 1;
        table.kept += usize::from(*is_kept);
        table.text += line.text;
    }
    let is_whole = |table: &Table| {
        let most = table.kept as f32 >= table.cells as f32 * MOST_ITEMS;
        table.cells >= FEWEST_ITEMS && most && table.text as usize <= table.cells * LONGEST_CELL
    };
    for (((place, line), is_kept), verdict) in places.iter().zip(&page.lines).zip(kept).zip(verdicts) {
        // What is to be done with the row of a list leads somewhere.
        let is_data = line.links == 0 && *verdict >= LEAST_ITEM;
        *is_kept |= is_data && place.and_then(|place| tables.get(&place)).is_some_and(is_whole);
    }
}

/// The table that a line is of: the innermost.
fn table_of(page: &Page, line: &Line) -> Option<u32> {
    const NEAR: usize = 4;
    let (_, item) = page.around(line.block).take(NEAR).find(|(_, block)| matches!(block.tag, Tag::Item | Tag::Cell))?;
    // The cells of a row stand in one row, rows in one table.
    let row = page.blocks.get(item.parent as usize).filter(|_| item.tag == Tag::Cell)?;
    Some(row.parent)
}

/// Drops what is data for a script and not text, unless it is shown as code.
pub(super) fn drop_data(page: &Page, kept: &mut [bool]) {
    let is_code = |block: u32| page.blocks.get(block as usize).is_some_and(|block| block.tag == Tag::Code);
    for (line, is_kept) in page.lines.iter().zip(kept) {
        let words = page.words(line);
        *is_kept &= is_code(line.block) || !["{\"", "[{\"", "{ \""].iter().any(|start| words.starts_with(start));
    }
}

/// Of a paragraph that stands in several boxes (once for each width of screen, in each turn of a carousel, below each button) keeps the likeliest. The refrain
/// of a song stands in one box.
pub(super) fn drop_copies(page: &Page, verdicts: &[f32], kept: &mut [bool]) {
    let mut best: HashMap<&str, usize> = HashMap::new();
    let parent = |at: usize| page.lines.get(at).and_then(|line| page.blocks.get(line.block as usize)).map(|block| block.parent);
    for (at, line) in page.lines.iter().enumerate().filter(|(_, line)| is_long(line)) {
        if kept.get(at) != Some(&true) {
            continue;
        }
        let first = *best.entry(page.words(line)).or_insert(at);
        if first == at || parent(first) == parent(at) {
            continue;
        }
        let (less, more) = if verdicts.get(at) > verdicts.get(first) { (first, at) } else { (at, first) };
        best.insert(page.words(line), more);
        if let Some(place) = kept.get_mut(less) {
            *place = false;
        }
    }
}

/// Drops the headline above a date with a running time, that line itself, and the kicker below it.
pub(super) fn drop_videos(page: &Page, kept: &mut [bool]) {
    for (at, line) in page.lines.iter().enumerate() {
        let words = page.words(line);
        if !words.ends_with(|last: char| last.is_ascii_digit()) || !words.contains(':') {
            continue;
        }
        let is_cell = page.blocks.get(line.block as usize).is_some_and(|block| matches!(block.tag, Tag::Cell | Tag::Item));
        let below_link = || at.checked_sub(1).and_then(|above| page.lines.get(above)).is_some_and(|above| above.links > 0);
        if !teaser::is_running_time(words, !is_cell && below_link()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;
    use crate::url::Url;

    const LONG: &str = "The ferry to the outer islands will leave an hour later until the end of the month, as the board said.";

    fn kept(body: &str, verdicts: &[f32], drop: impl Fn(&Page, &[f32], &mut [bool])) -> Vec<bool> {
        let page = Page::read(&html::parse(body, &Url::parse("https://harbour.example/").expect("an address")));
        let mut kept = vec![true; page.lines.len()];
        drop(&page, verdicts, &mut kept);
        kept
    }

    #[test]
    fn of_copies_the_likeliest_stays() {
        let twice = format!("<div><p>{LONG}</p></div><div><p>{LONG}</p></div>");
        assert_eq!(kept(&twice, &[0.6, 0.9], drop_copies), [false, true]);
        assert_eq!(kept(&twice, &[0.9, 0.6], drop_copies), [true, false]);
        let refrain = format!("<div><p>{LONG}</p><p>Verse</p><p>{LONG}</p></div>");
        assert_eq!(kept(&refrain, &[0.9, 0.9, 0.9], drop_copies), [true, true, true]);
        assert_eq!(kept("<div><p>Short</p></div><div><p>Short</p></div>", &[0.9, 0.9], drop_copies), [true, true]);
    }

    #[test]
    fn a_crosshead_between_paragraphs_stays() {
        let check = |head: &str, verdict: f32, expected: bool| {
            let page = format!("<div><p>{LONG}</p>{head}<p>{LONG}</p></div>");
            let keep = |page: &Page, verdicts: &[f32], kept: &mut [bool]| {
                kept[1] = false;
                keep_crossheads(page, verdicts, kept);
            };
            assert_eq!(kept(&page, &[0.9, verdict, 0.9], keep), [true, expected, true], "{head}");
        };
        check("<h2>The lights</h2>", 0.3, true);
        check("<h2>The lights</h2>", 0.1, false);
        check("<h2><a href=/x>The lights</a></h2>", 0.3, false);
        check("<section><h2>The lights</h2></section>", 0.3, false);
        check("<p>The lights</p>", 0.3, false);
    }

    #[test]
    fn code_amid_the_text_stays() {
        let check = |page: &str, before: &'static [bool], verdict: f32, expected: &[bool]| {
            let verdicts: Vec<f32> = before.iter().map(|is_kept| if *is_kept { 0.9 } else { verdict }).collect();
            let keep = |page: &Page, verdicts: &[f32], kept: &mut [bool]| {
                kept.copy_from_slice(before);
                keep_code(page, verdicts, kept);
            };
            assert_eq!(kept(page, &verdicts, keep), expected, "{page}");
        };
        let page = |code: &str| format!("<div><p>{LONG}</p>{code}<aside>More</aside><p>{LONG}</p></div>");
        check(&page("<pre>lock --open</pre>"), &[true, false, false, true], 0.1, &[true, true, false, true]);
        check(&page("<pre>lock --open</pre>"), &[true, false, false, true], 0.01, &[true, false, false, true]);
        check(&page("<p>lock --open</p>"), &[true, false, false, true], 0.1, &[true, false, false, true]);
        check(&page("<pre><a href=/x>lock --open</a></pre>"), &[true, false, false, true], 0.1, &[true, false, false, true]);
        check(&page("<aside><pre>lock --open</pre></aside>"), &[true, false, false, true], 0.1, &[true, false, false, true]);
        check(&page("<pre>lock --open</pre>"), &[true, false, false, false], 0.1, &[true, false, false, false]);
    }

    #[test]
    fn a_list_of_which_most_is_kept_has_no_gap() {
        let keep = |dropped: &'static [usize]| {
            let page = format!("<ul>{}</ul><ul><li>Rope</li></ul>", "<li>Tar</li>".repeat(5));
            kept(&page, &[0.9, 0.3, 0.3, 0.05, 0.9, 0.3], move |page, verdicts, kept| {
                dropped.iter().for_each(|at| kept[*at] = false);
                keep_items(page, verdicts, kept);
            })
        };
        assert_eq!(keep(&[1, 5]), [true, true, true, true, true, false], "another list has its own items");
        assert_eq!(keep(&[1, 3]), [true, true, true, false, true, true], "a button stays out");
        assert_eq!(keep(&[0, 1, 2]), [false, false, false, true, true, true]);
    }

    #[test]
    fn a_table_of_which_most_is_kept_has_no_gap() {
        let row = |cell: &str| format!("<tr><th>Rope</th><td>{cell}</td></tr>");
        let page = |cell: &str| format!("<table><tbody>{}</tbody></table><table><tr><td>Tar</td></tr></table>", row(cell).repeat(3));
        let keep = |page: &Page, verdicts: &[f32], kept: &mut [bool]| {
            [3, 5, 6].iter().for_each(|at| kept[*at] = false);
            keep_cells(page, verdicts, kept);
        };
        let verdicts = [0.9, 0.9, 0.9, 0.2, 0.9, 0.05, 0.2];
        assert_eq!(kept(&page("12 m"), &verdicts, keep), [true, true, true, true, true, false, false], "another table has its own cells");
        assert!(!kept(&page(&LONG.repeat(5)), &verdicts, keep)[3], "a page laid out as a table");
        assert!(!kept(&page("<a href=/hide>hide</a>"), &verdicts, keep)[3], "what is to be done with a row");
    }

    #[test]
    fn data_is_no_text_but_may_be_code() {
        let page = r#"<p>Text.</p><div>{"columns":2,"button":"Buy"}</div><pre>{"columns":2}</pre>"#;
        assert_eq!(kept(page, &[], |page, _, kept| drop_data(page, kept)), [true, false, true]);
    }
}
