//! Verdicts that lean on those of their like: a judge that looks at one line at a time is now and then wrong about one of many.

use rustc_hash::FxHashMap;

use super::lines::{Line, Page};

/// So much of a line's verdict is that of all lines in its place of the template.
const OF_PLACE: f32 = 0.5;
/// Fewer lines of one place say nothing of each other.
const FEWEST: u32 = 3;
/// So much of a short line's verdict is that of the lines before and after it.
const OF_NEIGHBOURS: f32 = 0.35;
/// A line with more text leans the less on its neighbours.
const SHORT: f32 = 20.0;

/// The verdicts of a page's lines, each leaning on those of its like.
pub(super) fn agreed(page: &Page, verdicts: &[f32]) -> Vec<f32> {
    lean_on_neighbours(&page.lines, &lean_on_place(page, verdicts))
}

/// What the lines of one place add up to.
#[derive(Debug, Default)]
struct Place {
    lines: u32,
    text: f32,
    judged: f32,
}

/// The paragraphs of an article stand in one place of its template, and so do the dates of all cards, and the signatures of all posts.
fn lean_on_place(page: &Page, verdicts: &[f32]) -> Vec<f32> {
    let paths = paths(page);
    let path = |line: &Line| paths.get(line.block as usize).copied().unwrap_or(0);
    let mut places: FxHashMap<u64, Place> = FxHashMap::default();
    for (line, verdict) in page.lines.iter().zip(verdicts) {
        let place = places.entry(path(line)).or_default();
        place.lines += 1;
        place.text += line.text as f32;
        place.judged += line.text as f32 * verdict;
    }
    let lean = |(line, verdict): (&Line, &f32)| match places.get(&path(line)) {
        Some(place) if place.lines >= FEWEST => verdict * (1.0 - OF_PLACE) + place.judged / place.text.max(1.0) * OF_PLACE,
        _ => *verdict,
    };
    page.lines.iter().zip(verdicts).map(lean).collect()
}

/// The signatures of each box and all around it, as one number: the same for boxes that one part of a template made.
fn paths(page: &Page) -> Vec<u64> {
    let mut paths: Vec<u64> = Vec::with_capacity(page.blocks.len());
    for block in &page.blocks {
        let above = paths.get(block.parent as usize).copied().unwrap_or(0);
        paths.push((above.rotate_left(5) ^ block.signature).wrapping_mul(0x0100_0000_01b3));
    }
    paths
}

/// A short line seldom belongs to anything else than what stands around it.
fn lean_on_neighbours(lines: &[Line], verdicts: &[f32]) -> Vec<f32> {
    let lean = |(at, line): (usize, &Line)| {
        let own = verdicts.get(at).copied().unwrap_or(0.0);
        let near = |neighbour: Option<usize>| neighbour.and_then(|at| verdicts.get(at)).copied().unwrap_or(own);
        let around = (near(at.checked_sub(1)) + near(at.checked_add(1))) / 2.0;
        let share = OF_NEIGHBOURS * (SHORT / line.text.max(1) as f32).min(1.0);
        own * (1.0 - share) + around * share
    };
    lines.iter().enumerate().map(lean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;
    use crate::url::Url;

    fn page(body: &str) -> Page {
        let url = Url::parse("https://harbour.example/").expect("an address");
        Page::read(&html::parse(body, &url))
    }

    #[test]
    fn one_of_many_alike_is_judged_like_them() {
        let paragraph = "<p>The ferry to the outer islands will leave an hour later until the end of the month.</p>";
        let page = page(&format!("<main>{}</main><footer><p>Harbour Board</p></footer>", paragraph.repeat(4)));
        let agreed = agreed(&page, &[0.9, 0.9, 0.3, 0.9, 0.1]);
        assert!(agreed[2] > 0.45, "{agreed:?}");
        assert!(agreed[4] < 0.4, "another place of the page is not like them: {agreed:?}");
    }

    #[test]
    fn two_lines_of_one_place_keep_their_own_verdicts() {
        let text = "A line that is long enough to stand for itself, whatever is said before and after it here.".repeat(20);
        let page = page(&format!("<p>{text}</p><p>{text}</p>"));
        let agreed = agreed(&page, &[0.9, 0.1]);
        assert!(agreed[0] > 0.85 && agreed[1] < 0.15, "{agreed:?}");
    }

    #[test]
    fn a_short_line_leans_on_those_around_it() {
        let text = "The council met on the quay and talked about the lights, the nets and the price of rope. ".repeat(5);
        let page = page(&format!("<div>{text}</div><h3>Lights</h3><section>{text}</section>"));
        assert!(agreed(&page, &[1.0, 0.4, 1.0])[1] > 0.55);
        assert!(agreed(&page, &[1.0, 0.4])[1] > 0.5, "the last line has one neighbour, and verdicts may be too few");
    }
}
