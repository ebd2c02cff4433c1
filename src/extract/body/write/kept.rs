//! Which lines of a page are written.

use super::super::lines::Page;

/// A line that is a link has hardly more beside it than an arrow.
const MARKS_BESIDE_LINK: u32 = 2;
/// With so much of its text in lines that are links a page is a list of them, and these are no teasers. Between an article with teasers and a list little
/// lies: from .15 to .35 all gives the same.
const SHARE_OF_LINKS: f32 = 0.25;

/// The lines of a page that the judge keeps.
pub(in crate::extract::body) struct Kept<'a> {
    /// All lines.
    pub(super) page: &'a Page,
    /// For each, whether it stays.
    pub(super) lines: Vec<bool>,
    /// The line of the headline, if it stands closely above them.
    pub(super) headline: Option<usize>,
    /// The smallest block that holds most of them.
    pub(super) root: u32,
    /// Whether the page is a list: much of its text leads elsewhere.
    pub(super) is_of_links: bool,
}

impl<'a> Kept<'a> {
    /// These lines of a page, below a headline, most of them in one block.
    pub(in crate::extract::body) fn of(page: &'a Page, lines: Vec<bool>, headline: Option<usize>, root: u32) -> Self {
        let is_of_links = is_of_links(page, &lines);
        Self { page, lines, headline, root, is_of_links }
    }

    /// Whether a line stays.
    pub(super) fn holds(&self, line: usize) -> bool {
        self.lines.get(line).copied().unwrap_or(false)
    }
}

fn is_of_links(page: &Page, lines: &[bool]) -> bool {
    let kept = page.lines.iter().zip(lines).filter(|(_, kept)| **kept).map(|(line, _)| line);
    let (all, linked) = kept.fold((0, 0), |(all, linked), line| {
        let is_link = line.linked + MARKS_BESIDE_LINK >= line.text;
        (all + line.text, linked + if is_link { line.text } else { 0 })
    });
    linked as f32 > all as f32 * SHARE_OF_LINKS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;
    use crate::url::Url;

    #[test]
    fn a_page_is_a_list_by_what_is_kept_of_it() {
        let url = Url::parse("https://relay.meridian.example/news").unwrap();
        let teaser = "<p>It left an hour late.</p>";
        let page = Page::read(&html::parse(&format!("<div><a href=/a>The ferry sails again</a></div>{teaser}{teaser}{teaser}"), &url));
        let check = |lines: [bool; 4], expected: bool| assert_eq!(Kept::of(&page, lines.to_vec(), None, 0).is_of_links, expected);
        check([true, true, true, false], true);
        check([true, true, true, true], false);
        check([false, true, true, true], false);
        check([false; 4], false);
    }
}
