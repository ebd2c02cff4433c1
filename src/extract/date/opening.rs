//! Dates that open a text: the dateline of an article, the first post of a discussion.

use scraper::{ElementRef, Node};

use super::element::{beginning, is_dated, names_of};
use super::find::{MAX_ANCESTORS, NEVER, Place};
use super::shown::{LONGEST_DATE, MOST_PIECES, may_be_date};
use crate::html::{Dom, collapse};

/// How a date was found that opens a paragraph.
pub(super) const DATELINE: &str = "dateline";
/// A dateline is not longer: "Northport, Lake County, 27 September 2022 –".
const LONGEST_DATELINE: usize = 60;
/// Just above a date in prose beside the headline.
const DATELINE_TRUST: u8 = 41;
/// Better than no date.
const POST_TRUST: u8 = 12;
/// So many dates of posts are asked.
const MOST_POSTS: usize = 8;

/// The dateline of a paragraph: what stands before a dash, a colon or a full stop, if a year ends it.
pub(super) fn dateline(text: &str) -> Option<Place> {
    let text = collapse(&text.chars().take(LONGEST_DATELINE * 2).collect::<String>());
    let end = year_ends(&text).filter(|end| *end <= LONGEST_DATELINE)?;
    let rest = text.get(end..)?.trim_start_matches(')').trim_start();
    rest.starts_with(['–', '—', '-', ':', '.', '|', '/']).then(|| Place {
        text: text.get(..end).unwrap_or("").to_owned(),
        origin: DATELINE.into(),
        trust: DATELINE_TRUST,
        modified: false,
        beside: false,
    })
}

/// Where the first number of four digits ends.
fn year_ends(text: &str) -> Option<usize> {
    let mut digits = 0;
    for (at, character) in text.char_indices() {
        if character.is_ascii_digit() {
            digits += 1;
            continue;
        }
        if digits == 4 {
            return Some(at);
        }
        digits = 0;
    }
    None
}

/// On a page of a discussion, the dates of its posts in their order: it began with the first. Elsewhere posts are comments, and none of their dates
/// is the article's.
pub(super) fn posts(dom: &Dom, places: &mut Vec<Place>) {
    if !is_discussion(dom.url.path()) {
        return;
    }
    let texts = dom.html.tree.root().descendants().filter_map(|node| match node.value() {
        Node::Text(text) if text.len() <= LONGEST_DATE && may_be_date(text) => node.parent().and_then(ElementRef::wrap),
        _ => None,
    });
    let shown = texts.filter(|element| is_dated(*element) && is_in_post(*element)).map(|element| beginning(element, MOST_PIECES));
    let bare = shown.filter(|text| text.chars().count() <= LONGEST_DATE);
    places.extend(bare.take(MOST_POSTS).map(|text| Place {
        text,
        origin: "first post".into(),
        trust: POST_TRUST,
        modified: false,
        beside: false,
    }));
}

/// Whether an element stands in a post, and not in the card of who wrote it or in a box beside it.
fn is_in_post(element: ElementRef<'_>) -> bool {
    const POSTS: [&str; 3] = ["comment", "reply", "disqus"];
    let around = || element.ancestors().filter_map(ElementRef::wrap).take(MAX_ANCESTORS).chain([element]);
    let never = NEVER.iter().filter(|word| !POSTS.contains(word));
    let mut others = around().map(names_of).filter(|names| never.clone().any(|word| names.contains(word)));
    others.next().is_none() && around().map(names_of).any(|names| POSTS.iter().any(|word| names.contains(word)))
}

/// Whether a path names a discussion, as systems of forums do.
fn is_discussion(path: &str) -> bool {
    const WORDS: [&str; 9] = ["forum", "forums", "thread", "threads", "discussion", "discussions", "viewtopic", "showthread", "foro"];
    path.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_dateline_ends_with_a_year_and_a_sign() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(dateline(text).map(|place| place.text).as_deref(), expected, "{text}");
        check("27.1.2022 - Bei der Feier am See sprachen viele.", Some("27.1.2022"));
        check("Northport, (12.11.2021). Die Fähre fährt wieder.", Some("Northport, (12.11.2021"));
        check("NORTHPORT, Sept. 27, 2022 /Northwire/ -- The ferry sails again.", Some("NORTHPORT, Sept. 27, 2022"));
        check("Am 8. November 2021 fährt die Fähre wieder.", None);
        check("The ferry sails again. It was built in Northport, and on 3 May 2019 - a cold day - it sank.", None);
    }

    #[test]
    fn a_discussion_began_with_its_first_post() {
        let page = "<p class=date>25.11.2026</p><div class=Comment><i class='joined date'>3.5.2011</i></div><div class=CommentTime><span>28.09.19</span><span>12:44</span></div><div class=CommentTime><span>29.09.19</span></div>";
        let posts = |address: &str| {
            let mut places = Vec::new();
            posts(&crate::html::parse(page, &Url::parse(address).unwrap()), &mut places);
            places.into_iter().map(|place| place.text).collect::<Vec<_>>()
        };
        assert!(posts("https://harbourpost.example/forum/ferry").first().is_some_and(|first| first == "28.09.19"));
        assert!(posts("https://harbourpost.example/news/ferry").is_empty());
    }
}
