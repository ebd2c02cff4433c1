//! Where the boxes around a line part from those around the page's first paragraph: a post or an answer stands beside it in a box of the same make, a comment or
//! a teaser in one of another.

use super::lines::{Block, Page};

/// How a block stands to the first paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fork {
    /// Steps from the block up to the smallest that holds the first paragraph too.
    pub(super) steps: f32,
    /// Steps from the first paragraph up to that one.
    pub(super) height: f32,
    /// Of the two right below it, one of which holds the block and the other the first paragraph: whether they are of one make, or [`WITHIN`].
    pub(super) alike: f32,
    /// How much text the one has, in that of the other.
    pub(super) size: f32,
}

/// The block holds the first paragraph, or stands in the paragraph's own.
const WITHIN: f32 = 2.0;

impl Fork {
    /// Of a page without paragraphs.
    pub(super) const NONE: Self = Self { steps: -1.0, height: -1.0, alike: -1.0, size: -1.0 };

    fn within(height: usize) -> Self {
        Self { steps: 0.0, height: height as f32, alike: WITHIN, size: 1.0 }
    }
}

/// How each block stands to the paragraph in this line.
pub(super) fn forks(page: &Page, first: Option<usize>) -> Vec<Fork> {
    let Some(line) = first.and_then(|first| page.lines.get(first)) else { return vec![Fork::NONE; page.blocks.len()] };
    let trunk: Vec<u32> = page.around(line.block).map(|(index, _)| index).collect();
    let mut heights: Vec<Option<usize>> = vec![None; page.blocks.len()];
    for (height, index) in trunk.iter().enumerate() {
        if let Some(place) = heights.get_mut(*index as usize) {
            *place = Some(height);
        }
    }
    let mut forks: Vec<Fork> = Vec::with_capacity(page.blocks.len());
    for (block, height) in page.blocks.iter().zip(&heights) {
        // A block stands behind the one around it.
        let parent = block.parent as usize;
        let fork = match (height, heights.get(parent).copied().flatten(), forks.get(parent)) {
            (Some(height), ..) => Fork::within(*height),
            (None, Some(height), _) => branch(page, block, &trunk, height),
            (None, None, Some(above)) => Fork { steps: above.steps + 1.0, ..*above },
            (None, None, None) => Fork::NONE,
        };
        forks.push(fork);
    }
    forks
}

/// A block right below one that holds the first paragraph.
fn branch(page: &Page, block: &Block, trunk: &[u32], height: usize) -> Fork {
    let twin = height.checked_sub(1).and_then(|below| page.blocks.get(*trunk.get(below)? as usize));
    let within = Fork { steps: 1.0, ..Fork::within(height) };
    twin.map_or(within, |twin| Fork {
        alike: f32::from(u8::from(block.signature == twin.signature)),
        size: block.text as f32 / twin.text.max(1) as f32,
        ..within
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_post_stands_beside_the_first_in_a_box_of_one_make_and_a_comment_does_not() {
        let html = "<body><main><div class=post><p>First</p></div><div class=post><p>Second</p><ul><li>Third</ul></div></main><div class=talk><p>Fourth</div>";
        let dom = crate::html::parse(html, &Url::parse("https://a.example/").unwrap());
        let page = Page::read(&dom);
        let forks = forks(&page, Some(0));
        let of_line = |line: usize| forks[page.lines[line].block as usize];
        assert_eq!(of_line(0), Fork { steps: 0.0, height: 0.0, alike: WITHIN, size: 1.0 });
        assert_eq!(of_line(1), Fork { steps: 2.0, height: 2.0, alike: 1.0, size: 11.0 / 5.0 });
        assert_eq!(of_line(2), Fork { steps: 3.0, ..of_line(1) });
        assert_eq!(of_line(3), Fork { steps: 2.0, height: 3.0, alike: 0.0, size: 6.0 / 16.0 });
    }

    #[test]
    fn a_page_without_paragraphs_has_no_fork() {
        let dom = crate::html::parse("<p>Short</p>", &Url::parse("https://a.example/").unwrap());
        let page = Page::read(&dom);
        assert!(forks(&page, None).iter().chain(&forks(&page, Some(9))).all(|fork| *fork == Fork::NONE));
    }
}
