//! From text to a tree, with caps that keep hostile pages cheap.

use ego_tree::Tree;
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{Html, Node};

use super::garbled;
use super::nesting::{Capped, DEEPEST};
use super::survey::Survey;
use super::tame::{MOST_ATTRIBUTES, MOST_TAGS, Tamed, tame};
use crate::model::Note;
use crate::url::Url;

/// The one tree of a page, and what a walk over it gathered.
pub struct Dom {
    /// The tree.
    pub html: Html,
    /// Where the page came from.
    pub url: Url,
    /// What relative addresses resolve against: `<base href>`, else `url`.
    pub base: Url,
    /// What the walk gathered.
    pub survey: Survey,
    /// What was cut or odd.
    pub notes: Vec<Note>,
}

/// Parses a page. Never fails; never panics; time is linear in the size of `text`.
pub fn parse(text: &str, url: &Url) -> Dom {
    let text = garbled::mended(text);
    let Tamed { text, tags, dropped } = tame(&text);
    let mut empty = Html::new_document();
    empty.tree = Tree::with_capacity(Node::Document, tags * NODES_PER_TWO_TAGS / 2 + 1);
    let (html, nested) = tree(empty, tags, &text);
    let notes = cut(dropped + nested).into_iter().collect();
    let survey = Survey::walk(&html);
    let base = survey.base_href.as_deref().and_then(|href| url.join(href)).unwrap_or_else(|| url.clone());
    Dom { html, url: url.clone(), base, survey, notes }
}

/// Parses a text into an empty tree; the tree, and how many tags were too much for it.
fn tree(empty: Html, tags: usize, text: &str) -> (Html, usize) {
    let tokenizer = Tokenizer::new(
        Capped::on(empty, tags, TreeBuilderOpts { scripting_enabled: false, ..Default::default() }),
        TokenizerOpts::default(),
    );
    let input = BufferQueue::default();
    for piece in pieces(text) {
        input.push_back(StrTendril::from(piece));
        // It stops after each script, for a browser to run it.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    }
    tokenizer.end();
    tokenizer.sink.finish()
}

/// What is told of tags that were cut.
fn cut(tags: usize) -> Option<Note> {
    (tags > 0).then(|| {
        Note::new("tags-cut", format!("{tags} tags were cut: they nested deeper than {DEEPEST}, had more than {MOST_ATTRIBUTES} attributes, came after {MOST_TAGS} others or opened too much again"))
    })
}

/// An element, the text in it and, mostly, the line break after it: with so much room from the start, a tree is not moved while it grows.
const NODES_PER_TWO_TAGS: usize = 5;
/// The parser copies what it is given: piece by piece, a large page is not held twice.
const PIECE: usize = 64 << 10;

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut left = text;
    std::iter::from_fn(move || {
        let end = (left.len().min(PIECE)..=left.len()).find(|&end| left.is_char_boundary(end))?;
        let (piece, rest) = left.split_at(end);
        left = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_page_is_cut_into_pieces_makes_no_difference() {
        let line = "<p class='né'>Ångström &amp; co\r\n<!-- 東京 --><b>bold</b><script>a < b</script>";
        for shift in 0..line.len() {
            let text = format!("<!doctype html>{}{}", "x".repeat(PIECE - 15 - shift), line.repeat(PIECE * 2 / line.len()));
            assert_eq!(pieces(&text).collect::<String>(), text);
            assert!(pieces(&text).count() > 2);
            let whole = Html::parse_document(&text).html();
            // Scripting is on there, which makes no difference here; programs and comments are left out here.
            let dom = parse(&text, &Url::parse("https://a.example/").unwrap());
            assert_eq!(dom.html.html(), whole.replace("a < b", "").replace("<!-- 東京 -->", ""), "{shift}");
        }
    }

    #[test]
    fn the_caps_change_no_normal_page() {
        for page in [
            "<p>a<b>b<p>c</b>d",
            "<table><b><tr><td>x</table>y",
            "<svg><title>T</title><p>x</svg><ul><li>a<li>b</ul></x></p></br>",
            "<template><td>x</template><select><option>a<option>b</select>",
            "<a href=1>x<div><a href=2>y</div>z",
        ] {
            assert_eq!(parse(page, &Url::parse("https://a.example/").unwrap()).html.html(), Html::parse_document(page).html(), "{page}");
        }
    }

    #[test]
    fn deep_nesting_is_cut_and_the_text_stays() {
        let page = format!("{}text{}<p>after", "<div>".repeat(50_000), "</div>".repeat(50_000));
        let dom = parse(&page, &Url::parse("https://a.example/").unwrap());
        assert_eq!(dom.notes[0].code, "tags-cut");
        let text: String = dom.html.root_element().text().collect();
        assert_eq!(text, "textafter");
    }
}
